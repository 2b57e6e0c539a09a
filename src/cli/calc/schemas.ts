import { z } from 'zod';
import type { CalcInput, CalcName } from '../../core/calc/registry.ts';
import { isZone } from '../../core/time/zone.ts';
import { delivery } from './delivery-schema.ts';
import { network } from './network-schema.ts';
import { sprint } from './sprint-schema.ts';
import { calendar, count, day, dayOrInstant, name, odds, orNull, share, tell, weeks } from './values.ts';

/** Money and other weights: any finite number. */
const amount = z.number();

const pastWeeks = {
  weekly: z.array(count),
  exposure: orNull(z.array(z.number().min(0).max(1000))),
  priorPace: count.refine((value) => value > 0, 'a number above 0'),
  items: count,
};

function checkExposure(
  { weekly, exposure }: { readonly weekly: readonly number[]; readonly exposure: readonly number[] | null },
  context: z.RefinementCtx,
): void {
  if (exposure !== null && exposure.length !== weekly.length)
    tell(context, ['exposure'], `a list of ${weekly.length}, one for each of weekly`);
}

const forecast = z
  .strictObject({
    ...pastWeeks,
    horizonWeeks: weeks,
    futureExposure: orNull(weeks),
    probabilities: z.array(odds),
  })
  .superRefine(checkExposure);

const rag = z
  .strictObject({
    probabilities: z.array(share),
    green: share,
    red: share,
    hysteresis: share,
    confirm: z.number().int().min(1),
  })
  .superRefine(({ green, red }, context) => {
    if (red > green) tell(context, ['red'], `a number of at most green (${green})`);
  });

const aging = z
  .strictObject({
    durations: z.array(z.number().min(0)),
    finished: z.array(z.boolean()),
    queries: z.array(z.strictObject({ age: z.number().min(0), by: z.number().min(0) })).default([]),
  })
  .superRefine(({ durations, finished }, context) => {
    if (finished.length !== durations.length)
      tell(context, ['finished'], `a list of ${durations.length}, one for each of durations`);
  });

const flow = z
  .strictObject({
    window: z.tuple([amount, amount]),
    items: z.array(z.strictObject({ start: amount, end: orNull(amount) })),
  })
  .superRefine(({ window: [from, to], items }, context) => {
    if (to <= from) tell(context, ['window', 1], `a number above ${from}`);
    items.forEach(({ start, end }, index) => {
      if (end !== null && end < start) tell(context, ['items', index, 'end'], `a number of at least ${start}`);
    });
  });

const earnedSchedule = z
  .strictObject({
    pvCumulative: z.array(z.number().min(0)).min(1),
    cases: z.array(z.strictObject({ ev: z.number().min(0), at: z.number().min(0) })),
  })
  .superRefine(({ pvCumulative }, context) => {
    pvCumulative.forEach((value, index) => {
      const before = pvCumulative[index - 1] ?? 0;
      if (value < before) tell(context, ['pvCumulative', index], `a number of at least ${before}, the one before`);
    });
    const last = pvCumulative.length - 1;
    if (pvCumulative[last] === 0) tell(context, ['pvCumulative', last], 'a number above 0, the whole plan');
  });

const score = z
  .strictObject({
    cdf: z.array(share).min(1),
    observed: count.int(),
    quantile: orNull(z.strictObject({ value: amount, level: share })),
  })
  .superRefine(({ cdf }, context) => {
    cdf.forEach((value, index) => {
      const before = cdf[index - 1] ?? 0;
      if (value < before) tell(context, ['cdf', index], `a number of at least ${before}, the one before`);
    });
  });

const chances = ['p15', 'p50', 'p85'] as const;
const atLeastZero = orNull(z.number().min(0));

const budget = z
  .strictObject({
    bac: amount,
    ac: amount,
    burnPerWeek: z.number().min(0),
    weeks: z.strictObject({ p15: atLeastZero, p50: atLeastZero, p85: atLeastZero }),
    ev: atLeastZero,
    forecast: orNull(z.strictObject(pastWeeks).superRefine(checkExposure)),
  })
  .superRefine(({ weeks: ahead }, context) => {
    let before = 0;
    for (const chance of chances) {
      const value = ahead[chance];
      if (value === null) continue;
      if (value < before) tell(context, ['weeks', chance], `a number of at least ${before}, the one before`);
      before = value;
    }
  });

/** What each calculation takes. Keys that may be unknown may be null or missing; any other key has to be there. */
export const calcSchemas: { readonly [N in CalcName]: z.ZodType<CalcInput<N>> } = {
  aging,
  budget,
  calendar: z.strictObject({ ...calendar, pairs: z.array(z.tuple([day, day])) }),
  delivery,
  'earned-schedule': earnedSchedule,
  evm: z.strictObject({ bac: amount, pv: amount, ev: amount, ac: orNull(amount), spiT: orNull(amount) }),
  flow,
  forecast,
  joint: z.strictObject({ probabilities: z.array(share).min(1), correlation: share }),
  network,
  quantiles: z.strictObject({ values: z.array(z.number()), probabilities: z.array(share) }),
  rag,
  risk: z.strictObject({ timeProbability: share, reasons: z.record(name, z.number().min(0)) }),
  score,
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
