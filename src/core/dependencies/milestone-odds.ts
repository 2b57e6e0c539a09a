import { chanceGrid } from '../metrics/forecast/adaptive.ts';
import { evaluationAt } from '../metrics/milestones/health.ts';
import { milestonesOf } from '../metrics/milestones/milestones.ts';
import { normalQuantile } from '../metrics/normal.ts';
import type { Day } from '../time/day.ts';
import type { ProjectView } from '../view/view.ts';
import type { Remaining } from './plan.ts';

/** The forecast of one milestone as odds in working days; none where it may not colour (grade D). */
export function forecastsOf(view: ProjectView, id: string): Map<string, Remaining> {
  const { standings, prospectOf } = evaluationAt(view, milestonesOf(view), view.asOf);
  const forecasts = new Map<string, Remaining>();
  for (const standing of standings) {
    const { milestone, open, size } = standing;
    if (milestone.id !== id || size === 0) continue;
    if (open.length === 0) forecasts.set(id, { quantile: () => 0 });
    else {
      const prospect = prospectOf(standing);
      if (prospect.noForecast === null && prospect.grade !== 'D')
        forecasts.set(id, fromGrid(view, prospect.when({ clock: 'current' }, chanceGrid)));
    }
  }
  return forecasts;
}

/** Odds from the days of a grid of chances: straight between them on the normal scale, and on beyond the outer two. */
function fromGrid({ calendar, today }: ProjectView, days: readonly (Day | null)[]): Remaining {
  const known = days.flatMap((on, index) =>
    on === null ? [] : [{ z: normalQuantile(chanceGrid[index]!), days: Math.max(0, calendar.distance(today, on)) }],
  );
  const isCut = known.length < days.length;
  const highest = known.at(-1)?.z ?? -Infinity;
  return {
    quantile: (chance) => {
      const z = normalQuantile(chance);
      if (known.length < 2 || (isCut && z > highest)) return Infinity;
      const found = known.findIndex((point) => point.z >= z);
      const index = found === -1 ? known.length - 1 : Math.max(1, found);
      const to = known[index]!;
      const from = known[index - 1]!;
      return Math.max(0, from.days + ((z - from.z) / (to.z - from.z)) * (to.days - from.days));
    },
  };
}
