import type { Calendar } from '../../time/calendar.ts';
import { addDays, startOfWeek } from '../../time/day.ts';
import type { Day } from '../../time/day.ts';
import type { Instant } from '../../time/instant.ts';
import type { DatedValue, ProjectView } from '../../view/view.ts';
import type { MilestoneTrend } from '../milestone-figures.ts';
import { median } from '../statistics.ts';

/** The date that a report gave for a milestone. */
export interface TrendPoint {
  readonly reportedOn: Day;
  readonly on: Day;
}

/** Weeks of reports that are looked back on. */
const mostWeeks = 104;
const mostReports = 8;
const steadySlope = 0.3;
const steadyReports = 4;
const zigzagChanges = 2;
const lateShare = 0.8;
/** From this slope on the date runs away nearly as fast as time goes. */
const noConvergence = 0.95;

/**
 * Milestone trend (metrics.md 1.6, vector T8) over the last 8 reports, oldest first: the median slope between any two of
 * them (Theil-Sen), which one odd report cannot turn, and where it leads.
 */
export function milestoneTrend(points: readonly TrendPoint[], calendar: Calendar): MilestoneTrend {
  const first = points[0]?.reportedOn;
  const all = points.map(({ reportedOn, on }) => ({
    x: calendar.distance(first!, reportedOn),
    y: calendar.distance(first!, on),
  }));
  const recent = all.slice(-mostReports);
  const slope = median(
    recent.flatMap((a, index) =>
      recent.slice(index + 1).flatMap((b) => (b.x === a.x ? [] : (b.y - a.y) / (b.x - a.x))),
    ),
  );
  const last = all.at(-1);
  const remaining = last ? last.y - last.x : null;
  // Of a date that has passed nothing is left to slip: it was missed, and leads nowhere.
  const isConverging = slope !== null && slope < noConvergence && remaining !== null && remaining >= 0;
  return {
    slope,
    remaining,
    projected: isConverging ? remaining / (1 - slope) : null,
    isConverging,
    patterns: patternsOf(all, slope),
  };
}

/**
 * The trend of a milestone as weekly reports would have shown it: the date in force at the end of each Sunday since the
 * promise, and at as-of or the finish. Null without a promise; weeks without a date give no point.
 */
export function trendOf(
  { dates, finishedOn }: { readonly dates: readonly DatedValue[]; readonly finishedOn: Day | null },
  { committedAt }: { readonly committedAt: Instant | null },
  { calendar, today, asOf }: Pick<ProjectView, 'calendar' | 'today' | 'asOf'>,
): MilestoneTrend | null {
  if (committedAt === null) return null;
  const { zone } = calendar;
  const lastOn = finishedOn !== null && finishedOn < today ? finishedOn : today;
  const promisedOn = zone.dayAt(committedAt);
  const earliest = addDays(startOfWeek(lastOn), -7 * mostWeeks);
  const points: TrendPoint[] = [];
  let next = 0;
  let on: Day | null = null;
  const report = (reportedOn: Day, at: Instant) => {
    for (; next < dates.length && dates[next]!.at <= at; next += 1) on = dates[next]!.on;
    if (on !== null) points.push({ reportedOn, on });
  };
  const first = startOfWeek(promisedOn > earliest ? promisedOn : earliest);
  for (let sunday = addDays(first, 6); sunday < lastOn; sunday = addDays(sunday, 7))
    report(sunday, zone.endOf(sunday) - 1);
  report(lastOn, Math.min(asOf, zone.endOf(lastOn) - 1));
  return points.length === 0 ? null : milestoneTrend(points, calendar);
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function patternsOf(points: readonly Point[], slope: number | null): readonly string[] {
  const moves = points.slice(1).map(({ y }, index) => y - points[index]!.y);
  const signs = moves.filter((move) => move !== 0).map(Math.sign);
  const changes = signs.filter((sign, index) => index > 0 && sign !== signs[index - 1]).length;
  const firstMove = moves.findIndex((move) => move !== 0);
  const span = points[0]?.y ?? 0;
  const bentAt = firstMove === -1 ? null : points[firstMove + 1]!.x;
  return [
    ...(slope !== null && slope >= steadySlope && points.length >= steadyReports ? ['STEADY_SLIP'] : []),
    ...(changes >= zigzagChanges ? ['ZIGZAG'] : []),
    ...(bentAt !== null && span > 0 && bentAt > lateShare * span ? ['LATE_BEND'] : []),
  ];
}
