import * as fc from '../../property.ts';
import { describe, expect, it } from 'vitest';
import { median, nearestRank, q7, wilson } from '../../../src/core/metrics/statistics.ts';

/** T10 of metrics.md. */
const sample = [2, 3, 3, 4, 5, 5, 6, 7, 8, 9, 10, 12, 13, 15, 18, 21, 25, 30, 41, 60];

describe('quantiles', () => {
  it('give vector T10, in any order', () => {
    const shuffled = sample.toReversed();
    expect([0.5, 0.85, 0.95].map((p) => nearestRank(shuffled, p))).toEqual([9, 25, 41]);
    expect(q7(shuffled, 0.5)).toBe(9.5);
    expect(q7(shuffled, 0.85)).toBeCloseTo(25.75, 10);
    expect(median(shuffled)).toBe(9.5);
    expect(shuffled).toEqual(sample.toReversed());
  });
  it('know the ends, one value and none', () => {
    for (const quantile of [q7, nearestRank]) {
      expect(quantile([], 0.5)).toBeNull();
      expect(quantile([7], 0)).toBe(7);
      expect(quantile([7], 1)).toBe(7);
      expect(quantile([3, 1, 2], 0)).toBe(1);
      expect(quantile([3, 1, 2], 1)).toBe(3);
      expect(() => quantile([1], 1.01)).toThrow('expected a probability from 0 to 1, found 1.01');
      expect(() => quantile([1, Number.NaN], 0.5)).toThrow('found NaN');
    }
  });
  it('sort as numbers, and are not led astray by 0.07 * 100 being more than 7', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
    expect(nearestRank(hundred, 0.07)).toBe(7);
    expect(nearestRank(hundred, 0.29)).toBe(29);
    expect(nearestRank([10, 9, 100], 0.5)).toBe(10);
  });
  it('the nearest rank is the smallest value with at least p of the data at or below it', () =>
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, p) => {
          const found = nearestRank(values, p)!;
          const shareUpTo = (limit: number) => values.filter((value) => value <= limit).length / values.length;
          expect(values).toContain(found);
          expect(shareUpTo(found)).toBeGreaterThanOrEqual(p);
          expect(found === Math.min(...values) || shareUpTo(found - 1) < p).toBe(true);
        },
      ),
    ));
});

describe('wilson', () => {
  it('gives the interval of T20', () => {
    const [low, high] = wilson(1, 6)!;
    expect(low).toBeCloseTo(0.0301, 4);
    expect(high).toBeCloseTo(0.5635, 4);
  });
  it('stays within 0 and 1, and is null for nothing', () => {
    expect(wilson(0, 3)![0]).toBe(0);
    expect(wilson(3, 3)![1]).toBe(1);
    const whole = Array.from({ length: 300 }, (_, index) => index + 1);
    expect(whole.filter((n) => wilson(n, n)![1] !== 1 || wilson(0, n)![0] !== 0)).toEqual([]);
    expect(wilson(0, 0)).toBeNull();
  });
});
