import { defaultThresholds } from '../model/thresholds.ts';
import type { Thresholds } from '../model/thresholds.ts';
import { measureDeliveryFigures } from './delivery/delivery-figures.ts';
import { measureFlow } from './flow/flow.ts';
import type { Figures } from './figures.ts';
import type { Metrics } from './metrics.ts';
import { measureMilestones } from './milestones/measure-milestones.ts';
import { measureSprints } from './sprints/measure-sprints.ts';
import { measureTeams } from './forecast/measure-teams.ts';
import { trustOf } from './trust.ts';
import { measureAgile } from './value/agile-figures.ts';
import { measureAgileCost } from './value/agile-cost.ts';
import { measureCost } from './value/measure-cost.ts';
import { paidMilestoneOf } from './value/cost-basis.ts';
import { measureValue } from './value/value-figures.ts';
import type { ProjectView } from '../view/view.ts';

/** Left out where there are none: a project without teams has the figures that it always had. */
function teamsOf(view: ProjectView): Pick<Metrics, 'teams'> {
  const teams = measureTeams(view);
  return teams === null ? {} : { teams };
}

/** Version of the definitions in metrics.md that the figures follow: raised whenever a figure changes its meaning. */
const definitions = '1.0.0';

/**
 * Every figure of a project at the instant of its view. The same view gives the same bytes, and views of one instant
 * agree whenever they are made, since nothing later than as-of is in them.
 */
export function measure(
  view: ProjectView,
  thresholds: Pick<Thresholds, 'health'> & Partial<Pick<Thresholds, 'sprints'>> = defaultThresholds,
): Metrics {
  const { milestones, promises, now } = measureMilestones(view, thresholds.health);
  // Grade D is no ground for a forecast of a sprint.
  const sprints = measureSprints(
    view,
    now.outlook.grade === 'D' ? null : now.outlook.pace,
    thresholds.sprints?.graceMinutes ?? 0,
  );
  const agile = measureAgile(view, promises, { milestones, sprints });
  return {
    project: view.settings.id,
    name: view.settings.name,
    asOf: view.asOf,
    definitions,
    trust: trustOf(view),
    figures: withoutFalseGrades({
      ...measureFlow(view),
      ...measureValue(view, promises),
      ...agile,
      ...measureCost(view, promises, now),
      ...measureAgileCost(view, agile, paidMilestoneOf(now)),
      ...measureDeliveryFigures(view),
    }),
    milestones,
    ...teamsOf(view),
    sprints,
  };
}

/** However much it is made from, what is not known is no ground for anything: grade D (metrics.md 0.2). */
function withoutFalseGrades(figures: Figures): Figures {
  const graded = Object.entries(figures).map(([name, figure]) => [
    name,
    figure.value === null && figure.grade !== 'D' ? { ...figure, grade: 'D' } : figure,
  ]);
  return Object.fromEntries(graded) as Figures;
}
