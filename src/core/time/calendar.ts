import { dayNumber, dayOfNumber, weekdayIndex, weekdays } from './day.ts';
import type { Day, Weekday } from './day.ts';
import type { Zone } from './zone.ts';

/** Working days of a project (metrics.md 0.3). */
export interface Calendar {
  readonly zone: Zone;
  /** Working days of a week without holidays: 5 with the usual weekend. */
  readonly workingDaysPerWeek: number;
  /** 0, 0.5 or 1: the part of this local day that is worked. Weekend and holiday beat half day. */
  fraction(day: Day): number;
  /** Is this a day of the weekend, which no week works? */
  isWeekend(day: Day): boolean;
  /** Signed working days: the sum of `fraction` over `from < d <= to`, or the negative of it when `to` comes first. */
  distance(from: Day, to: Day): number;
  /**
   * The earliest day d >= `day` with `distance(day, d) >= workingDays`; `day` itself for 0 and less.
   * Throws RangeError when no such day exists before the year 10000 (a week without a working day).
   */
  add(day: Day, workingDays: number): Day;
}

export interface CalendarOptions {
  readonly zone: Zone;
  /** Saturday and Sunday unless said otherwise; an empty list means a week of seven working days. */
  readonly weekend?: readonly Weekday[];
  readonly holidays?: readonly Day[];
  readonly halfDays?: readonly Day[];
}

const lastDay = dayNumber('9999-12-31');

/**
 * A calendar that answers in the time of a binary search over its exceptions, whatever the distance: weeks are counted
 * by arithmetic, and holidays and half days are taken off by running sums.
 */
export function createCalendar({
  zone,
  weekend = ['sat', 'sun'],
  holidays = [],
  halfDays = [],
}: CalendarOptions): Calendar {
  const isFree = weekdays.map((weekday) => weekend.includes(weekday));
  const workingDaysPerWeek = isFree.filter((free) => !free).length;
  const lost = lostDays(isFree, holidays, halfDays);
  const exceptions = Int32Array.from([...lost.keys()].sort((a, b) => a - b));
  const lostBefore = new Float64Array(exceptions.length + 1);
  exceptions.forEach((number, index) => (lostBefore[index + 1] = lostBefore[index]! + lost.get(number)!));

  /** Working days d with `epoch Monday <= d <= number`, negative before it. */
  const countThrough = (number: number): number => {
    const weeks = Math.floor((number + 3) / 7);
    let count = weeks * workingDaysPerWeek;
    for (let index = weekdayIndex(number); index >= 0; index--) if (!isFree[index]) count++;
    return count - lostBefore[upperBound(exceptions, number)]!;
  };

  const add = (day: Day, workingDays: number): Day => {
    if (!(workingDays > 0)) return day;
    const start = dayNumber(day);
    const wanted = countThrough(start) + workingDays;
    let low = start;
    let step = Math.ceil(workingDays) + 2;
    while (low + step < lastDay && countThrough(low + step) < wanted) {
      low += step;
      step *= 2;
    }
    let high = Math.min(low + step, lastDay);
    if (countThrough(high) < wanted)
      throw new RangeError(`expected ${workingDays} working days after ${day}, found none before the year 10000`);
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (countThrough(middle) < wanted) low = middle;
      else high = middle;
    }
    return dayOfNumber(high);
  };

  return {
    zone,
    workingDaysPerWeek,
    fraction: (day) => {
      const number = dayNumber(day);
      return isFree[weekdayIndex(number)] ? 0 : 1 - (lost.get(number) ?? 0);
    },
    isWeekend: (day) => isFree[weekdayIndex(dayNumber(day))]!,
    // `0 - x` rather than `-x`: no negative zero.
    distance: (from, to) => countThrough(dayNumber(to)) - countThrough(dayNumber(from)) + 0,
    add,
  };
}

/** What each holiday and half day takes off a day that would be worked otherwise. */
function lostDays(isFree: readonly boolean[], holidays: readonly Day[], halfDays: readonly Day[]): Map<number, number> {
  const lost = new Map<number, number>();
  for (const [days, part] of [
    [halfDays, 0.5],
    [holidays, 1],
  ] as const)
    for (const day of days) {
      const number = dayNumber(day);
      if (!isFree[weekdayIndex(number)]) lost.set(number, part);
    }
  return lost;
}

/** How many of the sorted numbers are at most `number`. */
function upperBound(sorted: Int32Array, number: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! <= number) low = middle + 1;
    else high = middle;
  }
  return low;
}
