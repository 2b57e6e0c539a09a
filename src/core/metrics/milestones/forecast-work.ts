import type { ForecastWork } from '../milestone-figures.ts';
import type { PlanBasis } from './milestone-plans.ts';

/** With fewer finished milestones than this, what was learned from them may be a whim. */
const few = 3;

/** The basis of a plan as figures have it: ids and numbers, and what makes it weaker. */
export function forecastWorkOf(basis: PlanBasis): ForecastWork {
  const { need, growth, counts, arrivals, share, startsOn, waitsFor, waitsElsewhere, isOutgrown } = basis;
  const learnedFrom = basis.learnedFrom.map(({ milestone }) => milestone.id);
  const holds: Readonly<Record<string, boolean>> = {
    fewFinishedMilestones: learnedFrom.length > 0 && learnedFrom.length < few,
    noFinishedMilestones: basis.isUnlearned,
    scopeOutgrowsPace: isOutgrown,
    waitsElsewhere: waitsElsewhere.length > 0,
  };
  return {
    need,
    growth,
    counts,
    learnedFrom,
    arrivalsPerWeek: arrivals?.pace ?? null,
    share,
    startsOn,
    waitsFor,
    waitsElsewhere,
    flags: Object.keys(holds).filter((flag) => holds[flag]),
  };
}
