import { atLeastWith } from './distribution.ts';

/** How far one matured forecast moves the level (metrics.md 3.5). */
const step = 0.03;
/** Forecasts of a bucket that have to mature before its levels are used instead of the plain ones. */
const leastMatured = 12;

/** The chances for which a published forecast is kept and scored: 5, 10, ..., 95 % (metrics.md 3.7). */
export const chanceGrid: readonly number[] = Array.from({ length: 19 }, (_, index) => (5 * (index + 1)) / 100);

/** The chances that reports speak of, each with a level of its own. */
export const toldChances: readonly number[] = [0.5, 0.85, 0.95];

/**
 * The level after a forecast has matured (metrics.md 3.5, T17): down a little when the statement held, up much when it
 * did not, so that in the long run statements made at it hold as often as the target says. It is not kept within 0 to 1:
 * a level beyond means "the surest thing that can be said".
 */
export function adaptLevel(level: number, target: number, hasHeld: boolean): number {
  return level + step * (target - (hasHeld ? 1 : 0));
}

const bucketEnds = [1, 4, 8, 13, 26];

/** Horizons that share a level: up to 1, 4, 8, 13 and 26 weeks ahead; null beyond, where too few ever mature. */
export function bucketOf(weeks: number): number | null {
  return bucketEnds.find((end) => weeks <= end) ?? null;
}

/** A forecast that has matured: how far ahead it looked, the levels at which its statements stood, and what came. */
export interface MaturedForecast {
  readonly weeks: number;
  readonly levels: readonly number[];
  /** The chance that it gave to more than what was then finished: below the level of a statement, that one held. */
  readonly chanceOfMore: number;
}

/** The outer calibration of one team's forecasts: learns from each that matures. */
export interface AdaptiveLayer {
  /** Levels of a horizon along `toldChances`; the plain chances before enough of its bucket have matured. */
  levelsOf(weeks: number): readonly number[];
  /** The levels as they are being learned, used or not: at these a forecast is kept to be learned from. */
  learningOf(weeks: number): readonly number[];
  learn(forecast: MaturedForecast): void;
}

/**
 * Learns, horizon by horizon, at which plain chance a told one holds (metrics.md 3.5); told chances themselves until enough
 * forecasts are over.
 */
export function createAdaptiveLayer(): AdaptiveLayer {
  const buckets = new Map<number, { levels: readonly number[]; matured: number }>();
  const stateOf = (weeks: number) => buckets.get(bucketOf(weeks) ?? Infinity);
  return {
    levelsOf: (weeks) => {
      const state = stateOf(weeks);
      return state && state.matured >= leastMatured ? state.levels : toldChances;
    },
    learningOf: (weeks) => stateOf(weeks)?.levels ?? toldChances,
    learn: ({ weeks, levels: made, chanceOfMore }) => {
      const bucket = bucketOf(weeks);
      if (bucket === null) return;
      const { levels, matured } = buckets.get(bucket) ?? { levels: toldChances, matured: 0 };
      const next = levels.map((level, index) => adaptLevel(level, toldChances[index]!, chanceOfMore < made[index]!));
      buckets.set(bucket, { levels: next, matured: matured + 1 });
    },
  };
}

/** "At least so many" at a level that may lie beyond 0 and 1: nothing can be surer than "at least none". */
export function atLeastAt(cdf: Float64Array, level: number): number {
  if (level >= 1) return 0;
  return level <= 0 ? cdf.length : atLeastWith(cdf, level);
}

/** Levels far out are learned from few surprises: to bend the distribution by them costs more than it gains. */
const bending = 2;

/**
 * The distribution that the levels make of a plain one: where the plain chance of "at least n" is the level of a target,
 * the target stands in its place; between the targets in proportion.
 */
export function recalibrate(cdf: Float64Array, levels: readonly number[]): Float64Array {
  const from = [Math.min(0, levels[0]!)];
  for (const level of levels.slice(0, bending)) from.push(Math.max(from.at(-1)!, level));
  from.push(Math.max(1, from.at(-1)!));
  const to = [0, ...toldChances.slice(0, bending), 1];
  let at = from.length - 2;
  return cdf.map((chance) => {
    const plain = 1 - chance;
    while (at > 0 && from[at]! > plain) at--;
    const width = from[at + 1]! - from[at]!;
    const share = width > 0 ? Math.min(1, (plain - from[at]!) / width) : 1;
    return 1 - (to[at]! + share * (to[at + 1]! - to[at]!));
  });
}
