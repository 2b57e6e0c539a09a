const rootTwo = Math.SQRT2;
const rootTwoPi = Math.sqrt(2 * Math.PI);
/** Beyond this many standard deviations the continued fraction is quick; within, the series is. */
const seriesLimit = 3;
const precision = 1e-17;
const fractionDepth = 60;

/** Of the standard normal. */
export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / rootTwoPi;
}

/** P(Z <= z) of the standard normal, to about fifteen digits: series near the middle, continued fraction in the tails. */
export function normalCdf(z: number): number {
  if (z === Infinity) return 1;
  if (z === -Infinity) return 0;
  if (Math.abs(z) <= seriesLimit) {
    let term = z;
    let sum = z;
    for (let n = 1; Math.abs(term) > precision * Math.abs(sum); n += 1) {
      term *= (z * z) / (2 * n + 1);
      sum += term;
    }
    return 0.5 + sum * normalDensity(z);
  }
  const size = Math.abs(z);
  let fraction = 0;
  for (let n = fractionDepth; n >= 1; n -= 1) fraction = n / (size + fraction);
  const tail = normalDensity(size) / (size + fraction);
  return z < 0 ? tail : 1 - tail;
}

/** The z with P(Z <= z) = probability; infinite for 0 and 1. Newton's steps on the distribution, from a rough start. */
export function normalQuantile(probability: number): number {
  if (!(probability >= 0 && probability <= 1))
    throw new RangeError(`expected a probability from 0 to 1, found ${probability}`);
  if (probability === 0) return -Infinity;
  if (probability === 1) return Infinity;
  // By symmetry in the lower half, where small chances keep their digits.
  if (probability > 0.5) return -normalQuantile(1 - probability);
  let z = -roughTail(probability);
  for (let step = 0; step < 50; step += 1) {
    // Newton on ln P, which is nearly a parabola in the tail: it cannot overshoot into nowhere.
    const cdf = normalCdf(z);
    const move = (Math.log(cdf) - Math.log(probability)) * (cdf / normalDensity(z));
    z -= move;
    if (Math.abs(move) < 1e-14 * Math.max(1, Math.abs(z))) break;
  }
  return z;
}

/** z within a few tenths for a tail probability of at most one half. */
function roughTail(tail: number): number {
  const t = Math.sqrt(-2 * Math.log(tail));
  return Math.max(0, t - 2 / (t + rootTwo));
}
