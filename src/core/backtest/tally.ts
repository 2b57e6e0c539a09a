import { wilson } from '../metrics/statistics.ts';
import type { ForecastScores, Interval } from './backtest.ts';
import { crps, pinball } from './scores.ts';

/** One forecast: its distribution, and what it said will be finished at least, at even odds and with 85 %. */
export interface Forecast {
  readonly cdf: Float64Array;
  readonly p50: number;
  readonly p85: number;
}

/** Adds up how the forecasts of one team did at one horizon. */
export interface Tally {
  readonly n: number;
  add(forecast: Forecast, finished: number): void;
  scores(): ForecastScores;
}

export interface TallyOptions {
  /** What losses are divided by, so that teams can be compared: the usual work of such a horizon. */
  readonly scale: number;
  /** Forecasts of 26 weeks made every 4 overlap: only so large a part of them tells something new. */
  readonly independentShare: number;
}

export const noScores: ForecastScores = {
  p50Hit: null,
  p50Interval: null,
  p85Hit: null,
  p85Interval: null,
  pinball: null,
  crps: null,
};

const p85Level = 0.15;

/** Adds up how forecasts came out (metrics.md 3.6); all scores are null before the first. */
export function createTally({ scale, independentShare }: TallyOptions): Tally {
  let n = 0;
  const sums = { p50: 0, p85: 0, pinball: 0, crps: 0 };
  return {
    get n() {
      return n;
    },
    add: ({ cdf, p50, p85 }, finished) => {
      n++;
      sums.p50 += Number(finished >= p50);
      sums.p85 += Number(finished >= p85);
      sums.pinball += pinball({ value: p85, level: p85Level }, finished);
      sums.crps += crps(cdf, finished);
    },
    scores: () => {
      if (n === 0) return noScores;
      const interval = (hits: number): Interval => wilson(hits * independentShare, n * independentShare);
      // A team that never finished anything has no scale to be measured on.
      const scaled = (loss: number) => (scale > 0 ? loss / n / scale : null);
      return {
        p50Hit: sums.p50 / n,
        p50Interval: interval(sums.p50),
        p85Hit: sums.p85 / n,
        p85Interval: interval(sums.p85),
        pinball: scaled(sums.pinball),
        crps: scaled(sums.crps),
      };
    },
  };
}

/** Means of the scores of several teams, with the interval of the mean from how far the teams lie apart. */
export function averageTallies(scores: readonly ForecastScores[]): ForecastScores {
  const values = (pick: (one: ForecastScores) => number | null) => scores.flatMap((one) => pick(one) ?? []);
  const p50 = values(({ p50Hit }) => p50Hit);
  const p85 = values(({ p85Hit }) => p85Hit);
  return {
    p50Hit: mean(p50),
    p50Interval: intervalOfMean(p50),
    p85Hit: mean(p85),
    p85Interval: intervalOfMean(p85),
    pinball: mean(values(({ pinball: loss }) => loss)),
    crps: mean(values(({ crps: loss }) => loss)),
  };
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

const z95 = 1.959964;

function intervalOfMean(values: readonly number[]): Interval {
  const centre = mean(values);
  if (centre === null || values.length < 2) return null;
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  const half = z95 * Math.sqrt(squares / (values.length - 1) / values.length);
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}
