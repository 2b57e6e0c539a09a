import type { Calendar } from '../time/calendar.ts';
import { dayNumber, dayOfNumber } from '../time/day.ts';
import type { Day } from '../time/day.ts';

/** How a number of working days came about, so that it can be counted again on a wall calendar. */
export interface DistanceProof {
  readonly from: Day;
  readonly to: Day;
  /** Calendar days after the earlier day, up to and with the later one. */
  readonly days: number;
  /** Those of them that are never worked: weekends. */
  readonly weekendDays: number;
  /** Days that would be worked in other weeks, and are not or not wholly: holidays and half days. */
  readonly holidays: readonly Day[];
  /** Signed, + = `to` is later: days, less weekend days, less holidays. */
  readonly workingDays: number;
}

/** Longer distances are told without their holidays by name: nobody counts them on a wall calendar. */
const namedHolidays = 60;

/**
 * Signed working days from one day to another (metrics.md 0.3) with what was left out; null when a day is missing. A
 * half day stands among the holidays and counts 0.5.
 */
export function proveDistance(calendar: Calendar, from: Day | null, to: Day | null): DistanceProof | null {
  if (from === null || to === null) return null;
  const first = Math.min(dayNumber(from), dayNumber(to));
  const last = Math.max(dayNumber(from), dayNumber(to));
  let weekendDays = 0;
  const holidays: Day[] = [];
  for (let number = first + 1; number <= last; number += 1) {
    const day = dayOfNumber(number);
    if (calendar.isWeekend(day)) weekendDays += 1;
    else if (calendar.fraction(day) < 1) holidays.push(day);
  }
  return {
    from,
    to,
    days: last - first,
    weekendDays,
    holidays: holidays.slice(0, namedHolidays),
    workingDays: calendar.distance(from, to),
  };
}
