import { chanceOfItems, howMany } from '../metrics/forecast/forecast.ts';
import { fitPace } from '../metrics/forecast/pace.ts';
import { whenWeeks } from '../metrics/forecast/when.ts';

export interface ForecastQuestion {
  readonly weekly: readonly number[];
  /** Capacity of each week as a part of a normal one; null = all 1. */
  readonly exposure: readonly number[] | null;
  readonly priorPace: number;
  readonly horizonWeeks: number;
  /** Capacity of the whole horizon in normal weeks; null = all of it. */
  readonly futureExposure: number | null;
  readonly items: number;
  readonly probabilities: readonly number[];
}

/** `calc forecast` (metrics.md 3.3): how many within the horizon, and when at full capacity. */
export function calcForecast(question: ForecastQuestion) {
  const { weekly, exposure, priorPace, horizonWeeks, futureExposure, items, probabilities } = question;
  const pace = fitPace({ weekly, priorPace, ...(exposure === null ? {} : { exposure }) });
  const horizon = { weeks: horizonWeeks, exposure: futureExposure ?? horizonWeeks };
  const each = (answer: (probability: number) => number | null) =>
    Object.fromEntries(probabilities.map((probability) => [String(probability), answer(probability)]));
  return {
    noise: pace.noise,
    speeds: pace.speeds,
    probabilityOfItems: chanceOfItems(pace, items, horizon),
    howMany: each((probability) => howMany(pace, probability, horizon)),
    whenWeeks: each((probability) => whenWeeks(pace, items, probability)),
  };
}
