import type { Instant } from '../../time/instant.ts';
import { valueAt } from '../../view/timeline.ts';
import { median } from '../statistics.ts';
import { closingOf, isInSprint } from './sprint.ts';
import type { SprintItem, SprintSpan } from './sprint.ts';

/** How far a sprint is, in items that were not done before it began. */
export interface SprintPoint {
  readonly total: number;
  readonly done: number;
}

/** The same point of a sprint that is over, and how many items were done at its end, later additions included. */
export interface PastPoint extends SprintPoint {
  readonly doneAtEnd: number;
}

/** Sprints that are looked back at, and how many it takes: fewer say nothing of a team's habit. */
export const lookBackSprints = 12;
const leastSprints = 5;

/**
 * Velocity difference (metrics.md 2.7): the items that will be done at the end of a sprint minus those that are in it
 * now. What is open now is finished in the share in which the board's last sprints finished what was open at the same
 * point of theirs, median of the last twelve. `past` is in order of completion. Null with fewer than five.
 */
export function velocityDifference(past: readonly PastPoint[], now: SprintPoint): number | null {
  if (past.length < leastSprints) return null;
  const kept = median(
    past.slice(-lookBackSprints).map(({ total, done, doneAtEnd }) => (doneAtEnd - done) / Math.max(1, total - done)),
  );
  return now.done + (now.total - now.done) * kept! - now.total;
}

/** How far a sprint was at a moment of it; what had been done before it began is not its work. */
export function pointOf(items: readonly SprintItem[], span: SprintSpan, at: Instant): SprintPoint {
  const own = items.filter(
    (item) => isInSprint(item, Math.min(at, closingOf(span))) && !valueAt(item.doneness, span.startedAt),
  );
  return { total: own.length, done: own.filter((item) => valueAt(item.doneness, at)).length };
}

/**
 * A closed sprint at the same part of its way, 0 to 1 of the time to its planned end: by the clock, since the sprints of
 * one board begin on the same weekday. Null without a plan.
 */
export function pastPointOf(items: readonly SprintItem[], span: SprintSpan, part: number): PastPoint | null {
  const { startedAt, endedAt, plannedEndAt = null } = span;
  if (plannedEndAt === null || plannedEndAt <= startedAt) return null;
  const at = Math.min(endedAt, startedAt + part * (plannedEndAt - startedAt));
  return { ...pointOf(items, span, at), doneAtEnd: pointOf(items, span, endedAt).done };
}
