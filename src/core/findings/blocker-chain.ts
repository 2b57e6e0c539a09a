import type { ItemView, ProjectView } from '../view/view.ts';
import type { ItemKey } from '../model/ids.ts';
import { itemCalled } from '../view/item-key.ts';

/** Longer chains would not be read; nor would they be kept (see the store). */
const longest = 5;

/**
 * What an item waits for: its blockers, and where there is one only, what that waits for in turn, nearest first. Of
 * several blockers of an item on the way, the one that has waited longest is followed. A circle ends where it closes.
 */
export function blockersOf(
  item: ItemView,
  view: ProjectView,
): { readonly by: readonly ItemKey[]; readonly chain: readonly ItemKey[] } {
  const by = namesOf(item);
  const chain: ItemKey[] = [];
  const passed = new Set([item.key, ...by]);
  let next = by.length === 1 ? itemCalled(view, by[0]!) : undefined;
  while (next && chain.length < longest) {
    const [key] = namesOf(next);
    if (key === undefined || passed.has(key)) break;
    passed.add(key);
    chain.push(key);
    next = itemCalled(view, key);
  }
  return { by, chain };
}

function namesOf({ blocks }: ItemView): readonly ItemKey[] {
  return [...new Set(blocks.flatMap(({ by }) => (by === null ? [] : [by])))];
}
