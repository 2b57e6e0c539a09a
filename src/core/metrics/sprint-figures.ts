import type { ItemKey, SprintId } from '../model/ids.ts';
import type { Instant } from '../time/instant.ts';
import type { Grade } from './figure.ts';

export type SprintClass = 'completed-outside' | 'removed' | 'completed' | 'not-completed';

/** In the shape of `calc sprint` (calculations.md). */
export interface SprintTotals {
  readonly committed: { readonly count: number; readonly points: number };
  readonly added: { readonly count: number };
  readonly removed: { readonly count: number };
  readonly completed: { readonly count: number; readonly points: number };
  readonly notCompleted: { readonly count: number };
  readonly completedOutside: { readonly count: number };
  readonly sayDo: { readonly count: number | null; readonly points: number | null };
  readonly deliveryRatio: { readonly points: number | null };
  readonly scopeChange: { readonly count: number | null };
}

/** What `SprintTotals` has no room for (metrics.md 2.5). Points of items without an estimate count 0. */
export interface SprintDetail {
  /** Points at entry of what was added, and of what was removed; points at the end of what was not completed. */
  readonly addedPoints: number;
  readonly removedPoints: number;
  readonly notCompletedPoints: number;
  /** (Added + removed) / commitment in points; null over nothing committed. */
  readonly scopeChangePoints: number | null;
  /** Points that its items gained (+) or lost (-) between their entry and the end. */
  readonly reEstimatedPoints: number;
  /** The part of them that is a first estimate: the item came in without one. */
  readonly firstEstimatedPoints: number;
  /** Not completed / (committed + added - removed), by count, 0 to 1; null when nothing was left in it. */
  readonly carryOver: number | null;
  /** Added in the last fifth of the planned time, or after it; null when no end was planned. */
  readonly lateAdditions: number | null;
  /** Items that left it and came back. */
  readonly churned: number;
  /** Signed working days from the planned end to the real one, + = extended; null while it runs, or without a plan. */
  readonly overrunWorkingDays: number | null;
}

export interface SprintOutlook {
  readonly doneAtP50: number;
  readonly doneAtP85: number;
  readonly goalChance: number;
  /** Items done at its end minus items in it now, as its board's last sprints went; null with fewer than five. */
  readonly velocityDifference: number | null;
}

export interface SprintFigures {
  readonly id: SprintId;
  readonly name: string;
  readonly state: 'future' | 'active' | 'closed';
  /** The board that it is kept on: velocities of two boards are never put together. */
  readonly boardId: string | null;
  readonly activatedAt: Instant | null;
  readonly endAt: Instant | null;
  readonly completedAt: Instant | null;
  readonly totals: SprintTotals | null;
  /** Null for a sprint that has not started. */
  readonly detail: SprintDetail | null;
  readonly classes: Readonly<Record<ItemKey, SprintClass>>;
  readonly grade: Grade;
  readonly flags: readonly string[];
  /**
   * Active sprints: how many of the items still open will be done by its end, at P50 and P85, and the chance, 0 to 1,
   * that all of them are (metrics.md 2.7); null without history.
   */
  readonly outlook: SprintOutlook | null;
}
