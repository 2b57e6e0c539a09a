/** A calendar date without a time or a zone: `YYYY-MM-DD`. */
export type Day = `${number}-${number}-${number}`;

const pattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const epochDayMs = 86_400_000;

/** The day that a text names, or null when it is no `YYYY-MM-DD` or a date that does not exist (2026-02-29). */
export function parseDay(text: string): Day | null {
  if (!pattern.test(text)) return null;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text) ? (text as Day) : null;
}

/** Days since 1970-01-01: the whole number to reckon with. */
export function dayNumber(day: Day): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / epochDayMs);
}

/** The day with this number; the inverse of `dayNumber`. */
export function dayOfNumber(number: number): Day {
  return new Date(number * epochDayMs).toISOString().slice(0, 10) as Day;
}

/** The day `days` calendar days later (earlier when negative). */
export function addDays(day: Day, days: number): Day {
  return dayOfNumber(dayNumber(day) + days);
}

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';
export const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** 0 for Monday to 6 for Sunday, of a day number. */
export function weekdayIndex(number: number): number {
  return (((number + 3) % 7) + 7) % 7;
}

/** The Monday of the ISO week that holds this day. */
export function startOfWeek(day: Day): Day {
  const number = dayNumber(day);
  return dayOfNumber(number - weekdayIndex(number));
}
