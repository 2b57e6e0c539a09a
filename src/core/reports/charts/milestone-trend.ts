import { milestonesOf } from '../../metrics/milestones/milestones.ts';
import type { Milestone } from '../../metrics/milestones/milestones.ts';
import type { MilestoneFigures } from '../../metrics/milestone-figures.ts';
import { dayNumber } from '../../time/day.ts';
import type { Day } from '../../time/day.ts';
import type { ProjectView } from '../../view/view.ts';
import { withDistinctMilestones } from '../../metrics/milestones/distinct-milestones.ts';
import { isWorthARow } from '../worth-a-row.ts';
import type { MilestoneTrendChart, PromiseLine } from './chart.ts';
import { aboutChart } from './chart-input.ts';
import type { ChartInput } from './chart-input.ts';

/** More lines cannot be told apart on a phone. */
const mostLines = 4;
/** Reached ones are shown for so long: the reader still remembers them. */
const reachedDays = 90;

/**
 * Milestone trend of the open milestones and of those reached lately (metrics.md 1.6). Those that moved come first. Null
 * when no date was ever promised, or all were promised today: then there is no trend.
 */
export function buildMilestoneTrend(input: ChartInput): MilestoneTrendChart | null {
  const { view } = input;
  const { milestones } = withDistinctMilestones(input.metrics);
  const known = new Map(milestonesOf(view).map((milestone) => [`${milestone.kind}:${milestone.id}`, milestone]));
  const lines = milestones
    .filter((figures) => figures.kind !== 'item' && isToBeShown(figures, view))
    .flatMap((figures) => lineOf(view, figures, known.get(`${figures.kind}:${figures.id}`)) ?? []);
  const told = lines
    .toSorted((a, b) => b.replans - a.replans || Math.abs(b.slip ?? 0) - Math.abs(a.slip ?? 0) || byEnd(a, b))
    .slice(0, mostLines)
    .sort(byEnd);
  if (told.every(({ points }) => points[0]!.reportedOn === view.today)) return null;
  const [worst] = told.filter(({ slip }) => (slip ?? 0) > 0).sort((a, b) => b.slip! - a.slip!);
  return {
    kind: 'chart-milestone-trend',
    ...aboutChart(input),
    lines: told,
    more: lines.length - told.length,
    worst: worst ?? null,
  };
}

function isToBeShown(figures: MilestoneFigures, view: ProjectView): boolean {
  if (figures.state === 'open') return isWorthARow(figures, view);
  return figures.finishedOn !== null && dayNumber(view.today) - dayNumber(figures.finishedOn) <= reachedDays;
}

/** Null for a milestone that never had a date. */
function lineOf(
  view: ProjectView,
  { name, finishedOn, slipCommitted, replans }: MilestoneFigures,
  milestone: Milestone | undefined,
): PromiseLine | null {
  const { zone } = view.calendar;
  const until = finishedOn ?? view.today;
  const points: { reportedOn: Day; on: Day }[] = [];
  for (const { at, on } of milestone?.dates ?? []) {
    const reportedOn = zone.dayAt(at);
    // A date that was taken away leaves the last one standing: the line cannot end before today.
    if (on === null || reportedOn > until) continue;
    if (points.at(-1)?.reportedOn === reportedOn) points.pop();
    points.push({ reportedOn, on });
  }
  const last = points.at(-1);
  if (!last) return null;
  if (last.reportedOn < until) points.push({ reportedOn: until, on: last.on });
  return { name, points, finishedOn, leadsTo: finishedOn ?? last.on, slip: slipCommitted, replans };
}

function byEnd(a: PromiseLine, b: PromiseLine): number {
  return a.leadsTo.localeCompare(b.leadsTo) || a.name.localeCompare(b.name);
}
