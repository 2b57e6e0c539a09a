import type { Calendar } from '../../time/calendar.ts';
import { dayNumber, dayOfNumber } from '../../time/day.ts';
import type { Day } from '../../time/day.ts';
import { tail } from './distribution.ts';
import { createPart } from './negative-binomial.ts';
import type { Part } from './negative-binomial.ts';

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
  /** Items per normal week to believe in before anything is known; above 0. */
  readonly priorPace: number;
}

/** What lies ahead: `weeks` in working days / 5 (a real number), `exposure` the capacity in them (`weeks` by default). */
export interface Horizon {
  readonly weeks: number;
  readonly exposure?: number;
}

const discounts = [0.85, 0.92, 0.97];
const priorShape = 1.5;
const priorNoise = 3;
const priorNoiseWeeks = 8;
const noiseMemory = 0.98;
const driftCapWeeks = 8;
const leastPace = 0.25;
const leastExposure = 0.2;
/** Forecasts stop here: what lies beyond is "beyond the horizon", told as null. */
export const horizonWeeks = 260;

/**
 * Fits the three-speed Gamma-Poisson model (metrics.md 3.3, steps 1 and 2). No weeks at all is fine: the prior speaks.
 * Throws RangeError on lists of unequal length, negative or non-finite numbers, or a prior pace that is not above 0.
 */
export function fitPace({ weekly, exposure = weekly.map(() => 1), priorPace }: PaceInput): Pace {
  if (exposure.length !== weekly.length)
    throw new RangeError(`expected ${weekly.length} exposures, one a week, found ${exposure.length}`);
  if (!(priorPace > 0) || !Number.isFinite(priorPace))
    throw new RangeError(`expected a prior pace above 0, found ${priorPace}`);
  if ([...weekly, ...exposure].some((number) => !(number >= 0) || !Number.isFinite(number)))
    throw new RangeError('expected counts and exposures of 0 or more');
  const weeks = mergeThinWeeks(weekly, exposure);
  const noise = estimateNoise(weeks);
  const speeds = discounts.map((discount) => {
    let alpha = priorShape * discount ** weeks.length;
    let beta = (priorShape / priorPace) * discount ** weeks.length;
    weeks.forEach(({ done, exposure }, index) => {
      const weight = discount ** (weeks.length - 1 - index);
      alpha += (weight * done) / noise;
      beta += (weight * exposure) / noise;
    });
    return { discount, alpha, beta };
  });
  return { noise, speeds, weeks: weeks.length };
}

interface Week {
  readonly done: number;
  readonly exposure: number;
}

/** A week under 0.2 of a normal one joins the next; the last one joins the one before. */
function mergeThinWeeks(weekly: readonly number[], exposure: readonly number[]): Week[] {
  const weeks: Week[] = [];
  let done = 0;
  let capacity = 0;
  weekly.forEach((count, index) => {
    done += count;
    capacity += exposure[index]!;
    if (capacity < leastExposure) return;
    weeks.push({ done, exposure: capacity });
    done = 0;
    capacity = 0;
  });
  if (done === 0 && capacity === 0) return weeks;
  const last = weeks.pop() ?? { done: 0, exposure: 0 };
  return [...weeks, { done: last.done + done, exposure: last.exposure + capacity }];
}

/** By successive differences, so that a drifting pace does not pass for noise. */
function estimateNoise(weeks: readonly Week[]): number {
  if (weeks.length < 2) return priorNoise;
  let weighted = 0;
  let weightedExposure = 0;
  let differences = 0;
  let weightOfDifferences = 0;
  weeks.forEach(({ done, exposure }, index) => {
    const weight = noiseMemory ** (weeks.length - 1 - index);
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

/** Chance of finishing at least `items` in the horizon, 0 to 1 (metrics.md 3.3 step 4); 1 for 0 items and fewer. */
export function chanceOfItems(pace: Pace, items: number, horizon: Horizon): number {
  if (items <= 0) return 1;
  const last = Math.ceil(items) - 1;
  const mixture = mix(pace, horizon);
  return atLeast(mixture.map((part) => part.sumThrough(last)));
}

/**
 * How many items will be done at least, with the chance `probability` (0 < p < 1): the largest n with P(S >= n) >= p.
 */
export function howMany(pace: Pace, probability: number, horizon: Horizon): number {
  checkOdds(probability);
  const mixture = mix(pace, horizon);
  let items = 0;
  while (atLeast(mixture.map((part) => part.sumThrough(items))) >= probability) items++;
  return items;
}

/** P(S <= k) for k from 0 up, until what lies beyond is next to nothing (metrics.md 3.3 step 4). */
export function cdfOf(pace: Pace, horizon: Horizon): Float64Array {
  const mixture = mix(pace, horizon);
  const cdf: number[] = [];
  let chance = 0;
  for (let before = -1; chance < 1 - tail; before = chance) {
    let sum = 0;
    for (const part of mixture) sum += part.sumThrough(cdf.length);
    chance = sum / mixture.length;
    // Far out the last digits of the sum may be missing; it cannot rise any more then.
    if (chance === before && chance > 0.5) break;
    cdf.push(chance);
  }
  return Float64Array.from(cdf);
}

/** The first whole week, at full capacity, by whose end `items` are done with this chance; null beyond 260 weeks. */
export function whenWeeks(pace: Pace, items: number, probability: number): number | null {
  checkOdds(probability);
  if (items <= 0) return 0;
  return firstLikely(pace, items, probability, wholeWeeks)?.weeks ?? null;
}

const wholeWeeks: readonly Horizon[] = Array.from({ length: horizonWeeks }, (_, index) => ({ weeks: index + 1 }));

/** Days ahead in the team's calendar: the forecast counts the working days after `from`. */
export interface DayGrid {
  readonly from: Day;
  readonly calendar: Calendar;
  /** Capacity of a working day as a part of a normal one (absences); 1 when left out. Weekends and holidays are known. */
  readonly capacity?: (day: Day) => number;
}

/**
 * The first working day by whose end `items` are done, for each of the `probabilities` (metrics.md 3.1, 3.3 step 5):
 * `from` itself when nothing is left to do, null beyond 260 weeks. The first day that reaches p is also the first day on
 * which the running maximum does.
 */
export function whenDays(
  pace: Pace,
  items: number,
  probabilities: readonly number[],
  grid: DayGrid,
): readonly (Day | null)[] {
  probabilities.forEach(checkOdds);
  if (items <= 0) return probabilities.map(() => grid.from);
  const days = daysAhead(grid, null);
  return probabilities.map((probability) => firstLikely(pace, items, probability, days)?.day ?? null);
}

/**
 * Chance that `items` are done by the end of `by`, with the running maximum of 3.3 step 5, so that it reaches p exactly
 * from the day that `whenDays` names for p. 0 when `by` does not come after `grid.from` and something is left to do.
 */
export function chanceByDay(pace: Pace, items: number, by: Day, grid: DayGrid): number {
  if (items <= 0) return 1;
  const days = daysAhead(grid, by);
  return days
    .filter(({ weeks }, index) => weeks <= driftCapWeeks || index === days.length - 1)
    .reduce((best, horizon) => Math.max(best, chanceOfItems(pace, items, horizon)), 0);
}

/** The horizon from `grid.from` to the end of `by`; of length 0 when `by` does not come after it. */
export function horizonTo(by: Day, grid: DayGrid): Horizon {
  return daysAhead(grid, by).at(-1) ?? { weeks: 0, exposure: 0 };
}

interface DayAhead extends Horizon {
  readonly day: Day;
}

/** The working days after `grid.from`, each as the horizon to its end, to `by` and up to 260 weeks. */
function daysAhead({ from, calendar, capacity }: DayGrid, by: Day | null): DayAhead[] {
  const days: DayAhead[] = [];
  const weekLength = calendar.workingDaysPerWeek;
  let workingDays = 0;
  let exposed = 0;
  // A calendar that is nearly all holidays ends the search too: twice the horizon in calendar days is enough.
  const last = Math.min(dayNumber(from) + horizonWeeks * 7 * 2, by === null ? Infinity : dayNumber(by));
  for (let number = dayNumber(from) + 1; number <= last; number++) {
    const day = dayOfNumber(number);
    const worked = calendar.fraction(day);
    if (worked === 0) continue;
    workingDays += worked;
    exposed += worked * (capacity?.(day) ?? 1);
    const weeks = workingDays / weekLength;
    if (weeks > horizonWeeks) break;
    days.push({ day, weeks, exposure: exposed / weekLength });
  }
  return days;
}

/**
 * The first of the growing horizons that reaches the chance. Up to `driftCapWeeks` the uncertainty of the pace grows with
 * the horizon and the chance may fall, so each is looked at; beyond, more time can only help, and halving finds it.
 */
function firstLikely<H extends Horizon>(
  pace: Pace,
  items: number,
  probability: number,
  horizons: readonly H[],
): H | null {
  let low = 0;
  for (; low < horizons.length && horizons[low]!.weeks <= driftCapWeeks; low++)
    if (isLikely(pace, items, horizons[low]!, probability)) return horizons[low]!;
  let high = horizons.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isLikely(pace, items, horizons[middle]!, probability)) high = middle;
    else low = middle + 1;
  }
  return horizons[low] ?? null;
}

function checkOdds(probability: number): void {
  if (!(probability > 0 && probability < 1))
    throw new RangeError(`expected a probability above 0 and below 1, found ${probability}`);
}

/** P(S >= items) >= probability, given up as soon as it can no longer hold. */
function isLikely(pace: Pace, items: number, horizon: Horizon, probability: number): boolean {
  const last = Math.ceil(items) - 1;
  const sums = pace.speeds.map(() => 0);
  for (const [index, part] of mix(pace, horizon).entries()) {
    sums[index] = part.sumThrough(last, (sum) => {
      sums[index] = sum;
      return atLeast(sums) < probability;
    });
    if (atLeast(sums) < probability) return false;
  }
  return true;
}

/** P(S >= n) from the parts' sums over 0 to n - 1. */
function atLeast(sums: readonly number[]): number {
  let total = 0;
  for (const sum of sums) total += sum;
  return Math.max(0, 1 - total / sums.length);
}

function mix({ noise, speeds }: Pace, { weeks, exposure = weeks }: Horizon): readonly Part[] {
  if (!(weeks >= 0) || !(exposure >= 0))
    throw new RangeError(`expected a horizon of 0 or more, found ${weeks}, ${exposure}`);
  return speeds.map(({ discount, alpha, beta }) => {
    const mean = (exposure * alpha) / beta;
    const shape = alpha / (1 + ((1 / discount - 1) * Math.min(weeks, driftCapWeeks)) / 3);
    return createPart(mean, noise, shape);
  });
}
