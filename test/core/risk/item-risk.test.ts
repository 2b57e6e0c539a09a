import * as fc from '../../property.ts';
import { expect, it } from 'vitest';
import { itemRisk } from '../../../src/core/risk/item-risk.ts';

it('adds weights to the odds that time gives (T26)', () => {
  const reasons = { NO_ACTIVITY: 0.9, OWNER_OVERLOADED: 0.5, OWNER_LATE_HISTORY: 0.4 };
  const { probability, contributions } = itemRisk(0.35, reasons);
  expect(probability).toBeCloseTo(0.765121, 6);
  expect(contributions.NO_ACTIVITY).toBeCloseTo(0.765121 - 1 / (1 + Math.exp(0.619039 - 0.9)), 5);
});

it.each([
  ['certain by time alone', 1, 0.98],
  ['impossible by time alone', 0, 0.02],
])('leaves room for reasons where it is %s', (_, time, held) => {
  expect(itemRisk(time, {})).toEqual({ probability: expect.closeTo(held, 12), contributions: {} });
});

const reasons = fc.dictionary(fc.string({ minLength: 1, maxLength: 4 }), fc.double({ min: 0, max: 5, noNaN: true }), {
  maxKeys: 8,
  noNullPrototype: true,
});

it('never rises when a reason is taken away', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), reasons, (time, all) => {
      const whole = itemRisk(time, all);
      for (const code of Object.keys(all)) {
        const { [code]: _left, ...others } = all;
        const without = itemRisk(time, others).probability;
        expect(without).toBeLessThanOrEqual(whole.probability + 1e-12);
        expect(whole.contributions[code]).toBeCloseTo(whole.probability - without, 9);
      }
    }),
  );
});
