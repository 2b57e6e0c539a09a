import { crps, pinball } from '../backtest/scores.ts';

export interface ScoreQuestion {
  /** P(S <= 0), P(S <= 1), ... */
  readonly cdf: readonly number[];
  readonly observed: number;
  /** `level` is the lower-tail probability; null when only the distribution is to be scored. */
  readonly quantile: { readonly value: number; readonly level: number } | null;
}

/** `calc score`: how good a forecast was (metrics.md 3.6). */
export function calcScore({ cdf, observed, quantile }: ScoreQuestion) {
  return {
    crps: crps(cdf, observed),
    pinball: quantile === null ? null : pinball(quantile, observed),
  };
}
