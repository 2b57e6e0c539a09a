import type { Calendar } from '../../time/calendar.ts';
import type { Day } from '../../time/day.ts';
import { median } from '../statistics.ts';

/** The date that a report gave for a milestone. */
export interface TrendPoint {
  readonly reportedOn: Day;
  readonly on: Day;
}

export interface MilestoneTrend {
  /** Days that the date slips in a working day: 0 stands still, 1 runs away as fast as time goes; null below two reports. */
  readonly slope: number | null;
  /** Working days from the last report to the date that it gave. */
  readonly remaining: number | null;
  /** Working days after the last report at which it would really be reached; null when it does not converge. */
  readonly projected: number | null;
  readonly isConverging: boolean;
  /** `STEADY_SLIP`, `ZIGZAG`, `LATE_BEND`. */
  readonly patterns: readonly string[];
}

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
  const isConverging = slope !== null && slope < noConvergence;
  return {
    slope,
    remaining,
    projected: isConverging && remaining !== null ? remaining / (1 - slope) : null,
    isConverging,
    patterns: patternsOf(all, slope),
  };
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
