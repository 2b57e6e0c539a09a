import { honestyOf, toldForecasts } from '../backtest/honesty.ts';
import type { Honesty, Published, ToldForecast } from '../backtest/honesty.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { ProjectView } from '../view/view.ts';
import { headOf } from './explanation-head.ts';
import type { ExplanationHead } from './explanation-head.ts';

/** How the dates that readers were told have turned out, one by one (metrics.md 3.7). */
export interface HonestyExplanation extends ExplanationHead {
  readonly kind: 'honesty-explanation';
  /** Null while nothing is over. */
  readonly honesty: Honesty | null;
  readonly told: readonly ToldForecast[];
}

/** How the forecasts told so far came out, with each of them. */
export function explainHonesty(
  view: ProjectView,
  metrics: Metrics,
  published: readonly Published[],
): HonestyExplanation {
  return {
    kind: 'honesty-explanation',
    ...headOf(view, metrics),
    honesty: honestyOf(view, published),
    told: toldForecasts(view, published),
  };
}
