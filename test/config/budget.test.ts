import { describe, expect, it } from 'vitest';
import { budgetConfig, budgetSettings } from '../../src/config/budget.ts';

const usual = { amount: 240_000, currency: 'EUR', from: '2026-06-01', actuals: 'worklogs', rates: [{ perHour: 90 }] };
const read = (parts: object) => budgetSettings(budgetConfig.parse({ ...usual, ...parts }));

describe('a budget in the config', () => {
  it('is money in minor units, with overhead and the fixed exchange in the rates', () => {
    const made = read({
      overhead: 1.5,
      exchange: { USD: 0.5 },
      roles: { dev: ['u1'] },
      rates: [
        { perHour: 90 },
        { role: 'dev', perHour: 100, currency: 'USD', overhead: 2, to: '2026-12-31' },
        { person: 'u2', perHour: 80.5, from: '2026-07-01' },
      ],
      team: [{ people: 4, perDay: 600 }],
    });
    expect(made.amount).toBe(24_000_000);
    expect(made.rates.map(({ perHour }) => perHour)).toEqual([13_500, 10_000, 12_075]);
    expect(made.rates[1]).toMatchObject({ role: 'dev', person: null, from: null, to: '2026-12-31' });
    expect(made.team).toEqual([{ people: 4, perDay: 90_000, allocation: 1, from: null, to: null }]);
    const drifting = read({ exchange: { USD: { rate: 0.5, now: 0.6 } }, rates: [{ perHour: 1, currency: 'USD' }] });
    expect(drifting.rates[0]).toMatchObject({ perHour: 50, drift: expect.closeTo(0.2, 12) });
    expect(read({ currency: 'JPY' })).toMatchObject({ amount: 240_000, rates: [{ perHour: 90 }] });
  });

  it.each<[string, object, string]>([
    ['no rate', { rates: [] }, 'at least one rate'],
    ['a team without rates', { actuals: 'capacity', team: [{ people: 2 }] }, '`perDay`'],
    ['a role that nobody defined', { rates: [{ role: 'dev', perHour: 1 }] }, 'one of `roles`: none is defined'],
    ['a currency without its exchange', { rates: [{ perHour: 1, currency: 'USD' }] }, 'that `exchange` names'],
    ['a currency that is none', { currency: 'EURO' }, 'such as EUR'],
    ['a currency that no country has', { currency: 'QQQ' }, 'such as EUR'],
    ['a person and a role', { rates: [{ person: 'u1', role: 'dev', perHour: 1 }] }, 'either `person` or `role`'],
    [
      'an end before its beginning',
      { rates: [{ perHour: 1, from: '2026-02-02', to: '2026-02-01' }] },
      '`to` on the day',
    ],
    ['one person twice', { roles: { dev: ['u1'], ux: ['u1'] } }, 'one role only'],
    ['both sources', { actuals: 'both' }, 'worklogs'],
  ])('refuses %s', (_, parts, message) => {
    const { error } = budgetConfig.safeParse({ ...usual, ...parts });
    expect(error?.issues.map((issue) => issue.message).join('\n')).toContain(message);
  });
});
