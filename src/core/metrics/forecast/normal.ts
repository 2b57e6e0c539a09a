const rootOfTwoPi = Math.sqrt(2 * Math.PI);
/** From here on outwards the series needs too many terms, and the continued fraction is exact with few. */
const tail = 5;
const tailTerms = 60;

/** Density of the standard normal distribution. */
export function normalDensity(x: number): number {
  return Math.exp((-x * x) / 2) / rootOfTwoPi;
}

/** Chance that a standard normal variable is at most `x`; right to about 1e-15, in the tails in proportion. */
export function normalCdf(x: number): number {
  if (x < -tail) return normalDensity(x) / millsFraction(-x);
  if (x > tail) return 1 - normalDensity(x) / millsFraction(x);
  let term = x;
  let sum = x;
  for (let odd = 3; Math.abs(term) > 1e-17 * Math.abs(sum); odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  return 0.5 + sum * normalDensity(x);
}

/** x + 1/(x + 2/(x + 3/(x + ...))), from the inside out. */
function millsFraction(x: number): number {
  let fraction = x;
  for (let term = tailTerms; term >= 1; term--) fraction = x + term / fraction;
  return fraction;
}

/** The `x` that a standard normal variable stays at or below with this chance; infinite at 0 and 1. */
export function normalQuantile(probability: number): number {
  if (!(probability >= 0 && probability <= 1))
    throw new RangeError(`expected a probability from 0 to 1, found ${probability}`);
  if (probability > 0.5) return -normalQuantile(1 - probability);
  if (probability === 0) return -Infinity;
  // A rough start (Abramowitz and Stegun 26.2.23), then Halley's steps, each of which triples the right digits.
  const t = Math.sqrt(-2 * Math.log(probability));
  let x =
    (2.515517 + 0.802853 * t + 0.010328 * t ** 2) / (1 + 1.432788 * t + 0.189269 * t ** 2 + 0.001308 * t ** 3) - t;
  for (let step = 0; step < 3; step++) {
    const off = (normalCdf(x) - probability) / normalDensity(x);
    x -= off / (1 + (x * off) / 2);
  }
  return x;
}
