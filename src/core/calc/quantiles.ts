import { nearestRank, q7 } from '../metrics/statistics.ts';

export interface QuantilesQuestion {
  readonly values: readonly number[];
  readonly probabilities: readonly number[];
}

/** `calc quantiles`: both kinds of metrics.md 0.4 side by side; null without values. */
export function calcQuantiles({ values, probabilities }: QuantilesQuestion) {
  return {
    interpolated: probabilities.map((probability) => q7(values, probability)),
    nearestRank: probabilities.map((probability) => nearestRank(values, probability)),
  };
}
