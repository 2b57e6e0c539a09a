import { burndownDays, burndownOf } from '../../metrics/sprints/burndown.ts';
import type { Remaining } from '../../metrics/sprints/burndown.ts';
import { courseOfSprint } from '../../metrics/sprints/measure-sprints.ts';
import type { SprintFigures } from '../../metrics/sprint-figures.ts';
import type { Calendar } from '../../time/calendar.ts';
import { addDays } from '../../time/day.ts';
import type { Day } from '../../time/day.ts';
import type { BurndownChart } from './chart.ts';
import { aboutChart } from './chart-input.ts';
import type { ChartInput } from './chart-input.ts';

/** A plan of half a year is a mistake in the dates, and no chart. */
const longestDays = 120;

/**
 * Burndown of a sprint that has begun (metrics.md 2.6), and of a running one what its outlook says of the end (2.7). The
 * outlook counts items, so a running sprint is shown in items. Null when its items or its planned end are not known, and on its
 * first day.
 */
export function buildBurndown(
  input: ChartInput,
  figures: SprintFigures,
  unit: BurndownChart['unit'] = 'items',
): BurndownChart | null {
  const { view, thresholds } = input;
  const { calendar } = view;
  const seen = view.sprints.find(({ sprint }) => sprint.id === figures.id);
  const { totals, endAt, outlook } = figures;
  if (!seen || seen.startedAt === null || totals === null || endAt === null) return null;
  const { items, span } = courseOfSprint(view, seen, thresholds.sprints.graceMinutes);
  const burndown = burndownOf(items, span);
  const of = (remaining: Remaining) => (unit === 'points' ? remaining.points : remaining.count);
  const plan = { calendar, plannedEndAt: endAt, commitment: totals.committed };
  const past = burndownDays(burndown, span, plan).map((day) => ({ on: day.on, ideal: of(day.ideal), left: of(day) }));
  if (past.length < 2 || (of(totals.committed) === 0 && past.every(({ left }) => left === 0))) return null;
  const endOn = calendar.zone.dayAt(endAt);
  const isOver = figures.state === 'closed';
  const left = of(burndown.end);
  const isOpen = !isOver && unit === 'items' && outlook !== null && endOn > view.today;
  return {
    kind: 'chart-burndown',
    ...aboutChart(input),
    sprint: figures.name,
    unit,
    isOver,
    endOn,
    days: [
      ...past,
      ...(isOver
        ? []
        : daysAhead(calendar, past.at(-1)!.on, { endOn, from: past[0]!.on, whole: of(totals.committed) })),
    ],
    atStart: of(burndown.start),
    left,
    behind: left - past.at(-1)!.ideal,
    outlook: isOpen ? { leftAtP50: left - outlook.doneAtP50, leftAtP85: left - outlook.doneAtP85 } : null,
  };
}

/** The working days to come, with what the ideal line has at their end. */
function daysAhead(
  calendar: Calendar,
  after: Day,
  { endOn, from, whole }: { readonly endOn: Day; readonly from: Day; readonly whole: number },
): BurndownChart['days'] {
  const length = calendar.distance(from, endOn);
  const days: { on: Day; ideal: number; left: null }[] = [];
  for (let on = addDays(after, 1); on <= endOn && days.length < longestDays; on = addDays(on, 1)) {
    if (calendar.fraction(on) === 0 && on !== endOn) continue;
    const ideal = length > 0 ? whole * Math.max(0, 1 - calendar.distance(from, on) / length) : 0;
    days.push({ on, ideal, left: null });
  }
  return days;
}
