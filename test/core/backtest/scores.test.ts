import * as fc from '../../property.ts';
import { describe, expect, it } from 'vitest';
import { crps, pinball } from '../../../src/core/backtest/scores.ts';

/** T17 of metrics.md. */
const cdf = [0.05, 0.15, 0.35, 0.65, 0.85, 0.95, 1];

describe('CRPS', () => {
  it.each([
    [4, 0.595],
    [0, 2.195],
  ])('of T17 for %d', (observed, expected) => {
    expect(crps(cdf, observed)).toBeCloseTo(expected, 12);
  });
  it('counts one an item beyond the end of the distribution', () => {
    expect(crps(cdf, 9) - crps(cdf, 7)).toBeCloseTo(2, 12);
  });
  it('is 0 for a forecast that was sure and right', () => {
    expect(crps([0, 0, 0, 1], 3)).toBe(0);
  });
  it('of a sure forecast is the distance', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(40), (sure, observed) => {
        const step = Array.from({ length: 41 }, (_, count) => Number(count >= sure));
        expect(crps(step, observed)).toBe(Math.abs(sure - observed));
      }),
    );
  });
  it.each([
    [[0.5, 0.4, 1], 1],
    [[0.5, 1.2], 1],
    [[0.5, Number.NaN], 1],
    [[1], -1],
    [[1], 0.5],
  ])('refuses %j observed %d', (wrong, observed) => {
    expect(() => crps(wrong, observed)).toThrow(RangeError);
  });
});

describe('pinball loss', () => {
  it.each([
    [7, 10, 2.55],
    [14, 10, 0.6],
    [10, 10, 0],
  ])('of T17 for %d against %d', (observed, value, expected) => {
    expect(pinball({ value, level: 0.15 }, observed)).toBeCloseTo(expected, 12);
  });
  it('integrates to half the CRPS over all levels', () => {
    const levels = Array.from({ length: 20_000 }, (_, index) => (index + 0.5) / 20_000);
    for (const observed of [0, 4, 6]) {
      const losses = levels.map((level) =>
        pinball({ value: cdf.findIndex((chance) => chance >= level), level }, observed),
      );
      expect((2 * losses.reduce((sum, loss) => sum + loss, 0)) / levels.length).toBeCloseTo(crps(cdf, observed), 3);
    }
  });
  it('refuses a level that is none', () => {
    expect(() => pinball({ value: 3, level: 85 }, 3)).toThrow('expected a level from 0 to 1, found 85');
  });
});
