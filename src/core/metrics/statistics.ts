/** Sorted ascending, NaN refused: a NaN would land anywhere and spoil every rank without a sign. */
function sorted(values: readonly number[]): number[] {
  if (values.some(Number.isNaN)) throw new RangeError('expected numbers, found NaN');
  return [...values].sort((a, b) => a - b);
}

function checkProbability(probability: number): void {
  if (!(probability >= 0 && probability <= 1))
    throw new RangeError(`expected a probability from 0 to 1, found ${probability}`);
}

/**
 * Quantile by linear interpolation, h = (n-1)p (Hyndman-Fan type 7; metrics.md 0.4): for medians and DORA statistics.
 * Null without values. Never to be mixed with `nearestRank`.
 */
export function q7(values: readonly number[], probability: number): number | null {
  checkProbability(probability);
  const ranked = sorted(values);
  if (ranked.length === 0) return null;
  const position = (ranked.length - 1) * probability;
  const below = Math.floor(position);
  const low = ranked[below]!;
  const high = ranked[Math.min(below + 1, ranked.length - 1)]!;
  return low + (position - below) * (high - low);
}

/**
 * The smallest value with at least `probability` of the values at or below it (metrics.md 0.4), so that "85 % finished
 * in x days or less" is literally true. Null without values.
 */
export function nearestRank(values: readonly number[], probability: number): number | null {
  checkProbability(probability);
  const ranked = sorted(values);
  const n = ranked.length;
  if (n === 0) return null;
  let rank = Math.max(1, Math.ceil(probability * n));
  // 0.07 * 100 is a hair more than 7: the share itself decides.
  while (rank > 1 && (rank - 1) / n >= probability) rank--;
  return ranked[rank - 1]!;
}

/** The middle value, or the mean of the two middle ones; null without values. */
export function median(values: readonly number[]): number | null {
  return q7(values, 0.5);
}

const z95 = 1.959964;

/** Wilson's 95 % interval of a proportion (metrics.md 0.2); null when there was nothing to count. */
export function wilson(hits: number, n: number): readonly [number, number] | null {
  if (!(n > 0)) return null;
  const share = hits / n;
  const scale = 1 + z95 ** 2 / n;
  const centre = (share + z95 ** 2 / (2 * n)) / scale;
  const half = (z95 * Math.sqrt((share * (1 - share)) / n + z95 ** 2 / (4 * n ** 2))) / scale;
  // Exactly, where the formula comes out a hair beside: all of four is "51 % to 100 %", not to 99 %.
  return [hits === 0 ? 0 : Math.max(0, centre - half), hits === n ? 1 : Math.min(1, centre + half)];
}

/** 0 without values. */
export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
