import type { Day } from '../core/time/day.ts';
import { dayNumber, dayOfNumber, weekdayIndex } from '../core/time/day.ts';

/** Number of the ISO 8601 week, 1 to 53: it belongs to the year that holds its Thursday. */
export function isoWeek(day: Day): number {
  const number = dayNumber(day);
  const thursday = number - weekdayIndex(number) + 3;
  const newYear = `${dayOfNumber(thursday).slice(0, 4)}-01-01` as Day;
  return Math.floor((thursday - dayNumber(newYear)) / 7) + 1;
}
