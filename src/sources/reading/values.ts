import { parseDay } from '../../core/time/day.ts';
import type { Day } from '../../core/time/day.ts';
import { parseInstant } from '../../core/time/instant.ts';
import type { Instant } from '../../core/time/instant.ts';

/** What an object itself holds: JSON without a `toString` key must not give Object.prototype's function. */
export function ownValue(object: unknown, key: string): unknown {
  return isObject(object) && Object.hasOwn(object, key) ? (object as Record<string, unknown>)[key] : undefined;
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// Bulk changelogs give epoch milliseconds, their documentation seconds. No Jira is older than 2002, so that a number
// that would be 1970 to 1973 in milliseconds can only be seconds.
const secondsBelow = 100_000_000_000;
const secondsAbove = 100_000_000;

/** ISO 8601 with an offset, or epoch milliseconds (as a number or digits); null for anything else. */
export function readInstant(value: unknown): Instant | null {
  if (typeof value === 'number') {
    if (!Number.isFinite(value) || Math.abs(value) > 8.64e15) return null;
    return value > secondsAbove && value < secondsBelow ? value * 1000 : Math.trunc(value);
  }
  if (typeof value !== 'string') return null;
  return /^\d{1,16}$/.test(value) ? readInstant(Number(value)) : parseInstant(value);
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `2010-09-01`, `2010-09-01 00:00:00.0`, `2010-09-01T…`, and the `1/Sep/10` of old histories; null when there is no such day. */
export function readDay(value: unknown): Day | null {
  if (typeof value !== 'string') return null;
  const iso = /^(\d{4}-\d{2}-\d{2})(?:$|[T ])/.exec(value.trim());
  if (iso) return parseDay(iso[1]!);
  const spoken = /^(\d{1,2})\/([A-Za-z]{3})\/(\d{2}|\d{4})$/.exec(value.trim());
  if (!spoken) return null;
  const month = months.indexOf(spoken[2]!.toLowerCase()) + 1;
  const year = spoken[3]!.length === 2 ? `20${spoken[3]}` : spoken[3];
  return parseDay(`${year}-${String(month).padStart(2, '0')}-${spoken[1]!.padStart(2, '0')}`);
}

/** A number, or a text that is one; null for anything else (`NaN`, `five`, blank). */
export function readNumber(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

// More than this in one item is a slip of the keyboard, and would drown every sum that it is part of.
export const maxPoints = 1_000_000;

export function readPoints(value: unknown): number | null {
  const points = readNumber(value);
  return points !== null && points >= 0 && points <= maxPoints ? points : null;
}

/** Whole seconds that a double holds exactly. */
export function readSeconds(value: unknown): number | null {
  const seconds = readNumber(value);
  return seconds !== null && seconds >= 0 && Number.isSafeInteger(seconds) ? seconds : null;
}

const keyPattern = /^[^\s/?#,]+-\d+$/;

export function isItemKey(value: unknown): value is string {
  return typeof value === 'string' && keyPattern.test(value);
}

export function projectKeyOf(itemKey: string): string {
  return itemKey.slice(0, itemKey.lastIndexOf('-'));
}

/** A value in a few words, for the reason why it was set aside. */
export function describe(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return `"${value.length > 60 ? `${value.slice(0, 60)}…` : value}"`;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : `a ${typeof value}`;
}

/** Commits of an earlier time are of a clock that was never set. */
export const earliest = Date.UTC(1990, 0, 1);
