import { describe, expect, it } from 'vitest';
import { dailyBootstrap, dailyBootstrapOfWeeks, weeklyBootstrap } from '../../../src/core/backtest/rivals.ts';
import { bootstrapCoverage } from '../../../src/core/backtest/verdict.ts';
import type { Chances } from '../../../src/core/metrics/forecast/distribution.ts';

const meanOf = (chances: Chances) => chances.reduce((sum, chance, count) => sum + chance * count, 0);
const varianceOf = (chances: Chances) =>
  chances.reduce((sum, chance, count) => sum + chance * (count - meanOf(chances)) ** 2, 0);
const total = (chances: Chances) => chances.reduce((sum, chance) => sum + chance, 0);

describe('the weekly bootstrap', () => {
  it('is what drawing by hand gives', () => {
    // Two draws from {0, 1}: 0, 1, 2 with 1/4, 1/2, 1/4.
    expect([...weeklyBootstrap([0, 1], 2)]).toEqual([0.25, 0.5, 0.25]);
  });
  it('has the mean and variance of a sum of independent weeks', () => {
    const weekly = [3, 5, 2, 6, 4, 4, 7, 3, 5, 4, 6, 2];
    const sum = weeklyBootstrap(weekly, 12);
    expect(total(sum)).toBeCloseTo(1, 9);
    expect(meanOf(sum)).toBeCloseTo(51, 6);
    expect(varianceOf(sum)).toBeCloseTo(12 * (245 / 12 - 4.25 ** 2), 5);
  });
  it('looks at the last 26 weeks only', () => {
    const sum = weeklyBootstrap([...Array<number>(30).fill(90), ...Array<number>(26).fill(2)], 3);
    expect(sum).toHaveLength(7);
    expect(sum[6]).toBeCloseTo(1, 12);
  });
  it('knows nothing without weeks', () => {
    expect([...weeklyBootstrap([], 4)]).toEqual([1]);
  });
});

describe('the daily bootstrap', () => {
  it('draws seven days a week from the last 84', () => {
    const daily = [
      ...Array<number>(50).fill(100),
      ...Array<number>(84)
        .fill(0)
        .map((_, day) => Number(day % 7 < 5)),
    ];
    const sum = dailyBootstrap(daily, 2);
    expect(meanOf(sum)).toBeCloseTo((14 * 5) / 7, 6);
    expect(varianceOf(sum)).toBeCloseTo(14 * (5 / 7) * (2 / 7), 6);
  });
  it('of weeks alone has their mean, and the noise of items that fall on days by chance', () => {
    const sum = dailyBootstrapOfWeeks(Array<number>(12).fill(5), 1);
    expect(total(sum)).toBeCloseTo(1, 9);
    expect(meanOf(sum)).toBeCloseTo(5, 6);
    // A day: 5/7 of a binomial of 5 with 1/5; its second moment is 5/7 * (0.8 + 1).
    expect(varianceOf(sum)).toBeCloseTo(7 * ((5 / 7) * 1.8 - (5 / 7) ** 2), 6);
  });
});

describe('what a bootstrap can keep (T27)', () => {
  it.each([
    [12, 4, 0.8153],
    [12, 12, 0.7682],
    [12, 26, 0.7199],
    [26, 12, 0.8044],
    [26, 26, 0.7682],
    [52, 12, 0.8249],
  ])('from %d weeks for %d ahead is %d', (past, future, expected) => {
    expect(bootstrapCoverage(0.85, past, future)).toBeCloseTo(expected, 4);
  });
});
