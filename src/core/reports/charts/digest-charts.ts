import { decidingMilestone } from '../../metrics/milestones/deciding-milestone.ts';
import { withDistinctMilestones } from '../../metrics/milestones/distinct-milestones.ts';
import type { ProjectDigest } from '../project-report.ts';
import type { SprintReview } from '../sprint-review-report.ts';
import { buildBurnUp } from './burn-up.ts';
import { buildBurndown } from './burndown.ts';
import type { Chart } from './chart.ts';
import type { ChartInput } from './chart-input.ts';
import { buildMilestoneTrend } from './milestone-trend.ts';

/**
 * The pictures of a project digest: where the milestone leads that the health speaks of, and the course of the promises
 * when one has moved. A quiet week has none.
 */
export function digestCharts(input: ChartInput, { isQuiet, moves }: ProjectDigest): readonly Chart[] {
  if (isQuiet) return [];
  const about = decidingMilestone(withDistinctMilestones(input.metrics).milestones, input.view);
  const charts = [about && buildBurnUp(input, about), moves.length > 0 ? buildMilestoneTrend(input) : null];
  return charts.filter((chart) => chart !== null);
}

/** The burndown of the sprint that a review is about. */
export function reviewCharts(input: ChartInput, { sprint, burndown }: SprintReview): readonly Chart[] {
  const figures = input.metrics.sprints.find(({ id }) => id === sprint?.id);
  const chart = figures && burndown ? buildBurndown(input, figures, burndown.unit) : null;
  return chart === null ? [] : [chart];
}
