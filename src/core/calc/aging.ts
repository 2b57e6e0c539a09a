import { kaplanMeier } from '../metrics/flow/kaplan-meier.ts';

export interface AgingQuestion {
  readonly durations: readonly number[];
  /** For each duration whether it ended; else the item is that old and still going on. */
  readonly finished: readonly boolean[];
  /** Chance of not being finished at the age `by`, given the age now. */
  readonly queries: readonly { readonly age: number; readonly by: number }[];
}

/** `calc aging`: the Kaplan-Meier curve and what it says of items of an age (metrics.md 2.9). */
export function calcAging({ durations, finished, queries }: AgingQuestion) {
  const survival = kaplanMeier(durations.map((days, index) => ({ days, isFinished: finished[index]! })));
  return { curve: survival.curve, unfinished: queries.map(({ age, by }) => survival.unfinishedBy(age, by)) };
}
