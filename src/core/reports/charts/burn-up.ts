import type { Milestone } from '../../metrics/milestones/milestones.ts';
import { milestonesOf } from '../../metrics/milestones/milestones.ts';
import type { MilestoneFigures } from '../../metrics/milestone-figures.ts';
import { addDays } from '../../time/day.ts';
import type { Day } from '../../time/day.ts';
import { isDoneAt } from '../../view/item-clock.ts';
import type { ProjectView } from '../../view/view.ts';
import { teamLineOf } from '../team-line.ts';
import type { BurnUpChart } from './chart.ts';
import { aboutChart } from './chart-input.ts';
import type { ChartInput } from './chart-input.ts';

const mostWeeks = 52;
/** A course of fewer weeks is shown day by day. */
const fewWeeks = 4;
/** Weeks that are shown from before the first item was done: longer, they only say that nothing had begun. */
const leadWeeks = 4;

/** The work of a milestone and its forecast (metrics.md 3.3, 3.4). Null for one that holds nothing, or nothing before today. */
export function buildBurnUp(input: ChartInput, figures: MilestoneFigures): BurnUpChart | null {
  const { view } = input;
  const milestone = milestonesOf(view).find(({ id, kind }) => id === figures.id && kind === figures.kind);
  if (!milestone || figures.openItems + figures.doneItems === 0) return null;
  const { forecast, currentOn } = figures;
  const team = teamLineOf(figures);
  const course = courseOf(view, milestone);
  if (course.length < 2) return null;
  return {
    kind: 'chart-burn-up',
    ...aboutChart(input),
    milestone: figures.name,
    dueOn: currentOn,
    course,
    forecast,
    noForecast: figures.noForecast,
    ...(team === null ? {} : { team }),
    historyWeeks: input.metrics.figures.throughputPerWeek.value?.weeks.length ?? 0,
    openItems: figures.openItems,
    doneItems: figures.doneItems,
    chance: figures.health.current.probability,
    lateWorkingDays: currentOn === null || !forecast?.p50 ? null : view.calendar.distance(currentOn, forecast.p50),
  };
}

function courseOf(view: ProjectView, milestone: Milestone): BurnUpChart['course'] {
  const weeks = daysBack(view, milestone, { step: 7, most: mostWeeks });
  if (weeks.length >= fewWeeks) return weeks;
  return daysBack(view, milestone, { step: 1, most: 7 * fewWeeks });
}

/** Its state at as-of and at the ends of earlier days, `step` days apart, back to when there was nothing in it. */
function daysBack(
  { calendar: { zone }, today, asOf }: ProjectView,
  { scopeAt }: Milestone,
  { step, most }: { readonly step: number; readonly most: number },
): BurnUpChart['course'] {
  const found: { on: Day; scope: number; done: number }[] = [];
  for (let index = 0; index <= most; index += 1) {
    const on = addDays(today, -index * step);
    const at = index === 0 ? asOf : zone.endOf(on) - 1;
    const scope = scopeAt(at);
    if (scope.length === 0) break;
    found.push({ on, scope: scope.length, done: scope.filter((item) => isDoneAt(item, at)).length });
  }
  found.reverse();
  const firstDone = found.findIndex(({ done }) => done > 0);
  const begin = (firstDone === -1 ? found.length - 1 : firstDone) - (7 * leadWeeks) / step;
  return found.slice(Math.max(0, begin));
}
