import { z } from 'zod';
import type { DayOrInstant } from '../../core/calc/slip.ts';
import { parseDay, weekdays } from '../../core/time/day.ts';
import type { Day } from '../../core/time/day.ts';
import { parseInstant } from '../../core/time/instant.ts';
import type { Instant } from '../../core/time/instant.ts';

/** A text that `parse` understands; anything else is told as not being `expected`, a missing key included. */
export function parsed<T>(expected: string, parse: (text: string) => T | null) {
  return z.unknown().transform((value, context): T => {
    const read = typeof value === 'string' ? parse(value) : null;
    if (read !== null) return read;
    context.addIssue({ code: 'custom', message: expected });
    return z.NEVER;
  });
}

export const day = parsed<Day>('a day that exists, as YYYY-MM-DD', parseDay);
export const instant = parsed<Instant>('an instant with its offset, such as 2026-11-24T08:30:00Z', parseInstant);
export const dayOrInstant = parsed<DayOrInstant>(
  'a day such as 2026-11-24 or an instant such as 2026-11-24T08:30:00Z',
  (text) => parseDay(text) ?? parseInstant(text),
);
export const name = z.string().min(1);
export const id = z.union([name, z.number().int().transform(String)]);
export const share = z.number().min(0).max(1);
export const odds = z.number().refine((value) => value > 0 && value < 1, 'a number above 0 and below 1');
/** Counts beyond this are a slip of the keyboard, and would take minutes to add up. */
export const count = z.number().min(0).max(1_000_000);
export const weeks = z.number().min(0).max(520);

export function orNull<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value) => value ?? null);
}

export const calendar = {
  weekend: z.array(z.enum(weekdays)).default(['sat', 'sun']),
  holidays: z.array(day).default([]),
  halfDays: z.array(day).default([]),
};

/** Weekends, holidays and half days; without it a week of five working days. */
export const calendarRules = z.strictObject(calendar).prefault({});

/** Tells a problem at a path of the input, as what was expected there. */
export function tell(context: z.RefinementCtx, path: PropertyKey[], expected: string): void {
  context.addIssue({ code: 'custom', path, message: expected });
}
