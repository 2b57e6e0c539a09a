import type { ProjectView } from '../view/view.ts';
import type { ItemKey } from '../model/ids.ts';
import type { Count, ItemRef, Listing } from './report.ts';

/** Makes references that a reader can follow; an item that is not known here has no summary and still its key. */
export type RefOf = (key: ItemKey) => ItemRef;

export function createRefs(view: ProjectView, urlOf: (key: ItemKey) => string | null): RefOf {
  return (key) => {
    const item = view.itemsByKey.get(key) ?? view.linkedByKey.get(key);
    return { key, summary: item?.summary ?? '', url: urlOf(key) };
  };
}

/** How many, and the first of them. */
export function countOf(keys: readonly ItemKey[], refOf: RefOf, longest: number): Count {
  return { count: keys.length, items: keys.slice(0, longest).map(refOf) };
}

export function listingOf<T>(items: readonly T[], longest: number): Listing<T> {
  return { items: items.slice(0, longest), more: Math.max(0, items.length - longest) };
}
