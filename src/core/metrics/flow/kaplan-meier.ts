/** How long one item took; or, while it is not finished, how long it has been going on. */
export interface Duration {
  readonly days: number;
  readonly isFinished: boolean;
}

/** The share that is not finished after so many days, for items of all ages at once. */
export interface Survival {
  /** At each duration at which something was finished, ascending. */
  readonly curve: readonly (readonly [days: number, survival: number])[];
  readonly n: number;
  /** S(t), 1 before the first finish. */
  at(days: number): number;
  /**
   * Chance that an item of this age is not finished when it is `by` days old. At an age that no item has outlived, the
   * greatest one with S > 0 stands in (`isOlderThanHistory`). 1 for a day that is over; null without any duration.
   */
  unfinishedBy(age: number, by: number): number | null;
  /** No finished item was ever as old, and none is waiting at that age. */
  isOlderThanHistory(age: number): boolean;
}

/**
 * Kaplan-Meier (metrics.md 2.9, vector T11): S(t) is the product of 1 - finished / at risk over the finishes up to t;
 * those that are still going on at t were at risk. Finished items alone would make old work look shorter than it is.
 */
export function kaplanMeier(durations: readonly Duration[]): Survival {
  const sorted = [...durations].sort((a, b) => a.days - b.days);
  const days: number[] = [];
  const survival: number[] = [];
  let left = 1;
  for (let index = 0; index < sorted.length;) {
    const at = sorted[index]!.days;
    const atRisk = sorted.length - index;
    let finished = 0;
    for (; index < sorted.length && sorted[index]!.days === at; index += 1)
      if (sorted[index]!.isFinished) finished += 1;
    if (finished === 0) continue;
    left *= 1 - finished / atRisk;
    days.push(at);
    survival.push(left);
  }
  const at = (age: number): number => {
    const count = countUpTo(days, age);
    return count === 0 ? 1 : survival[count - 1]!;
  };
  return {
    curve: days.map((day, index) => [day, survival[index]!] as const),
    n: sorted.length,
    at,
    isOlderThanHistory: (age) => at(age) === 0,
    unfinishedBy(age, by) {
      if (sorted.length === 0) return null;
      if (by < age) return 1;
      // S is 0 from the last finish on, if anywhere: the step before it is the last above 0.
      const now = at(age) || (survival.at(-2) ?? 1);
      return at(by) / now;
    },
  };
}

/** How many of the ascending numbers are at most `limit`. */
function countUpTo(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (numbers[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
