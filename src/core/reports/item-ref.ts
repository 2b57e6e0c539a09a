import type { ProjectView } from '../view/view.ts';
import type { ItemKey } from '../model/ids.ts';
import { itemCalled } from '../view/item-key.ts';

/** An item as a reader sees it; `url` is built from the configured host only. */
export interface ItemRef {
  readonly key: ItemKey;
  readonly summary: string;
  readonly url: string | null;
}

/** A list of which only the first stand in the report; `more` is how many do not. */
export interface Listing<T> {
  readonly items: readonly T[];
  readonly more: number;
}

export interface Count {
  readonly count: number;
  /** The newest of them, up to the longest list that a thread takes. */
  readonly items: readonly ItemRef[];
}

/** Makes references that a reader can follow; an item that is not known here has no summary and still its key. */
export type RefOf = (key: ItemKey) => ItemRef;

/** `urlOf` gives null where no address is known. */
export function createRefs(view: ProjectView, urlOf: (key: ItemKey) => string | null): RefOf {
  return (key) => {
    const item = itemCalled(view, key);
    return { key, summary: item?.summary ?? '', url: urlOf(key) };
  };
}

/** How many, and the first of them. */
export function countOf(keys: readonly ItemKey[], refOf: RefOf, longest: number): Count {
  return { count: keys.length, items: keys.slice(0, longest).map(refOf) };
}

/** The first of a list, and how many more there are. */
export function listingOf<T>(items: readonly T[], longest: number): Listing<T> {
  return { items: items.slice(0, longest), more: Math.max(0, items.length - longest) };
}
