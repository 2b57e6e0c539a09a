import type { Calendar } from '../../time/calendar.ts';
import { dayNumber, dayOfNumber } from '../../time/day.ts';
import type { Day } from '../../time/day.ts';
import { effectiveItems } from './demand.ts';
import { areCountsLikely, chanceOfItems, checkOdds, decideQuickly, mostOfItems } from './forecast.ts';
import type { Work } from './forecast.ts';
import type { Calibration } from './learned-levels.ts';
import { atLeast, driftCapWeeks, mix } from './mixture.ts';
import type { Horizon, Supply } from './mixture.ts';

/** Forecasts stop here: what lies beyond is "beyond the horizon", told as null. */
export const horizonWeeks = 260;

/** The first whole week, at full capacity, by whose end `items` are done with this chance; null beyond 260 weeks. */
export function whenWeeks(supply: Supply, work: Work, probability: number): number | null {
  checkOdds(probability);
  if (isNothing(work)) return 0;
  const isLikely = createLikely(supply, work);
  return firstThat(wholeWeeks, (horizon) => isLikely(horizon, probability))?.weeks ?? null;
}

const wholeWeeks: readonly Horizon[] = Array.from({ length: horizonWeeks }, (_, index) => ({ weeks: index + 1 }));

/** Days ahead in the team's calendar: the forecast counts the working days after `from`. */
export interface DayGrid {
  readonly from: Day;
  readonly calendar: Calendar;
  /** Capacity of a working day as a part of a normal one (absences); 1 when left out. Weekends and holidays are known. */
  readonly capacity?: (day: Day) => number;
  /** The work cannot start before this day (metrics.md 3.4, start delay); at once when left out. */
  readonly startsOn?: Day;
  /** What the past of the team makes of plain chances (3.5); they stand for themselves when left out. */
  readonly calibration?: Calibration;
}

/** Where one calibration ends and the next begins: the chance may fall there. */
const seams = [13, 26];

/**
 * The first working day by whose end `items` are done, for each of the `probabilities` (metrics.md 3.1, 3.3 step 5):
 * `from` itself when nothing is left to do, null beyond 260 weeks. The first day that reaches p is also the first day on
 * which the running maximum does.
 */
export function whenDays(
  supply: Supply,
  work: Work,
  probabilities: readonly number[],
  grid: DayGrid,
): readonly (Day | null)[] {
  probabilities.forEach(checkOdds);
  if (isNothing(work)) return probabilities.map(() => grid.from);
  const days = daysAhead(grid, null);
  const isLikely = createLikely(supply, work);
  return probabilities.map((probability) => {
    const levelOf = (weeks: number) => grid.calibration?.levelOf(probability, weeks) ?? probability;
    return firstThat(days, (horizon) => isLikely(horizon, levelOf(horizon.weeks)))?.day ?? null;
  });
}

/**
 * Chance that `items` are done by the end of `by`, with the running maximum of 3.3 step 5, so that it reaches p exactly
 * from the day that `whenDays` names for p. 0 when `by` does not come after `grid.from` and something is left to do.
 */
export function chanceByDay(supply: Supply, work: Work, by: Day, grid: DayGrid): number {
  if (isNothing(work)) return 1;
  const days = daysAhead(grid, by);
  const isSeam = (index: number) =>
    index === days.length - 1 || seams.some((end) => days[index]!.weeks <= end && days[index + 1]!.weeks > end);
  // From the last on: it is mostly the best, and what is surely below the best need not be known to the last digit.
  return days
    .filter(({ weeks }, index) => weeks <= driftCapWeeks || isSeam(index))
    .reduceRight((best, horizon) => {
      const told = (plain: number) => grid.calibration?.chanceOf(plain, horizon.weeks) ?? plain;
      if (told(mostOfItems(supply, work, horizon)) < best) return best;
      return Math.max(best, told(chanceOfItems(supply, work, horizon)));
    }, 0);
}

/** The horizon from `grid.from` to the end of `by`; of length 0 when `by` does not come after it. */
export function horizonTo(by: Day, grid: DayGrid): Horizon {
  return daysAhead(grid, by).at(-1) ?? { weeks: 0, exposure: 0 };
}

interface DayAhead extends Horizon {
  readonly day: Day;
}

/** The working days after `grid.from`, each as the horizon to its end, to `by` and up to 260 weeks. */
function daysAhead({ from, calendar, capacity, startsOn }: DayGrid, by: Day | null): DayAhead[] {
  const days: DayAhead[] = [];
  const weekLength = calendar.workingDaysPerWeek;
  let workingDays = 0;
  let exposed = 0;
  // A calendar that is nearly all holidays ends the search too: twice the horizon in calendar days is enough.
  const first = Math.max(dayNumber(from) + 1, startsOn === undefined ? -Infinity : dayNumber(startsOn));
  const last = Math.min(first + horizonWeeks * 7 * 2, by === null ? Infinity : dayNumber(by));
  for (let number = first; number <= last; number++) {
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
 * the horizon and the chance may fall, so each is looked at; beyond, more time can only help as far as the next seam, and
 * halving finds it.
 */
function firstThat<H extends Horizon>(horizons: readonly H[], isLikely: (horizon: H) => boolean): H | null {
  let low = 0;
  for (; low < horizons.length && horizons[low]!.weeks <= driftCapWeeks; low++)
    if (isLikely(horizons[low]!)) return horizons[low]!;
  for (const end of [...seams, horizonWeeks]) {
    let high = low;
    while (high < horizons.length && horizons[high]!.weeks <= end) high++;
    const next = high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isLikely(horizons[middle]!)) high = middle;
      else low = middle + 1;
    }
    if (low < next) return horizons[low]!;
  }
  return null;
}

/** Whether a horizon reaches a chance. For work that comes in the chance is dear, and is kept for the next question. */
function createLikely(supply: Supply, work: Work): (horizon: Horizon, probability: number) => boolean {
  if (typeof work === 'number') return (horizon, probability) => isCountLikely(supply, work, horizon, probability);
  if (work.growth.arrivals === null) {
    const counts = effectiveItems(work);
    return (horizon, probability) => areCountsLikely(supply, counts, { horizon, probability });
  }
  const chances = new Map<Horizon, number>();
  return (horizon, probability) => {
    const chance = chances.get(horizon) ?? chanceOfItems(supply, work, horizon);
    chances.set(horizon, chance);
    return chance >= probability;
  };
}

/** P(S >= items) >= probability, given up as soon as it can no longer hold. */
function isCountLikely(supply: Supply, items: number, horizon: Horizon, probability: number): boolean {
  const last = Math.ceil(items) - 1;
  const mixture = mix(supply, horizon);
  const quick = decideQuickly(mixture, [last + 1], probability);
  if (quick !== null) return quick;
  const sums = mixture.map(() => 0);
  for (const [index, part] of mixture.entries()) {
    sums[index] = part.sumThrough(last, (sum) => {
      sums[index] = sum;
      return atLeast(sums) < probability;
    });
    if (atLeast(sums) < probability) return false;
  }
  return true;
}

function isNothing(work: Work): boolean {
  return (typeof work === 'number' ? work : work.items) <= 0;
}
