import { addDays, parseDay } from './day.ts';
import type { Day } from './day.ts';

/** First letters of the months that tell them apart, in the languages that we write, without accents. */
const months: readonly (readonly string[])[] = [
  ['jan'],
  ['feb', 'fev'],
  ['mar'],
  ['apr', 'avr'],
  ['may', 'mai'],
  ['jun', 'juin'],
  ['jul', 'juil'],
  ['aug', 'aou'],
  ['sep'],
  ['oct'],
  ['nov'],
  ['dec'],
];
const written =
  /^(?:(\d{1,2})(?:er|st|nd|rd|th)?\.? +([a-z]{3,})|([a-z]{3,}) +(\d{1,2})(?:st|nd|rd|th)?)\.?,?(?: +(\d{4}))?$/;
const inDays = /^\+?(\d{1,4})d$/;

/**
 * A day as people write it: `2026-12-12`, `12 Dec`, `Dec 12 2026`, `1er décembre`, `+30d`. Without a year the next such
 * day from `today` on, or the last one up to it. Null for one that does not exist or cannot be read.
 */
export function readDate(text: string, today: Day, without: 'next' | 'last' = 'next'): Day | null {
  const plain = plainly(text);
  const days = inDays.exec(plain)?.[1];
  if (days !== undefined) return addDays(today, Number(days));
  const exact = parseDay(plain);
  if (exact !== null) return exact;
  const parts = written.exec(plain);
  if (!parts) return null;
  const date = Number(parts[1] ?? parts[4]);
  const month = monthCalled(parts[2] ?? parts[3] ?? '');
  if (month === null) return null;
  const inYear = (year: number) => parseDay(`${year}-${pad(month)}-${pad(date)}`);
  if (parts[5] !== undefined) return inYear(Number(parts[5]));
  const year = Number(today.slice(0, 4));
  const thisYear = inYear(year);
  if (without === 'last') return thisYear !== null && thisYear <= today ? thisYear : inYear(year - 1);
  return thisYear === null || thisYear >= today ? thisYear : inYear(year + 1);
}

/** Whether a word names a month, in one of the languages that we write: `Dec`, `décembre`, `févr.`. */
export function isMonth(word: string): boolean {
  return /^[a-z]{3,}[.,]?$/.test(plainly(word)) && monthCalled(plainly(word)) !== null;
}

function plainly(text: string): string {
  return text.trim().toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
}

function monthCalled(word: string): number | null {
  const at = months.findIndex((starts) => starts.some((start) => word.startsWith(start)));
  return at < 0 ? null : at + 1;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
