import type { ItemKey } from '../../model/ids.ts';
import { compareKeys } from '../../view/item-key.ts';
import type { VelocityRange } from '../figures.ts';
import type { SprintFigures } from '../sprint-figures.ts';
import { median } from '../statistics.ts';

/** Sprints that are looked back at (metrics.md 2.4). */
const lookBack = 6;

/** Completed weight a sprint, in items and in points. Never for dates: the forecast counts weeks (metrics.md 2.4). */
export interface Velocity {
  /** How many sprints it is made of, 1 to 6. */
  readonly n: number;
  readonly count: VelocityRange;
  /** Null when none of them completed an item with an estimate: the team does not estimate in points. */
  readonly points: VelocityRange | null;
}

/**
 * Velocity over the last six sprints of one board that had closed by `until` (metrics.md 2.4): median, least and most.
 * Sprints without items say nothing, and on grade D their content is not known: both are left out. Null when none is
 * left. `sprints` of several boards are told apart by `boardId`: teams are never averaged.
 */
export function velocityOf(
  sprints: readonly SprintFigures[],
  question: { readonly boardId: string | null; readonly before: number },
): Velocity | null {
  const last = velocitySprints(sprints, question).map(({ totals }) => totals!.completed);
  const count = rangeOf(last.map((completed) => completed.count));
  const points = rangeOf(last.map((completed) => completed.points));
  return count && { n: last.length, count, points: points !== null && points.max > 0 ? points : null };
}

/** The sprints that it is made of, in order of their ends. */
export function velocitySprints(
  sprints: readonly SprintFigures[],
  { boardId, before }: { readonly boardId: string | null; readonly before: number },
): readonly SprintFigures[] {
  return sprints
    .filter((sprint) => sprint.state === 'closed' && sprint.grade !== 'D' && sprint.boardId === boardId)
    .filter(({ completedAt }) => completedAt !== null && completedAt < before)
    .sort((a, b) => a.completedAt! - b.completedAt! || a.id.localeCompare(b.id))
    .slice(-lookBack);
}

/** What a sprint completed, in order of key. */
export function completedIn({ classes }: SprintFigures): readonly ItemKey[] {
  return Object.keys(classes)
    .filter((key) => classes[key] === 'completed')
    .sort(compareKeys);
}

function rangeOf(values: readonly number[]): VelocityRange | null {
  const middle = median(values);
  return middle === null ? null : { median: middle, min: Math.min(...values), max: Math.max(...values) };
}
