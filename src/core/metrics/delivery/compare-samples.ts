import { normalCdf } from '../normal.ts';

/**
 * Chance, 0 to 1, that values of `now` tend to be greater than those of `before` (Mann-Whitney, normal approximation,
 * ties counted half): 0.5 where neither tends to be. For samples of about eight and more. Null for an empty one.
 */
export function chanceGreater(now: readonly number[], before: readonly number[]): number | null {
  if (now.length === 0 || before.length === 0) return null;
  const sorted = before.toSorted((a, b) => a - b);
  const wins = now.reduce(
    (sum, value) => sum + (countBelow(sorted, value, false) + countBelow(sorted, value, true)) / 2,
    0,
  );
  const pairs = now.length * before.length;
  const spread = Math.sqrt((pairs * (now.length + before.length + 1)) / 12);
  return normalCdf((wins - pairs / 2) / spread);
}

/** How many are below a value, or below it and equal. */
function countBelow(sorted: readonly number[], value: number, orEqual: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const one = sorted[middle]!;
    if (one < value || (orEqual && one === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface Share {
  readonly hits: number;
  readonly n: number;
}

/**
 * Chance, 0 to 1, that the share behind `now` is higher than that behind `before`: each with one hit and one miss added
 * (Agresti-Caffo), which keeps small samples from certainty. 0.5 when both are empty.
 */
export function chanceHigherShare(now: Share, before: Share): number {
  const one = (now.hits + 1) / (now.n + 2);
  const other = (before.hits + 1) / (before.n + 2);
  const variance = (one * (1 - one)) / (now.n + 2) + (other * (1 - other)) / (before.n + 2);
  return normalCdf((one - other) / Math.sqrt(variance));
}

interface Events {
  readonly count: number;
  readonly days: number;
}

/** Chance, 0 to 1, that events have become rarer: counts of a Poisson process, whose roots have the same spread. */
export function chanceRarer(now: Events, before: Events): number {
  const rate = ({ count, days }: Events) => Math.sqrt((count + 3 / 8) / days);
  const spread = Math.sqrt(1 / (4 * now.days) + 1 / (4 * before.days));
  return normalCdf((rate(before) - rate(now)) / spread);
}
