import { fromSiteTime } from './site-zone.ts';

const dayMs = 86_400_000;

/** A day as the number of days since 1970-01-01: what the simulation counts in. */
export type DayNumber = number;

export const dayText = (day: DayNumber): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** The local day of an instant at the site. */
export function dayAt(at: number): DayNumber {
  const day = Math.floor(at / dayMs);
  // Paris is one or two hours ahead: only the evening can belong to the next day.
  return fromSiteTime(dayText(day + 1)) <= at ? day + 1 : day;
}

export function instantOn(day: DayNumber, minute: number): number {
  return fromSiteTime(dayText(day)) + minute * 60_000;
}

/** 0 for Monday to 6 for Sunday. */
export const weekday = (day: DayNumber): number => (((day + 3) % 7) + 7) % 7;

/** Easter Sunday by the Gregorian reckoning of Gauss and Butcher. */
function easter(year: number): DayNumber {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
  const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
  return Date.UTC(year, Math.floor(f / 31) - 1, (f % 31) + 1) / dayMs;
}

const fixedHolidays = ['01-01', '05-01', '05-08', '07-14', '08-15', '11-01', '11-11', '12-25'];
/** The company closes between the years. */
const closedDays = ['12-24', '12-26', '12-27', '12-28', '12-29', '12-30', '12-31'];

export function isHoliday(day: DayNumber): boolean {
  const text = dayText(day);
  if (fixedHolidays.includes(text.slice(5)) || closedDays.includes(text.slice(5))) return true;
  const sinceEaster = day - easter(Number(text.slice(0, 4)));
  return sinceEaster === 1 || sinceEaster === 39 || sinceEaster === 50;
}

export const isWorkday = (day: DayNumber): boolean => weekday(day) < 5 && !isHoliday(day);

/** This day when work is done on it, else the next on which it is. */
export function workdayFrom(day: DayNumber): DayNumber {
  let found = day;
  while (!isWorkday(found)) found++;
  return found;
}

/** The weekdays without work between two days, both included. */
export function holidaysBetween(from: DayNumber, to: DayNumber): string[] {
  const found: string[] = [];
  for (let day = from; day <= to; day++) if (isHoliday(day) && weekday(day) < 5) found.push(dayText(day));
  return found;
}
