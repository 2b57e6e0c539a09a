import { normalCdf, normalDensity, normalQuantile } from '../normal.ts';

/** Chance that all of several things happen, between what two simple rules would say. */
export interface JointProbability {
  readonly probability: number;
  /** All multiplied, as if they had nothing to do with one another: the pessimist's, since what delays one delays others. */
  readonly independent: number;
  /** The least of them alone, as if they stood and fell together: the optimist's. */
  readonly weakest: number;
}

/** How strongly the fates of teams hang together unless their own past says otherwise (metrics.md 3.4). */
const usualCorrelation = 0.3;

/** Below it the normal distribution has no digits left, and all of them together are impossible anyway. */
const leastChance = 1e-300;
/** Beyond it the shared factor has no weight that counts: two in 1e17. */
const reach = 8.5;
/** Plain sums over an even grid are exact to 1e-10 when a step is this part of the width of the steepest slope. */
const stepsPerWidth = 4;
const leastStep = 2e-4;
const mostStep = 0.05;

/**
 * Chance that all teams finish, or all milestones are met (metrics.md 3.4, vector T24): a one-factor Gaussian copula, in
 * which one common shock moves everybody by the root of `correlation` (0 = independent, 1 = the weakest decides). Throws
 * RangeError without any probability, and for numbers outside of 0 to 1.
 */
export function jointProbability(
  probabilities: readonly number[],
  correlation: number = usualCorrelation,
): JointProbability {
  if (probabilities.length === 0) throw new RangeError('expected at least one probability, found none');
  for (const probability of probabilities)
    if (!(probability >= 0 && probability <= 1))
      throw new RangeError(`expected probabilities from 0 to 1, found ${probability}`);
  if (!(correlation >= 0 && correlation <= 1))
    throw new RangeError(`expected a correlation from 0 to 1, found ${correlation}`);
  const independent = probabilities.reduce((product, probability) => product * probability, 1);
  const weakest = Math.min(...probabilities);
  // The brackets hold exactly; the sum may miss them by its last digits.
  const probability = clamp(integrate(probabilities, correlation, independent), independent, weakest);
  return { probability, independent, weakest };
}

function integrate(probabilities: readonly number[], correlation: number, independent: number): number {
  // A certainty plays no part, an impossibility decides alone.
  const open = probabilities.filter((probability) => probability < 1);
  if (open.some((probability) => probability < leastChance)) return 0;
  if (open.length <= 1 || correlation === 1) return Math.min(...open, 1);
  if (correlation === 0) return independent;
  const limits = open.map(normalQuantile);
  const shared = Math.sqrt(correlation);
  const own = Math.sqrt(1 - correlation);
  const step = clamp(own / shared / stepsPerWidth, leastStep, mostStep);
  const steps = Math.ceil(reach / step);
  let sum = 0;
  for (let index = -steps; index <= steps; index++) {
    const shock = index * step;
    let all = normalDensity(shock);
    for (const limit of limits) all *= normalCdf((limit - shared * shock) / own);
    sum += all;
  }
  return sum * step;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
