import type { Instant } from '../../time/instant.ts';
import { presentIn } from '../../view/item-clock.ts';
import type { Span } from '../../view/item-clock.ts';
import type { Timeline } from '../../view/timeline.ts';
import type { ItemView } from '../../view/view.ts';

/** Which items belonged to each of many places, and from when until when. */
export interface Memberships<Place> {
  /** Whether an item was ever there. */
  has(place: Place): boolean;
  /** Every item that was ever there, once each, in the order in which they were added. */
  ever(place: Place): readonly ItemView[];
  /** The items that were there at an instant, in the same order. */
  at(place: Place, at: Instant): readonly ItemView[];
}

/**
 * While the item was in the project. In lists of their own: as objects the stays in 40 versions of 100,000 items took
 * 7 MB, so 2 MB, and who was there is answered without a look at the items.
 */
interface Stays {
  readonly items: ItemView[];
  readonly from: Instant[];
  readonly until: Instant[];
}

/**
 * Reads once from each item's past where it belonged. To read its past again at each of some fifty instants at which
 * milestones are looked at took longer than all other figures together.
 */
export function createMemberships<Place, Value>(
  items: readonly ItemView[],
  pastOf: (item: ItemView) => Timeline<Value>,
  placesOf: (value: Value) => readonly Place[],
): Memberships<Place> {
  const stays = new Map<Place, Stays>();
  for (const item of items) {
    const past = pastOf(item);
    for (const [index, { at, value }] of past.entries()) {
      // What it was made with holds before it was made, too.
      const span = { from: index === 0 ? -Infinity : at, until: past[index + 1]?.at ?? Infinity };
      if (span.from >= span.until) continue;
      const present = presentIn(item, span);
      for (const place of placesOf(value)) for (const part of present) addTo(stays, place, item, part);
    }
  }
  return {
    has: (place) => stays.has(place),
    ever: (place) => [...new Set(stays.get(place)?.items)],
    at: (place, at) => {
      const known = stays.get(place);
      if (!known) return nobody;
      const { from, until } = known;
      return known.items.filter((_, index) => from[index]! <= at && at < until[index]!);
    },
  };
}

const nobody: readonly ItemView[] = [];

/** The steps of one item come one after the other, so that a stay that goes on is the last. */
function addTo<Place>(stays: Map<Place, Stays>, place: Place, item: ItemView, { from, until }: Span): void {
  let known = stays.get(place);
  if (!known) stays.set(place, (known = { items: [], from: [], until: [] }));
  const last = known.items.length - 1;
  if (known.items[last] === item && known.until[last] === from) {
    known.until[last] = until;
    return;
  }
  known.items.push(item);
  known.from.push(from);
  known.until.push(until);
}
