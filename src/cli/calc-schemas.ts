import { z } from 'zod';
import type { CalcInput, CalcName } from '../core/calc/registry.ts';
import type { DayOrInstant } from '../core/calc/slip.ts';
import { parseDay, weekdays } from '../core/time/day.ts';
import type { Day } from '../core/time/day.ts';
import { parseInstant } from '../core/time/instant.ts';
import type { Instant } from '../core/time/instant.ts';
import { isZone } from '../core/time/zone.ts';

/** A text that `parse` understands; anything else is told as not being `expected`, a missing key included. */
function parsed<T>(expected: string, parse: (text: string) => T | null) {
  return z.unknown().transform((value, context): T => {
    const read = typeof value === 'string' ? parse(value) : null;
    if (read !== null) return read;
    context.addIssue({ code: 'custom', message: expected });
    return z.NEVER;
  });
}

const day = parsed<Day>('a day that exists, as YYYY-MM-DD', parseDay);
const instant = parsed<Instant>('an instant with its offset, such as 2026-11-24T08:30:00Z', parseInstant);
const dayOrInstant = parsed<DayOrInstant>(
  'a day such as 2026-11-24 or an instant such as 2026-11-24T08:30:00Z',
  (text) => parseDay(text) ?? parseInstant(text),
);
const name = z.string().min(1);
const id = z.union([name, z.number().int().transform(String)]);
const share = z.number().min(0).max(1);
const odds = z.number().refine((value) => value > 0 && value < 1, 'a number above 0 and below 1');
/** Counts beyond this are a slip of the keyboard, and would take minutes to add up. */
const count = z.number().min(0).max(1_000_000);
const weeks = z.number().min(0).max(520);

function orNull<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value) => value ?? null);
}

const calendar = {
  weekend: z.array(z.enum(weekdays)).default(['sat', 'sun']),
  holidays: z.array(day).default([]),
  halfDays: z.array(day).default([]),
};

const sprintItem = z.strictObject({
  key: name,
  createdAt: instant,
  sprints: z.array(id),
  sprintEvents: z.array(z.tuple([instant, z.array(id)])).default([]),
  status: name,
  statusEvents: z.array(z.tuple([instant, name])).default([]),
  estimate: orNull(z.number().min(0)),
  estimateEvents: z.array(z.tuple([instant, z.number().min(0).nullable()])).default([]),
});

const sprint = z
  .strictObject({
    sprint: z.strictObject({ id, activatedAt: instant, completedAt: orNull(instant) }),
    doneStatuses: z.array(name),
    items: z.array(sprintItem),
    asOf: orNull(instant),
    graceMinutes: z.number().min(0).default(0),
  })
  .superRefine(({ sprint, items, asOf }, context) => {
    const problem = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', path, message });
    const endedAt = sprint.completedAt ?? asOf;
    if (endedAt === null) problem(['asOf'], 'an instant, since sprint.completedAt is null');
    if (sprint.completedAt !== null && sprint.completedAt <= sprint.activatedAt)
      problem(['sprint', 'completedAt'], 'an instant after sprint.activatedAt');
    if (asOf !== null && asOf < sprint.activatedAt) problem(['asOf'], 'an instant after sprint.activatedAt');
    const keys = new Set<string>();
    items.forEach(({ key }, index) => {
      if (keys.has(key)) problem(['items', index, 'key'], 'a key that no other item has');
      keys.add(key);
    });
  });

const forecast = z
  .strictObject({
    weekly: z.array(count),
    exposure: orNull(z.array(z.number().min(0).max(1000))),
    priorPace: count.refine((value) => value > 0, 'a number above 0'),
    horizonWeeks: weeks,
    futureExposure: orNull(weeks),
    items: count,
    probabilities: z.array(odds),
  })
  .superRefine(({ weekly, exposure }, context) => {
    if (exposure !== null && exposure.length !== weekly.length)
      context.addIssue({
        code: 'custom',
        path: ['exposure'],
        message: `a list of ${weekly.length}, one for each of weekly`,
      });
  });

const rag = z
  .strictObject({
    probabilities: z.array(share),
    green: share,
    red: share,
    hysteresis: share,
    confirm: z.number().int().min(1),
  })
  .superRefine(({ green, red }, context) => {
    if (red > green)
      context.addIssue({ code: 'custom', path: ['red'], message: `a number of at most green (${green})` });
  });

/** What each calculation takes. Keys that may be unknown may be null or missing; any other key has to be there. */
export const calcSchemas: { readonly [N in CalcName]: z.ZodType<CalcInput<N>> } = {
  calendar: z.strictObject({ ...calendar, pairs: z.array(z.tuple([day, day])) }),
  forecast,
  quantiles: z.strictObject({ values: z.array(z.number()), probabilities: z.array(share) }),
  rag,
  slip: z.strictObject({
    calendar: z
      .strictObject({
        ...calendar,
        zone: z.string().refine(isZone, 'an IANA time zone such as Europe/Paris').default('UTC'),
      })
      .prefault({}),
    start: orNull(dayOrInstant),
    history: z.array(z.strictObject({ at: dayOrInstant, on: day.nullable() })),
    finishedOn: orNull(dayOrInstant),
    asOf: dayOrInstant,
  }),
  sprint,
};
