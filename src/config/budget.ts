import { z } from 'zod';
import { minorDigits } from '../core/model/budget.ts';
import type { BudgetSettings } from '../core/model/budget.ts';
import { day } from './day.ts';

const name = z.string().trim().min(1);
const currency = z
  .string()
  .regex(/^[A-Z]{3}$/, 'the code of a currency, such as EUR')
  .refine((code) => Intl.supportedValuesOf('currency').includes(code), 'the code of a currency, such as EUR');
const money = z.number().positive().max(1e12);
const span = { from: day.optional(), to: day.optional() };
const isSpan = ({ from, to }: { readonly from?: string | undefined; readonly to?: string | undefined }) =>
  from === undefined || to === undefined || from <= to;

/** What an hour costs: of a person (account id or user key), of a role, or of everybody else. */
const rate = z
  .strictObject({
    person: name.optional(),
    role: name.optional(),
    perHour: money,
    currency: currency.optional(),
    /** What work costs on top of what it is paid, such as 1.2; that of the budget when left out. */
    overhead: z.number().positive().max(10).optional(),
    ...span,
  })
  .refine(({ person, role }) => person === undefined || role === undefined, 'either `person` or `role`')
  .refine(isSpan, '`to` on the day of `from` or after it');

const stretch = z
  .strictObject({
    people: z.number().positive().max(10_000),
    perDay: money.optional(),
    allocation: z.number().gt(0).max(1).default(1),
    ...span,
  })
  .refine(isSpan, '`to` on the day of `from` or after it');

const fixing = z.strictObject({ rate: z.number().positive(), now: z.number().positive() });

const shape = z.strictObject({
  amount: money,
  currency,
  /** First day of work that it pays for. */
  from: day,
  /** What the work cost: hours logged times their rates, or days of the team. Never both. */
  actuals: z.enum(['worklogs', 'capacity']),
  rates: z.array(rate).default([]),
  /** Who is in which role. */
  roles: z.record(name, z.array(name).min(1)).default({}),
  team: z.array(stretch).default([]),
  overhead: z.number().positive().max(10).default(1),
  /** One unit of another currency in that of the budget, fixed for the project: `{ USD: 0.92 }`; `now` shows the difference. */
  exchange: z.record(currency, z.union([z.number().positive(), fixing])).default({}),
  hoursPerDay: z.number().positive().max(24).default(8),
  /** Part of the day that goes into planned work. */
  focus: z.number().gt(0).max(1).default(0.8),
});
type Shape = z.infer<typeof shape>;

/** `budget` of a project: what it may cost, and how what it has cost is worked out. */
export const budgetConfig = shape.superRefine((budget, context) => {
  const problem = (path: readonly PropertyKey[], message: string) =>
    context.addIssue({ code: 'custom', path: [...path], message });
  if (budget.actuals === 'worklogs' && budget.rates.length === 0)
    problem(['rates'], 'at least one rate, such as `{ perHour: 90 }` for everybody, where `actuals` are worklogs');
  if (budget.actuals === 'capacity' && !budget.team.some(({ perDay }) => perDay !== undefined))
    problem(['team'], 'at least one part of the team with `perDay` where `actuals` are its capacity');
  for (const [index, { role, currency: other }] of budget.rates.entries()) {
    if (role !== undefined && !Object.hasOwn(budget.roles, role))
      problem(
        ['rates', index, 'role'],
        `one of \`roles\`: ${Object.keys(budget.roles).join(', ') || 'none is defined'}`,
      );
    if (other !== undefined && other !== budget.currency && !Object.hasOwn(budget.exchange, other))
      problem(['rates', index, 'currency'], `${budget.currency}, or a currency that \`exchange\` names`);
  }
  const people = Object.values(budget.roles).flat();
  const twice = people.find((id, index) => people.indexOf(id) !== index);
  if (twice !== undefined) problem(['roles'], 'each person in one role only');
});

/** How core reads a budget: money in minor units, overhead and exchange worked into the rates. */
export function budgetSettings(budget: Shape): BudgetSettings {
  const digits = minorDigits(budget.currency);
  const minor = (amount: number) => amount * 10 ** digits;
  return {
    amount: Math.round(minor(budget.amount)),
    currency: budget.currency,
    from: budget.from,
    actuals: budget.actuals,
    rates: budget.rates.map(({ person, role, perHour, currency: own, overhead, from, to }) => ({
      person: person ?? null,
      role: role ?? null,
      perHour: minor(perHour) * exchangeOf(budget, own).rate * (overhead ?? budget.overhead),
      ...driftOf(exchangeOf(budget, own)),
      from: from ?? null,
      to: to ?? null,
    })),
    roles: budget.roles,
    team: budget.team.map(({ people, perDay, allocation, from, to }) => ({
      people,
      perDay: perDay === undefined ? null : minor(perDay) * budget.overhead,
      allocation,
      from: from ?? null,
      to: to ?? null,
    })),
    hoursPerDay: budget.hoursPerDay,
    focus: budget.focus,
  };
}

function exchangeOf({ currency: own, exchange }: Shape, other: string | undefined): z.infer<typeof fixing> {
  const rate = other === undefined || other === own ? 1 : exchange[other]!;
  return typeof rate === 'number' ? { rate, now: rate } : rate;
}

function driftOf({ rate, now }: z.infer<typeof fixing>): { readonly drift?: number } {
  return now === rate ? {} : { drift: now / rate - 1 };
}
