import { normalCdf, normalDensity, normalQuantile } from '../normal.ts';

/** Chance that all of several things happen, between what two simple rules would say. */
export interface JointProbability {
  readonly probability: number;
  /** All multiplied, as if they had nothing to do with one another: the pessimist's. */
  readonly independent: number;
  /** The least of them alone, as if they stood and fell together: the optimist's. */
  readonly weakest: number;
}

/** Of the standard normal, more than this many deviations away lies less than 1e-15. */
const reach = 8;
const steps = 4096;

/**
 * Chance that all teams finish, or all milestones are met (metrics.md 3.4, vector T24): a one-factor Gaussian copula, in
 * which one common shock moves everybody by the root of `correlation`, 0 to 1. Needs at least one probability.
 */
export function jointProbability(probabilities: readonly number[], correlation: number): JointProbability {
  if (probabilities.length === 0) throw new RangeError('expected at least one probability, found none');
  const independent = probabilities.reduce((product, probability) => product * probability, 1);
  const weakest = Math.min(...probabilities);
  return { probability: integrate(probabilities, correlation, { independent, weakest }), independent, weakest };
}

function integrate(
  probabilities: readonly number[],
  correlation: number,
  { independent, weakest }: Omit<JointProbability, 'probability'>,
): number {
  // A certainty plays no part, an impossibility decides alone.
  const open = probabilities.filter((probability) => probability < 1);
  if (weakest === 0 || open.length <= 1 || correlation === 1) return weakest;
  if (correlation === 0) return independent;
  const limits = open.map(normalQuantile);
  const shared = Math.sqrt(correlation);
  const own = Math.sqrt(1 - correlation);
  const width = (2 * reach) / steps;
  let sum = 0;
  // The integrand and all its slopes vanish at both ends: plain sums over an even grid are as good as exact.
  for (let step = 0; step <= steps; step += 1) {
    const shock = -reach + step * width;
    let all = normalDensity(shock);
    for (const limit of limits) all *= normalCdf((limit - shared * shock) / own);
    sum += all;
  }
  return Math.min(weakest, Math.max(0, sum * width));
}
