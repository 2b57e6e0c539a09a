import { createPart } from './negative-binomial.ts';
import type { Part } from './negative-binomial.ts';
import type { Pace } from './pace.ts';

/** What lies ahead: `weeks` in working days / 5 (a real number), `exposure` the capacity in them (`weeks` by default). */
export interface Horizon {
  readonly weeks: number;
  readonly exposure?: number;
}

/**
 * Teams that work on one pool of items (metrics.md 3.4): their work adds up, and their paces rise and fall together as far
 * as `correlation` says.
 */
export interface Pool {
  readonly teams: readonly Pace[];
  readonly correlation: number;
}

/** Who does the work. */
export type Supply = Pace | Pool;

export const driftCapWeeks = 8;

/** What a horizon brings at each length of memory, each as likely as the others (metrics.md 3.3 steps 3 and 4). */
export function mix(supply: Supply, { weeks, exposure = weeks }: Horizon): readonly Part[] {
  if (!(weeks >= 0) || !(exposure >= 0))
    throw new RangeError(`expected a horizon of 0 or more, found ${weeks}, ${exposure}`);
  if (!('teams' in supply)) return supply.speeds.map((_, index) => partOf([supply], 0, { weeks, exposure, index }));
  const speeds = supply.teams[0]?.speeds ?? [];
  return speeds.map((_, index) => partOf(supply.teams, supply.correlation, { weeks, exposure, index }));
}

interface At extends Required<Horizon> {
  /** Which of the speeds. */
  readonly index: number;
}

/**
 * The sum of the teams by its mean and variance, m = sum of m_k, v = sum of v_k + 2 rho sum of sqrt(l_j l_k), where
 * l_k = m_k^2 / alpha_H,k is the part of the variance that comes from not knowing the pace. For one team it is exact.
 */
function partOf(teams: readonly Pace[], correlation: number, { weeks, exposure, index }: At): Part {
  let mean = 0;
  let weekToWeek = 0;
  let paces = 0;
  let roots = 0;
  let shape = 0;
  for (const { noise, speeds } of teams) {
    const { discount, alpha, beta } = speeds[index]!;
    const own = (exposure * alpha) / beta;
    shape = alpha / (1 + ((1 / discount - 1) * Math.min(weeks, driftCapWeeks)) / 3);
    mean += own;
    weekToWeek += noise * own;
    paces += own ** 2 / shape;
    roots += own / Math.sqrt(shape);
  }
  if (teams.length === 1 || mean === 0) return createPart(mean, teams[0]!.noise, shape);
  // (sum of roots)^2 is the sum of squares and twice that of the products.
  const uncertainty = paces + correlation * (roots ** 2 - paces);
  return createPart(mean, weekToWeek / mean, mean ** 2 / uncertainty);
}

/** P(S >= n) from the parts' sums over 0 to n - 1. */
export function atLeast(sums: readonly number[]): number {
  let total = 0;
  for (const sum of sums) total += sum;
  return Math.max(0, 1 - total / sums.length);
}

/**
 * More than P(S >= items) can be, by mean and variance alone (Cantelli): far from the mean it answers for next to nothing
 * what the sums of the parts answer with thousands of steps.
 */
export function mostLikely(mixture: readonly Part[], items: number): number {
  let total = 0;
  for (const { mean, variance } of mixture) {
    const above = items - mean;
    total += above <= 0 ? 1 : variance / (variance + above ** 2);
  }
  return total / mixture.length;
}

/** Less than P(S >= items) can be, in the same way. */
export function leastLikely(mixture: readonly Part[], items: number): number {
  let total = 0;
  for (const { mean, variance } of mixture) {
    const below = mean - items + 1;
    if (below > 0) total += 1 - variance / (variance + below ** 2);
  }
  return total / mixture.length;
}
