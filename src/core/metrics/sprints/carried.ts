import type { ItemKey } from '../../model/ids.ts';
import type { Instant } from '../../time/instant.ts';
import type { SprintFigures } from '../metrics.ts';

export interface Carried {
  /** Closed sprints in a row, up to its newest, that ended without it being done. */
  readonly sprints: number;
  /** When the newest of the closed sprints that it was part of was completed. */
  readonly newestAt: Instant;
}

/**
 * Carry-over age of every item that was part of a closed sprint (metrics.md 2.5): one pass over the sprints, newest
 * first. 0 sprints when its newest one ended with it done, or without it. `until` leaves out sprints that were completed
 * later.
 */
export function carriedItems(sprints: readonly SprintFigures[], until = Infinity): ReadonlyMap<ItemKey, Carried> {
  const carried = new Map<ItemKey, { sprints: number; newestAt: Instant; isOver: boolean }>();
  const newestFirst = sprints
    .filter(({ state, completedAt }) => state === 'closed' && completedAt !== null && completedAt <= until)
    .sort((a, b) => b.completedAt! - a.completedAt!);
  for (const { completedAt, classes } of newestFirst) {
    for (const key in classes) {
      const isOpen = classes[key] === 'not-completed';
      const known = carried.get(key);
      if (!known) carried.set(key, { sprints: isOpen ? 1 : 0, newestAt: completedAt!, isOver: !isOpen });
      else if (!known.isOver) {
        if (isOpen) known.sprints += 1;
        else known.isOver = true;
      }
    }
  }
  return carried;
}
