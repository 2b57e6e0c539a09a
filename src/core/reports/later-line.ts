import type { LaterDate } from '../dependencies/later-date.ts';
import type { ItemRef, RefOf } from './item-ref.ts';
import type { Beyond } from '../dependencies/programme-outlook.ts';
import type { Day } from '../time/day.ts';

/** The day that is 85 % sure with what a milestone waits for in other projects, and whom it waits for. */
export interface LaterLine {
  /** Null when no day has 85 %. */
  readonly p85On: Day | null;
  /** Why no day has; null when one does. */
  readonly beyond: Beyond | null;
  readonly waiting: ItemRef;
  /** Each waits for the next; at least one. */
  readonly blockers: readonly ItemRef[];
}

/** Null where nothing that other projects hold makes the date later. */
export function laterLine(later: LaterDate | null | undefined, refOf: RefOf): LaterLine | null {
  const [waiting, ...blockers] = later?.chain ?? [];
  if (!later || waiting === undefined) return null;
  const { p85On, beyond } = later;
  return { p85On, beyond, waiting: refOf(waiting), blockers: blockers.map((key) => refOf(key)) };
}
