import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';

/** A new promise for a milestone, agreed on by a person: the first one stays, and both are told (metrics.md 1.1, `Bk`). */
export interface Rebaseline {
  /** Id of the milestone. */
  readonly milestone: string;
  readonly at: Instant;
  readonly on: Day;
  /** What the person calls themselves. */
  readonly by: string;
  readonly reason: string;
}

/** The promise that holds at an instant; null where only the first one was ever made. In order of time. */
export function rebaselineAt(
  all: readonly Rebaseline[] | undefined,
  milestone: string,
  at: Instant,
): Rebaseline | null {
  return all?.findLast((one) => one.milestone === milestone && one.at <= at) ?? null;
}
