import { normalCdf, normalQuantile } from '../metrics/normal.ts';
import type { ForecastTest, HorizonTest, Interval } from './backtest.ts';

/** What a backtest says in one sentence. */
export interface Verdict {
  /**
   * `tooSure`: what was called 85 % sure held clearly less often; `unclear`: less often, but it may be chance.
   * `tooLittle`: too few forecasts have matured to say anything.
   */
  readonly code: 'honest' | 'tooSure' | 'unclear' | 'tooCautious' | 'tooLittle';
  /** Share of the statements of 85 % that held, 2 to 12 weeks ahead. */
  readonly p85Hit: number | null;
  readonly p85Interval: Interval;
  /** By how much the error is below that of the 26-week bootstrap from 8 weeks on; below 0 it is above. */
  readonly gain: number | null;
  /** How often the bootstrap's 85 % can hold at the longest horizon for a team that never changes. */
  readonly bootstrapAtBest: number;
}

const leastForecasts = 12;
/** Where dates are promised. */
const nearWeeks = { from: 2, to: 12 };
const farWeeks = 8;
const promised = 0.85;
/** Less than this is off; more than the upper bound too, though counts come in whole items and keep a little more. */
const honest = { from: 0.8, to: 0.92 };

/** The verdict on the forecasts of a backtest (acceptance bar 1 of metrics.md 10). */
export function verdictOf({ horizons }: ForecastTest): Verdict {
  const near = horizons.filter(({ weeks, n }) => weeks >= nearWeeks.from && weeks <= nearWeeks.to && n > 0);
  const p85Hit = mean(near.flatMap((test) => test.p85Hit ?? []));
  const p85Interval = meanInterval(near);
  const gains = horizons.flatMap(({ weeks, crps, rivals }) => {
    const rival = rivals['weekly-26'].crps;
    return weeks >= farWeeks && crps !== null && rival !== null && rival > 0 ? [1 - crps / rival] : [];
  });
  const matured = Math.min(...near.map(({ n }) => n));
  const base = { p85Hit, p85Interval, gain: mean(gains), bootstrapAtBest: bootstrapCoverage(promised, 26, 26) };
  if (p85Hit === null || matured < leastForecasts) return { ...base, code: 'tooLittle' };
  return { ...base, code: judge(p85Hit, p85Interval ?? [0, 1]) };
}

function judge(share: number, [low, high]: readonly [number, number]): Verdict['code'] {
  if (share < honest.from) return high < promised ? 'tooSure' : 'unclear';
  return share > honest.to && low > promised ? 'tooCautious' : 'honest';
}

/** Forecasts of neighbouring horizons rise and fall together: the mean is no surer than each of them. */
function meanInterval(tests: readonly HorizonTest[]): Interval {
  const intervals = tests.flatMap(({ p85Interval }) => (p85Interval === null ? [] : [p85Interval]));
  const low = mean(intervals.map((interval) => interval[0]));
  const high = mean(intervals.map((interval) => interval[1]));
  return low === null || high === null ? null : [low, high];
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * How often "at least so many with chance p" can hold when `future` weeks are drawn from `past` ones, even for a team
 * that never changes (metrics.md 3.2, T27): the pace was measured in those weeks only, and the draw takes it for exact.
 */
export function bootstrapCoverage(probability: number, past: number, future: number): number {
  return normalCdf(normalQuantile(probability) / Math.sqrt(1 + future / past));
}
