import { effectiveItems } from './demand.ts';
import type { Demand } from './demand.ts';
import { tail } from './distribution.ts';
import { atLeast, leastLikely, mix, mostLikely } from './mixture.ts';
import type { Horizon, Supply } from './mixture.ts';
import type { Part } from './negative-binomial.ts';

/** What has to be finished: so many items, or items that grow on the way. */
export type Work = number | Demand;

/**
 * Chance of finishing the work in the horizon, 0 to 1 (metrics.md 3.3 step 4); 1 for 0 items and fewer. For work that
 * grows (3.4) the exact sum over how it may be split and over how much may come in.
 */
export function chanceOfItems(supply: Supply, work: Work, horizon: Horizon): number {
  if (typeof work !== 'number') return chanceOfDemand(supply, work, horizon);
  return chanceOfCount(supply, work, horizon);
}

/** More than that chance can be, by means and variances alone; 1 where they say nothing. */
export function mostOfItems(supply: Supply, work: Work, horizon: Horizon): number {
  if (typeof work !== 'number' && work.growth.arrivals !== null) return 1;
  const counts = typeof work === 'number' ? [Math.ceil(work)] : effectiveItems(work);
  const mixture = mix(supply, horizon);
  const most = mean(counts.map((items) => mostLikely(mixture, items)));
  return Math.min(1, most + lastDigits);
}

function chanceOfCount(supply: Supply, items: number, horizon: Horizon): number {
  if (items <= 0) return 1;
  const last = Math.ceil(items) - 1;
  const mixture = mix(supply, horizon);
  return atLeast(mixture.map((part) => part.sumThrough(last)));
}

/**
 * How many items will be done at least, with the chance `probability` (0 < p < 1): the largest n with P(S >= n) >= p.
 */
export function howMany(supply: Supply, probability: number, horizon: Horizon): number {
  checkOdds(probability);
  const mixture = mix(supply, horizon);
  let items = 0;
  while (atLeast(mixture.map((part) => part.sumThrough(items))) >= probability) items++;
  return items;
}

/** P(S <= k) for k from 0 up, until what lies beyond is next to nothing (metrics.md 3.3 step 4). */
export function cdfOf(supply: Supply, horizon: Horizon): Float64Array {
  const mixture = mix(supply, horizon);
  const cdf: number[] = [];
  let chance = 0;
  for (let before = -1; chance < 1 - tail; before = chance) {
    let sum = 0;
    for (const part of mixture) sum += part.sumThrough(cdf.length);
    chance = sum / mixture.length;
    // Far out the last digits of the sum may be missing; it cannot rise any more then.
    if (chance === before && chance > 0.5) break;
    cdf.push(chance);
  }
  return Float64Array.from(cdf);
}

/** Less than this in the tail of what may come in is left out. */
const arrivalTail = 1e-6;

/** The mean over the splits of the sum over a of P(A = a) * P(S >= N + a); nothing to do is done, whatever may come. */
function chanceOfDemand(supply: Supply, demand: Demand, horizon: Horizon): number {
  if (demand.items <= 0) return 1;
  const { arrivals } = demand.growth;
  const needs = effectiveItems(demand);
  if (arrivals === null) return chanceOfCounts(supply, needs, horizon);
  const finished = cdfOf(supply, horizon);
  const comeIn = cdfOf(arrivals, horizon);
  return mean(
    needs.map((items) => {
      let chance = 0;
      let before = 0;
      for (let more = 0; more < comeIn.length && before < 1 - arrivalTail; more++) {
        const done = items + more > finished.length ? 0 : 1 - finished[items + more - 1]!;
        chance += (comeIn[more]! - before) * done;
        before = comeIn[more]!;
      }
      return Math.max(0, Math.min(1, chance));
    }),
  );
}

/** The mean over several counts, in one walk along the distribution. */
function chanceOfCounts(supply: Supply, counts: readonly number[], horizon: Horizon): number {
  const mixture = mix(supply, horizon);
  let total = 0;
  for (const items of inOrder(counts)) total += atLeast(mixture.map((part) => part.sumThrough(items - 1)));
  return total / counts.length;
}

/** Whether that mean reaches a chance: larger counts are less likely, which settles most questions before the last one. */
export function areCountsLikely(
  supply: Supply,
  counts: readonly number[],
  { horizon, probability }: { readonly horizon: Horizon; readonly probability: number },
): boolean {
  const mixture = mix(supply, horizon);
  const quick = decideQuickly(mixture, counts, probability);
  if (quick !== null) return quick;
  const sums = mixture.map(() => 0);
  let total = 0;
  let left = counts.length;
  // No count that is left is likelier than this one, and this one no likelier than what is known of it.
  const isTooLittle = () => (total + left * atLeast(sums)) / counts.length < probability - lastDigits;
  for (const items of inOrder(counts)) {
    for (const [index, part] of mixture.entries()) {
      sums[index] = part.sumThrough(items - 1, (sum) => {
        sums[index] = sum;
        return isTooLittle();
      });
      if (isTooLittle()) return false;
    }
    total += atLeast(sums);
    left -= 1;
    if (total / counts.length >= probability) return true;
  }
  return false;
}

const lastDigits = 1e-12;

/** Whether the mean over the counts reaches a chance, as far as means, variances and near sums tell; null when they do not. */
export function decideQuickly(
  mixture: readonly Part[],
  counts: readonly number[],
  probability: number,
): boolean | null {
  let most = 0;
  let least = 0;
  for (const items of counts) {
    most += mostLikely(mixture, items);
    least += leastLikely(mixture, items);
  }
  if (most / counts.length < probability - lastDigits) return false;
  if (least / counts.length > probability + lastDigits) return true;
  return decideNearly(mixture, counts, probability);
}

/** Many times the error of a near sum, and so narrow that hardly a chance falls into it. */
const nearError = 1e-6;

/**
 * The same by near sums, null where the chance lies within their error: the exact walk was a third of all the time that
 * the figures of 100,000 items took, whose needs run to hundreds of thousands.
 */
function decideNearly(mixture: readonly Part[], counts: readonly number[], probability: number): boolean | null {
  let total = 0;
  for (const items of counts) total += atLeast(mixture.map((part) => part.sumNear(items - 1)));
  const distance = total / counts.length - probability;
  return Math.abs(distance) > nearError ? distance > 0 : null;
}

function inOrder(counts: readonly number[]): readonly number[] {
  return counts.toSorted((a, b) => a - b);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Throws RangeError unless it is above 0 and below 1: nothing is done for sure. */
export function checkOdds(probability: number): void {
  if (!(probability > 0 && probability < 1))
    throw new RangeError(`expected a probability above 0 and below 1, found ${probability}`);
}
