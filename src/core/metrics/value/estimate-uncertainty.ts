import { normalQuantile } from '../normal.ts';

/** Full confidence leaves no spread; none at all leaves this much, in the logarithm. */
const widest = 1.3;
const percentOfWidest = 90;

/**
 * What to multiply an estimate by so that it holds with `probability` (metrics.md 3.2, vector T16): lognormal, with a
 * spread that grows as `confidence` (in per cent, 0 to 100) falls. A person's own confidence is all that is behind it:
 * a forecast from what was finished is to be preferred.
 */
export function estimateFactor(confidence: number, probability: number): number {
  return Math.exp((normalQuantile(probability) * (100 - confidence) * widest) / percentOfWidest);
}
