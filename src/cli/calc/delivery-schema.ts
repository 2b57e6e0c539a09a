import { z } from 'zod';
import { isZone } from '../../core/time/zone.ts';
import { day, id, instant, name, orNull, tell } from './values.ts';

/** Words for "it reached the users", and for "it did not", as pipelines say them. */
const successes = ['success', 'succeeded', 'successful', 'passed'];
const failures = ['failure', 'failed', 'error', 'errored', 'canceled', 'cancelled', 'aborted', 'rejected', 'timed_out'];

const result = z
  .string()
  .transform((text) => text.toLowerCase())
  .refine(
    (text) => successes.includes(text) || failures.includes(text),
    `one of ${[...successes, ...failures].join(', ')}`,
  );

const deployment = z
  .strictObject({
    id,
    service: name,
    finishedAt: instant,
    result,
    planned: z.boolean(),
    remediates: orNull(id),
  })
  .transform(({ result: how, planned, ...rest }) => ({
    ...rest,
    isSuccessful: successes.includes(how),
    isPlanned: planned,
  }));

const incident = z
  .strictObject({ id, service: name, openedAt: instant, resolvedAt: orNull(instant), cause: orNull(id) })
  .superRefine(({ openedAt, resolvedAt }, context) => {
    if (resolvedAt !== null && resolvedAt < openedAt) tell(context, ['resolvedAt'], 'an instant from openedAt on');
  });

/** `calc delivery`: the end of the window is not in it; days are those of `zone`, UTC unless said. */
export const delivery = z
  .strictObject({
    service: name,
    window: z.tuple([day, day]),
    zone: z.string().refine(isZone, 'an IANA time zone such as Europe/Paris').default('UTC'),
    attributionHours: z.number().min(0).default(24),
    deployments: z.array(deployment),
    incidents: z.array(incident).default([]),
    leadTimes: z.array(z.strictObject({ deployment: id, minutes: z.array(z.number()) })).default([]),
  })
  .superRefine(({ window: [from, to] }, context) => {
    if (to <= from) tell(context, ['window', 1], `a day after ${from}`);
  });
