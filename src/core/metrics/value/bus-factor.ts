/** How few people a piece of work rests on (metrics.md 6.2). */
export interface BusFactor {
  /** Smallest number of people who finished at least half of the items; null without any. */
  readonly k50: number | null;
  /** Herfindahl index of their shares: 1 when one did it all. */
  readonly concentration: number | null;
  readonly n: number;
  /** One person alone did half of at least ten items. */
  readonly isSingle: boolean;
}

const leastItems = 10;

/** From the number of items that each person finished, over 180 days and one component. */
export function busFactor(finishedBy: readonly number[]): BusFactor {
  const n = finishedBy.reduce((sum, count) => sum + count, 0);
  if (n === 0) return { k50: null, concentration: null, n, isSingle: false };
  let k50 = 0;
  let sum = 0;
  for (const count of finishedBy.toSorted((a, b) => b - a)) {
    if (2 * sum >= n) break;
    sum += count;
    k50 += 1;
  }
  const concentration = finishedBy.reduce((total, count) => total + (count / n) ** 2, 0);
  return { k50, concentration, n, isSingle: k50 === 1 && n >= leastItems };
}

/**
 * Degree of authorship of a file (metrics.md 6.2): grows with the first version and one's own commits, falls with those
 * of others. An author has at least 3.293, and 0.75 of the greatest one.
 */
export function degreeOfAuthorship(
  own: { readonly isFirst: boolean; readonly commits: number },
  othersCommits: number,
): number {
  return 3.293 + 1.098 * Number(own.isFirst) + 0.164 * own.commits - 0.321 * Math.log1p(othersCommits);
}
