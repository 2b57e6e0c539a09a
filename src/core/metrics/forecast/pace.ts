import type { PaceRange } from '../team-figures.ts';

/** Pace at one length of memory: a Gamma distribution of items per normal week, with mean alpha / beta. */
export interface Speed {
  readonly discount: number;
  readonly alpha: number;
  readonly beta: number;
}

/** What a team's past weeks say about its pace (metrics.md 3.3). */
export interface Pace {
  /** Over-dispersion against Poisson, at least 1. */
  readonly noise: number;
  /** About one and a half, three and eight months of memory. */
  readonly speeds: readonly Speed[];
  /** Weeks that it was made from, after those of nearly no capacity were merged. */
  readonly weeks: number;
}

export interface PaceInput {
  /** Items finished in each complete ISO week, oldest first. */
  readonly weekly: readonly number[];
  /** Capacity of each of these weeks as a part of a normal week; all 1 when left out. */
  readonly exposure?: readonly number[];
  /** How much each week counts, 0 to 1; all 1 when left out. For the time before a team was formed anew. */
  readonly weights?: readonly number[];
  /** Items per normal week to believe in before anything is known; above 0. */
  readonly priorPace: number;
}

const discounts = [0.85, 0.92, 0.97];
const priorShape = 1.5;
const priorNoise = 3;
const priorNoiseWeeks = 8;
const noiseMemory = 0.98;
const leastPace = 0.25;
const leastExposure = 0.2;

/**
 * Fits the three-speed Gamma-Poisson model (metrics.md 3.3, steps 1 and 2). No weeks at all is fine: the prior speaks.
 * Throws RangeError on lists of unequal length, negative or non-finite numbers, or a prior pace that is not above 0.
 */
export function fitPace({
  weekly,
  exposure = weekly.map(() => 1),
  weights = weekly.map(() => 1),
  priorPace,
}: PaceInput): Pace {
  if (exposure.length !== weekly.length)
    throw new RangeError(`expected ${weekly.length} exposures, one a week, found ${exposure.length}`);
  if (weights.length !== weekly.length)
    throw new RangeError(`expected ${weekly.length} weights, one a week, found ${weights.length}`);
  if (!(priorPace > 0) || !Number.isFinite(priorPace))
    throw new RangeError(`expected a prior pace above 0, found ${priorPace}`);
  if ([...weekly, ...exposure, ...weights].some((number) => !(number >= 0) || !Number.isFinite(number)))
    throw new RangeError('expected counts and exposures of 0 or more');
  const weeks = mergeThinWeeks({ weekly, exposure, weights });
  const noise = estimateNoise(weeks);
  const speeds = discounts.map((discount) => {
    let alpha = priorShape * discount ** weeks.length;
    let beta = (priorShape / priorPace) * discount ** weeks.length;
    weeks.forEach(({ done, exposure, counts }, index) => {
      const weight = counts * discount ** (weeks.length - 1 - index);
      alpha += (weight * done) / noise;
      beta += (weight * exposure) / noise;
    });
    return { discount, alpha, beta };
  });
  return { noise, speeds, weeks: weeks.length };
}

/** What a pace says in two numbers. */
export function paceRangeOf({ speeds }: Pace): PaceRange {
  const paces = speeds.map(({ alpha, beta }) => alpha / beta);
  return { low: Math.min(...paces), high: Math.max(...paces) };
}

interface Week {
  readonly done: number;
  readonly exposure: number;
  /** How much it counts. */
  readonly counts: number;
}

/** A week under 0.2 of a normal one joins the next; the last one joins the one before. */
function mergeThinWeeks({ weekly, exposure, weights }: Omit<Required<PaceInput>, 'priorPace'>): Week[] {
  const weeks: Week[] = [];
  let done = 0;
  let capacity = 0;
  weekly.forEach((count, index) => {
    done += count;
    capacity += exposure[index]!;
    if (capacity < leastExposure) return;
    weeks.push({ done, exposure: capacity, counts: weights[index]! });
    done = 0;
    capacity = 0;
  });
  if (done === 0 && capacity === 0) return weeks;
  const last = weeks.pop() ?? { done: 0, exposure: 0, counts: 1 };
  return [...weeks, { ...last, done: last.done + done, exposure: last.exposure + capacity }];
}

/** By successive differences, so that a drifting pace does not pass for noise. */
function estimateNoise(weeks: readonly Week[]): number {
  if (weeks.length < 2) return priorNoise;
  let weighted = 0;
  let weightedExposure = 0;
  let differences = 0;
  let weightOfDifferences = 0;
  weeks.forEach(({ done, exposure, counts }, index) => {
    const weight = counts * noiseMemory ** (weeks.length - 1 - index);
    weighted += weight * done;
    weightedExposure += weight * exposure;
    const before = weeks[index - 1];
    if (!before) return;
    const step = done / exposure - before.done / before.exposure;
    differences += (weight * step ** 2) / (1 / exposure + 1 / before.exposure);
    weightOfDifferences += weight;
  });
  const mean = Math.max(leastPace, weighted / weightedExposure);
  return Math.max(1, (differences / mean + priorNoiseWeeks * priorNoise) / (weightOfDifferences + priorNoiseWeeks));
}
