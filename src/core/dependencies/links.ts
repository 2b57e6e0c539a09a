import type { ItemKey } from '../model/ids.ts';
import type { Instant } from '../time/instant.ts';
import type { ItemView, ProjectView } from '../view/view.ts';
import type { Link } from './plan.ts';
import { itemCalled } from '../view/item-key.ts';

/** Blocks as the blocked item, or its blocker, tells them; ends of finished or vanished items are left out. */
export function linksOf(view: ProjectView): readonly Link[] {
  const links = new Map<string, Link>();
  const add = (teller: ItemView, blocker: ItemKey, blocked: ItemKey, text: string) => {
    const id = `${blocker} ${blocked}`;
    const since = linkedSince(teller, text);
    const known = links.get(id);
    // One link is told at both its ends; the end that knows its past is right.
    if (!known || (since !== null && (known.since === null || since < known.since)))
      links.set(id, { blocker, blocked, since });
  };
  const look = (item: ItemView) => {
    if (item.isDone || item.goneAt !== null) return;
    for (const { kind, key } of item.links) {
      const current = itemCalled(view, key)?.key ?? key;
      if (kind === 'blocked-by') add(item, current, item.key, `${kind}:${key}`);
      else if (kind === 'blocks' && !isOver(itemCalled(view, key))) add(item, item.key, current, `${kind}:${key}`);
    }
  };
  view.items.forEach(look);
  for (const item of new Set(view.linkedByKey.values())) look(item);
  return [...links.values()];
}

/**
 * The open parts of items that stand in a link, and the parts of those (metrics.md 7.1, parent → child): who waits for an
 * epic waits for all that is in it. Parts of what nobody waits for are no matter of a graph.
 */
export function partsOf(view: ProjectView, linked: readonly Link[]): readonly Link[] {
  const queue = new Set(linked.flatMap(({ blocker, blocked }) => [blocker, blocked]));
  if (queue.size === 0) return [];
  const children = new Map<ItemKey, ItemKey[]>();
  for (const { key, parentKey, isDone, goneAt } of view.items) {
    if (parentKey === null || isDone || goneAt !== null) continue;
    const parent = view.itemsByKey.get(parentKey)?.key ?? parentKey;
    const known = children.get(parent);
    if (known) known.push(key);
    else children.set(parent, [key]);
  }
  const links: Link[] = [];
  // A set that grows while it is walked: every item is looked at once.
  for (const parent of queue) {
    if (isOver(itemCalled(view, parent))) continue;
    for (const child of children.get(parent) ?? []) {
      links.push({ blocker: child, blocked: parent, since: null, isPart: true });
      queue.add(child);
    }
  }
  return links;
}

function linkedSince({ past, isComplete }: ItemView, text: string): Instant | null {
  if (!isComplete) return null;
  let since: Instant | null = null;
  for (let index = past.links.length - 1; index >= 0 && past.links[index]!.value.includes(text); index -= 1)
    since = past.links[index]!.at;
  return since;
}

function isOver(item: ItemView | undefined): boolean {
  return item !== undefined && (item.isDone || item.goneAt !== null);
}
