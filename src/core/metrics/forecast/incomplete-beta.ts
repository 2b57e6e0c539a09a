const halfLogTwoPi = Math.log(2 * Math.PI) / 2;
/** From here on three terms of Stirling's series are good to ten digits. */
const leastForSeries = 10;

/** ln Gamma(x) for x > 0. */
function logGamma(x: number): number {
  let shifted = x;
  let below = 0;
  for (; shifted < leastForSeries; shifted++) below += Math.log(shifted);
  const inverse = 1 / shifted;
  const square = inverse ** 2;
  const series = inverse * (1 / 12 - square * (1 / 360 - square / 1260));
  return (shifted - 0.5) * Math.log(shifted) - shifted + halfLogTwoPi + series - below;
}

const mostSteps = 10_000;
const precision = 1e-14;
/** Stands for a denominator of 0, as the method of Lentz wants it. */
const tiny = 1e-300;

/**
 * The regularised incomplete beta function I_x(a, b) for a, b > 0 and 0 <= x <= 1, by its continued fraction (NIST DLMF
 * 8.17.22): good to about nine digits where a and b are below a million, in some sqrt(max(a, b)) steps. NaN if it does
 * not settle.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // On the other side of the mean the fraction settles late or never; there the complement does at once.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBetaBelow(1 - x, b, a);
  return incompleteBetaBelow(x, a, b);
}

function incompleteBetaBelow(x: number, a: number, b: number): number {
  const log = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x);
  return (Math.exp(log) / a) * fraction(x, a, b);
}

/** 1 / (1 + d1 / (1 + d2 / (1 + ...))), evaluated from the front. */
function fraction(x: number, a: number, b: number): number {
  let front = 1;
  let back = notZero(1 - ((a + b) * x) / (a + 1));
  back = 1 / back;
  let value = back;
  for (let step = 1; step <= mostSteps; step++) {
    const even = (step * (b - step) * x) / ((a + 2 * step - 1) * (a + 2 * step));
    back = 1 / notZero(1 + even * back);
    front = notZero(1 + even / front);
    value *= back * front;
    const odd = (-(a + step) * (a + b + step) * x) / ((a + 2 * step) * (a + 2 * step + 1));
    back = 1 / notZero(1 + odd * back);
    front = notZero(1 + odd / front);
    const change = back * front;
    value *= change;
    if (Math.abs(change - 1) < precision) return value;
  }
  return NaN;
}

function notZero(value: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}
