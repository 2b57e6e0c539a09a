/**
 * Continuous ranked probability score of a forecast of counts (metrics.md 3.6, T17): the sum over k of
 * (F(k) - 1[k >= observed])^2, in items; 0 is perfect. `cdf` holds F(0), F(1), ...; beyond its end F counts as 1, so that
 * an observation out there costs one an item. Throws RangeError when `cdf` is no distribution or `observed` no count.
 */
export function crps(cdf: ArrayLike<number>, observed: number): number {
  if (!Number.isInteger(observed) || observed < 0)
    throw new RangeError(`expected a whole number of 0 or more, found ${observed}`);
  let score = 0;
  let before = 0;
  for (let count = 0; count < cdf.length; count++) {
    const chance = cdf[count]!;
    if (!(chance >= before - 1e-9 && chance <= 1 + 1e-9))
      throw new RangeError(`expected a cdf that rises from 0 to 1, found ${chance} at ${count} after ${before}`);
    before = chance;
    score += (chance - (count >= observed ? 1 : 0)) ** 2;
  }
  return score + Math.max(0, observed - cdf.length);
}

export interface QuantileForecast {
  readonly value: number;
  /** Lower-tail probability: 0.15 for "at least so many with 85 %". */
  readonly level: number;
}

/**
 * Pinball loss of one quantile (metrics.md 3.6, T17): (level - 1[observed < value]) * (observed - value), in the unit of
 * the values; 0 is perfect. Throws RangeError when the level is not a probability.
 */
export function pinball({ value, level }: QuantileForecast, observed: number): number {
  if (!(level >= 0 && level <= 1)) throw new RangeError(`expected a level from 0 to 1, found ${level}`);
  return (level - (observed < value ? 1 : 0)) * (observed - value);
}
