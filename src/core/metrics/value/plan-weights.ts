import { dayMs } from '../../time/instant.ts';
import type { Instant } from '../../time/instant.ts';
import { valueAt } from '../../view/timeline.ts';
import type { ItemView, ProjectView } from '../../view/view.ts';
import { median } from '../statistics.ts';

/** What each item of a plan weighs (metrics.md 0.5, 1.3): 1, or its points. */
export type PlanUnit = 'item' | 'point';

/** An item and the instant at which its weight was frozen. */
interface Weighed {
  readonly item: ItemView;
  readonly promisedAt: Instant;
}

export interface PlanWeights {
  readonly unit: PlanUnit;
  /** What an item weighs as it was at an instant. */
  weightOf(item: ItemView, at: Instant): number;
  /** Items of the plan without an estimate, which weigh the median of their type. */
  readonly imputed: readonly ItemView[];
  /**
   * `unitFallback`: points were asked for, and too few items had them when they were promised. `pointsImputed`: some had
   * none.
   */
  readonly flags: readonly string[];
}

/** Every item weighs 1. */
export const itemWeights: PlanWeights = { unit: 'item', weightOf: () => 1, imputed: [], flags: [] };
const fallback: PlanWeights = { ...itemWeights, flags: ['unitFallback'] };
/** With fewer estimates than this, points say more of who estimates than of the work. */
const leastCoverage = 0.7;
const medianMs = 180 * dayMs;

/**
 * The unit of a plan. Points where the project plans by them and at least 70 % of the promised items had an estimate when
 * they were promised; those without one weigh the median of their type, or of all types where theirs has none, over the
 * items made or finished in the last 180 days. Else every item weighs 1. An estimate of 0 is an estimate.
 */
export function planWeights(view: ProjectView, planned: readonly Weighed[]): PlanWeights {
  if (view.settings.planBy !== 'points' || planned.length === 0) return itemWeights;
  const without = planned.filter(({ item, promisedAt }) => pointsAt(item, promisedAt) === null);
  if (planned.length - without.length < leastCoverage * planned.length) return fallback;
  const usual = usualPoints(view);
  const weightOf = (item: ItemView, at: Instant) => pointsAt(item, at) ?? usual(item) ?? 0;
  // A plan that weighs nothing has no schedule to be earned.
  if (!planned.some(({ item, promisedAt }) => weightOf(item, promisedAt) > 0)) return fallback;
  const imputed = without.map(({ item }) => item);
  return { unit: 'point', weightOf, imputed, flags: imputed.length > 0 ? ['pointsImputed'] : [] };
}

function pointsAt({ past }: ItemView, at: Instant): number | null {
  const points = valueAt(past.points, at);
  return points !== null && points >= 0 ? points : null;
}

function usualPoints({ counted, asOf }: ProjectView): (item: ItemView) => number | null {
  const since = asOf - medianMs;
  const byType = new Map<string, number[]>();
  const all: number[] = [];
  for (const { type, points, createdAt, doneAt } of counted) {
    if (points === null || points < 0 || (createdAt < since && (doneAt === null || doneAt < since))) continue;
    const known = byType.get(type.name);
    if (known) known.push(points);
    else byType.set(type.name, [points]);
    all.push(points);
  }
  return ({ type }) => median(byType.get(type.name) ?? all);
}
