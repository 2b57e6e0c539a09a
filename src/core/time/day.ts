/** A calendar date without a time or a zone: `YYYY-MM-DD`, years 0000 to 9999. */
export type Day = `${number}-${number}-${number}`;

const pattern = /^\d{4}-\d{2}-\d{2}$/;
const epochDayMs = 86_400_000;
const firstNumber = -719_528;
const lastNumber = 2_932_896;

/** Days are asked for again and again when a history is bucketed: the text of each is made once. */
const written = new Map<number, Day>();

/** The day that a text names, or null when it is no `YYYY-MM-DD` or a date that does not exist (2026-02-29). */
export function parseDay(text: string): Day | null {
  if (!pattern.test(text)) return null;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text) ? (text as Day) : null;
}

/** Days since 1970-01-01: the whole number to reckon with. The day must exist (`parseDay`). */
export function dayNumber(day: Day): number {
  const year = digits(day, 0, 4);
  const month = digits(day, 5, 7);
  // Years run from March so that the leap day comes last; eras have 146,097 days.
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + digits(day, 8, 10) - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) value = value * 10 + text.charCodeAt(at) - 48;
  return value;
}

/** The day with this number; the inverse of `dayNumber`. Throws RangeError outside the years 0000 to 9999. */
export function dayOfNumber(number: number): Day {
  const known = written.get(number);
  if (known !== undefined) return known;
  if (!Number.isInteger(number) || number < firstNumber || number > lastNumber)
    throw new RangeError(`expected a day between 0000-01-01 and 9999-12-31, found day number ${number}`);
  const day = new Date(number * epochDayMs).toISOString().slice(0, 10) as Day;
  // A bad date of the year 4712 must not make the table grow for ever.
  if (written.size < 50_000) written.set(number, day);
  return day;
}

/** The day `days` calendar days later (earlier when negative). Throws RangeError outside the years 0000 to 9999. */
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

/** Days compare as their texts do. */
export function laterOf(a: Day, b: Day): Day {
  return a > b ? a : b;
}
