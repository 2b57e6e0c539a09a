import type { SprintFigures } from '../../metrics/sprint-figures.ts';
import type { MilestoneFigures } from '../../metrics/milestone-figures.ts';
import { serviceFactsOf } from '../../metrics/delivery/service-facts.ts';
import { decidingMilestone } from '../../metrics/milestones/deciding-milestone.ts';
import { withDistinctMilestones } from '../../metrics/milestones/distinct-milestones.ts';
import { milestonesCalled } from '../milestones-called.ts';
import { runningSprints } from '../sprint-line.ts';
import { buildBurnUp } from './burn-up.ts';
import { buildBurndown } from './burndown.ts';
import type { Chart } from './chart.ts';
import type { ChartName } from './chart-names.ts';
import type { ChartInput } from './chart-input.ts';
import { buildCumulativeFlow } from './cumulative-flow.ts';
import { buildCycleTime } from './cycle-time.ts';
import { buildDeliveryTrend } from './delivery-trend.ts';
import { buildMilestoneTrend } from './milestone-trend.ts';

/**
 * A chart that somebody asks for by its name. `about` names one milestone for a burn-up, one sprint for a burndown and one
 * service for a delivery trend; null for the milestone that decides the project's health, the sprint that runs or was
 * closed last, and the main service. Null when there is nothing to show.
 */
export function buildChart(name: ChartName, input: ChartInput, about: string | null): Chart | null {
  switch (name) {
    case 'burn-up': {
      const milestone = milestoneOf(input, about);
      return milestone && buildBurnUp(input, milestone);
    }
    case 'milestone-trend':
      return buildMilestoneTrend(input);
    case 'cycle-time':
      return buildCycleTime(input);
    case 'cumulative-flow':
      return buildCumulativeFlow(input);
    case 'delivery-trend':
      return buildDeliveryTrend(input, about);
    case 'burndown': {
      const sprint = sprintOf(input, about);
      return sprint && buildBurndown(input, sprint);
    }
  }
}

/**
 * The names that `about` may be for a chart, items by their keys before all others. Null for a chart that is about the
 * whole project.
 */
export function chartSubjects(name: ChartName, { metrics, view }: ChartInput): readonly string[] | null {
  if (name === 'burn-up') {
    const { milestones } = withDistinctMilestones(metrics);
    const items = milestones.flatMap(({ key }) => key ?? []);
    return [...items, ...milestones.flatMap((milestone) => (milestone.key === null ? milestone.name : []))];
  }
  if (name === 'burndown') return begunSprints(metrics).map((sprint) => sprint.name);
  return name === 'delivery-trend' ? serviceFactsOf(view).map(({ delivery }) => delivery.service) : null;
}

function begunSprints({ sprints }: ChartInput['metrics']): readonly SprintFigures[] {
  return sprints.filter(({ state }) => state !== 'future');
}

function milestoneOf({ metrics, view }: ChartInput, about: string | null): MilestoneFigures | null {
  const { milestones } = withDistinctMilestones(metrics);
  return about === null ? decidingMilestone(milestones, view) : (milestonesCalled(milestones, about)[0] ?? null);
}

function sprintOf({ metrics }: ChartInput, about: string | null): SprintFigures | null {
  const begun = begunSprints(metrics);
  if (about !== null) return begun.findLast(({ id, name }) => id === about || name === about) ?? null;
  return runningSprints(metrics)[0] ?? begun.findLast(({ state }) => state === 'closed') ?? null;
}
