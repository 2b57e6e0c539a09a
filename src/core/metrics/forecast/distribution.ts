/** A distribution of counts: `chances[k]` is P(X = k), from 0 up; what lies beyond its end is less than `tail`. */
export type Chances = Float64Array;

/** Less than this in a tail is left out: no date and no score moves by it. */
export const tail = 1e-9;

/** The distribution that draws each of the values with the same chance. Without values it is surely 0. */
export function drawOne(values: readonly number[]): Chances {
  const chances = new Float64Array(Math.max(0, ...values) + 1);
  if (values.length === 0) chances[0] = 1;
  for (const value of values) chances[value]! += 1 / values.length;
  return chances;
}

/** The sum of two independent counts. */
export function addCounts(one: Chances, other: Chances): Chances {
  const [long, short] = one.length >= other.length ? [one, other] : [other, one];
  const sum = new Float64Array(long.length + short.length - 1);
  for (let count = 0; count < short.length; count++) {
    const chance = short[count]!;
    if (chance === 0) continue;
    for (let more = 0; more < long.length; more++) sum[count + more]! += chance * long[more]!;
  }
  return withoutTail(sum);
}

/** The sum of `times` independent draws from one distribution. */
export function addUpTimes(chances: Chances, times: number): Chances {
  let sum: Chances = Float64Array.of(1);
  let power = chances;
  for (let left = times; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) sum = addCounts(sum, power);
    if (left > 1) power = addCounts(power, power);
  }
  return sum;
}

function withoutTail(chances: Chances): Chances {
  let beyond = 0;
  let end = chances.length;
  // A part of it only, so that a sum of many stays within the tail.
  while (end > 1 && beyond + chances[end - 1]! < tail / 100) beyond += chances[--end]!;
  return end === chances.length ? chances : chances.slice(0, end);
}

/** P(X <= k) for k from 0 up; the last one counts as 1. */
export function cumulate(chances: Chances): Float64Array {
  const cdf = new Float64Array(chances.length);
  let sum = 0;
  for (let count = 0; count < chances.length; count++) cdf[count] = Math.min(1, (sum += chances[count]!));
  return cdf;
}

/** Sums of the same chances in another order differ in their last digits: a tie is a tie. */
const tie = 1e-12;

/** The largest n with P(X >= n) >= probability, from a cdf: "at least n, with this chance" (metrics.md 3.1). */
export function atLeastWith(cdf: ArrayLike<number>, probability: number): number {
  let low = 0;
  let high = cdf.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (1 - cdf[middle]! >= probability - tie) low = middle + 1;
    else high = middle;
  }
  return low;
}
