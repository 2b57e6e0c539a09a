import { dayNumber, dayOfNumber, weekdayIndex } from './day.ts';
import type { Day } from './day.ts';
import { minuteMs } from './instant.ts';
import type { Instant } from './instant.ts';
import type { Zone } from './zone.ts';

/** A five-field cron line (minute, hour, day of month, month, day of week), understood. Has no zone of its own. */
export interface Schedule {
  readonly kind: 'schedule';
  readonly text: string;
  /** Sorted: 0 to 59. */
  readonly minutes: readonly number[];
  /** Sorted: 0 to 23. */
  readonly hours: readonly number[];
  /** 1 to 31. */
  readonly daysOfMonth: ReadonlySet<number>;
  /** 1 to 12. */
  readonly months: ReadonlySet<number>;
  /** 0 for Monday to 6 for Sunday. */
  readonly daysOfWeek: ReadonlySet<number>;
  /** Cron's old rule: when both the day of month and the day of week are given, one of them is enough. */
  readonly isEitherDay: boolean;
  /**
   * The hour begins with `*`: the schedule speaks of a rhythm, not of a time of day. It then fires in both passes of an
   * hour that clocks repeat (else a sync every 15 minutes would pause for an hour), and not at all in a gap.
   */
  readonly isRhythm: boolean;
}

/** Why a text is no schedule, in the words of a config problem. */
export interface InvalidSchedule {
  readonly kind: 'invalid';
  readonly expected: string;
  readonly found: string;
}

interface Field {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly names?: readonly string[];
}

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const fields: readonly Field[] = [
  { name: 'minute', low: 0, high: 59 },
  { name: 'hour', low: 0, high: 23 },
  { name: 'day of month', low: 1, high: 31 },
  { name: 'month', low: 1, high: 12, names: monthNames },
  // 7 is Sunday too, so that `fri-sun` and `5-7` can be written.
  { name: 'day of week', low: 0, high: 7, names: dayNames },
];
const longestMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const oneDayWords: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};

/** Reads a five-field cron line. Seconds, years, `L`, `W`, `#` and `@daily` are refused rather than guessed at. */
export function parseSchedule(text: string): Schedule | InvalidSchedule {
  const parts = text.trim().split(/\s+/).filter(Boolean);
  const found = JSON.stringify(text);
  const whole = 'five cron fields: minute, hour, day of month, month, day of week';
  const written = oneDayWords[text.trim().toLowerCase()];
  if (written) return { kind: 'invalid', expected: `${whole} (write ${written})`, found };
  if (parts.length !== fields.length)
    return {
      kind: 'invalid',
      expected: `${whole}, such as 0 9 * * mon-fri`,
      found: `${found} (${parts.length} fields)`,
    };
  const sets: ReadonlySet<number>[] = [];
  for (const [index, field] of fields.entries()) {
    const set = parseField(parts[index]!, field);
    if (typeof set === 'string') return { kind: 'invalid', expected: set, found };
    sets.push(set);
  }
  const [minutes, hours, daysOfMonth, months, cronWeekdays] = sets as [Numbers, Numbers, Numbers, Numbers, Numbers];
  const schedule: Schedule = {
    kind: 'schedule',
    text: parts.join(' '),
    minutes: [...minutes].sort((a, b) => a - b),
    hours: [...hours].sort((a, b) => a - b),
    daysOfMonth,
    months,
    daysOfWeek: new Set([...cronWeekdays].map((weekday) => (weekday + 6) % 7)),
    isEitherDay: !parts[2]!.startsWith('*') && !parts[4]!.startsWith('*'),
    isRhythm: parts[1]!.startsWith('*'),
  };
  const isDue =
    schedule.isEitherDay || [...months].some((month) => Math.min(...daysOfMonth) <= longestMonths[month - 1]!);
  return isDue ? schedule : { kind: 'invalid', expected: 'a day that its month has', found };
}

type Numbers = ReadonlySet<number>;

/** The numbers that a field lets through, or what was expected of it. */
function parseField(text: string, field: Field): Numbers | string {
  const numbers = new Set<number>();
  for (const part of text.toLowerCase().split(',')) {
    const match = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part);
    const range = match && parseRange(match[1]!, match[2], field);
    if (!match || !range) return describeField(field);
    const [low, high] = range;
    if (high < low) return `${field.name} from low to high (write ${low}-${field.high},${field.low}-${high})`;
    const step = match[3] === undefined ? 1 : Number(match[3]);
    if (step < 1 || step > field.high) return `a step of 1-${field.high} for ${field.name}`;
    const isOne = match[1] !== '*' && match[2] === undefined;
    if (isOne && match[3] !== undefined)
      return `${field.name} with a step as ${part.split('/')[0]}-${field.high}/${step}`;
    for (let number = low; number <= high; number += step) numbers.add(number);
  }
  return numbers;
}

function parseRange(from: string, to: string | undefined, field: Field): readonly [number, number] | null {
  if (from === '*') return to === undefined ? [field.low, field.name === 'day of week' ? 6 : field.high] : null;
  const low = parseNumber(from, field);
  const high = to === undefined ? low : parseNumber(to, field);
  if (low === null || high === null) return null;
  return [low, to === 'sun' && high < low ? 7 : high];
}

function parseNumber(text: string, { low, high, names }: Field): number | null {
  const named = names?.indexOf(text) ?? -1;
  const number = named >= 0 ? named + (low === 1 ? 1 : 0) : /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return number >= low && number <= high ? number : null;
}

function describeField({ name, low, high, names }: Field): string {
  const named = names ? ` (or ${names[0]}-${names.at(-1)})` : '';
  return `${name} ${low}-${high}${named} as *, */step, number, low-high or a list of them`;
}

/** A leap day of one weekday comes back after 40 years at most (28, or 40 over a century without one). */
const searchDays = 41 * 366;

/** First due instant after `after`; null when there is none within 41 years. */
export function nextDue(schedule: Schedule, after: Instant, zone: Zone): Instant | null {
  const start = dayNumber(zone.dayAt(after)) - 1;
  for (let number = start; number <= start + searchDays; number++) {
    const due = dueOn(schedule, number, zone).find((at) => at > after);
    // Where clocks go back over midnight, the next day may begin before this one ends.
    if (due !== undefined) return Math.min(due, dueOn(schedule, number + 1, zone).find((at) => at > after) ?? due);
  }
  return null;
}

/** Last due instant at or before `atOrBefore`; null when there is none within 41 years. */
export function previousDue(schedule: Schedule, atOrBefore: Instant, zone: Zone): Instant | null {
  const start = dayNumber(zone.dayAt(atOrBefore)) + 1;
  for (let number = start; number >= start - searchDays; number--) {
    const due = dueOn(schedule, number, zone).findLast((at) => at <= atOrBefore);
    if (due !== undefined)
      return Math.max(due, dueOn(schedule, number - 1, zone).findLast((at) => at <= atOrBefore) ?? due);
  }
  return null;
}

/** All due instants in (after, until], oldest first. */
export function dueBetween(
  schedule: Schedule,
  { after, until }: { readonly after: Instant; readonly until: Instant },
  zone: Zone,
): Instant[] {
  if (until <= after) return [];
  const due: Instant[] = [];
  const last = dayNumber(zone.dayAt(until)) + 1;
  for (let number = dayNumber(zone.dayAt(after)) - 1; number <= last; number++)
    for (const at of dueOn(schedule, number, zone)) if (at > after && at <= until) due.push(at);
  return [...new Set(due)].sort((a, b) => a - b);
}

/**
 * The name of a due instant by the wall clock, such as `2026-10-25T02:30[Europe/Paris]`: the same for every process and
 * every restart, and never that of another instant (the second pass of a repeated hour has its offset added).
 */
export function slotName(at: Instant, zone: Zone): string {
  const { day, hour, minute } = zone.localAt(at);
  const isSecondPass = zone.instantsAt(day, hour * 60 + minute).indexOf(Math.floor(at / minuteMs) * minuteMs) > 0;
  const offset = isSecondPass ? formatOffset(zone.offsetAt(at)) : '';
  return `${day}T${two(hour)}:${two(minute)}${offset}[${zone.name}]`;
}

function formatOffset(offsetMs: number): string {
  const minutes = Math.abs(Math.round(offsetMs / minuteMs));
  return `${offsetMs < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

/** The due instants of one local day, in order, each once. */
function dueOn(schedule: Schedule, number: number, zone: Zone): Instant[] {
  const day = dayOfNumber(number);
  if (!isDueDay(schedule, number, day)) return [];
  const due: Instant[] = [];
  for (const hour of schedule.hours)
    for (const minute of schedule.minutes) {
      const minuteOfDay = hour * 60 + minute;
      if (schedule.isRhythm) due.push(...zone.instantsAt(day, minuteOfDay));
      else due.push(zone.firstAt(day, minuteOfDay));
    }
  return [...new Set(due)].sort((a, b) => a - b);
}

function isDueDay({ months, daysOfMonth, daysOfWeek, isEitherDay }: Schedule, number: number, day: Day): boolean {
  if (!months.has(Number(day.slice(5, 7)))) return false;
  const isDate = daysOfMonth.has(Number(day.slice(8)));
  const isWeekday = daysOfWeek.has(weekdayIndex(number));
  return isEitherDay ? isDate || isWeekday : isDate && isWeekday;
}
