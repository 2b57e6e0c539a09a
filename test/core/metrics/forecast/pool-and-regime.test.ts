import { describe, expect, it } from 'vitest';
import { cdfOf, chanceOfItems, howMany } from '../../../../src/core/metrics/forecast/forecast.ts';
import { fitPace } from '../../../../src/core/metrics/forecast/pace.ts';
import { reformedIn, weightsSince } from '../../../../src/core/metrics/forecast/regime.ts';

const one = fitPace({ weekly: [3, 5, 2, 6, 4, 4, 7, 3, 5, 4, 6, 2], priorPace: 4 });
const other = fitPace({ weekly: [1, 0, 2, 1, 3, 0, 1, 1, 2, 0, 1, 2], priorPace: 4 });

function moments(cdf: Float64Array): { mean: number; variance: number } {
  let mean = 0;
  let square = 0;
  cdf.forEach((chance, count) => {
    const mass = chance - (count > 0 ? cdf[count - 1]! : 0);
    mean += mass * count;
    square += mass * count ** 2;
  });
  return { mean, variance: square - mean ** 2 };
}

describe('teams on one pool', () => {
  it('of one team are that team', () => {
    const horizon = { weeks: 6, exposure: 5.2 };
    expect(cdfOf({ teams: [one], correlation: 0.3 }, horizon)).toEqual(cdfOf(one, horizon));
  });
  it('add up in the mean, and in the variance as far as their paces go together', () => {
    const horizon = { weeks: 6 };
    const [a, b] = [one, other].map((pace) => moments(cdfOf(pace, horizon)));
    const together = (correlation: number) => moments(cdfOf({ teams: [one, other], correlation }, horizon));
    for (const correlation of [0, 0.3, 1]) expect(together(correlation).mean / (a!.mean + b!.mean)).toBeCloseTo(1, 6);
    // The three memories are mixed after the sum, so that what is between their means comes on top.
    const between = (pace: typeof one) => {
      const means = pace.speeds.map(({ alpha, beta }) => (6 * alpha) / beta);
      const mean = (means[0]! + means[1]! + means[2]!) / 3;
      return means.map((value) => value - mean);
    };
    const cross = between(one).reduce((sum, off, index) => sum + (2 * off * between(other)[index]!) / 3, 0);
    expect(together(0).variance / (a!.variance + b!.variance + cross)).toBeCloseTo(1, 5);
    expect(together(0.3).variance).toBeGreaterThan(together(0).variance);
    expect(together(1).variance).toBeGreaterThan(together(0.3).variance);
  });
  it('are surer of little and less sure of much when they go together less', () => {
    const pool = (correlation: number) => ({ teams: [one, other], correlation });
    expect(howMany(pool(0), 0.85, { weeks: 8 })).toBeGreaterThanOrEqual(howMany(pool(1), 0.85, { weeks: 8 }));
    expect(chanceOfItems(pool(0.3), 10, { weeks: 4 })).toBeGreaterThan(chanceOfItems(one, 10, { weeks: 4 }));
  });
});

const weeksOf = (count: number, people: readonly string[]) => Array.from({ length: count }, () => people);

describe('a team that was formed anew', () => {
  const old = ['ada', 'bob', 'cyd', 'dee'];
  const young = ['eve', 'fay', 'dee', 'gus'];
  const passing = (count: number) =>
    Array.from({ length: count }, (_, week) => [1, 2, 3].map((one) => `p${week + one}`));
  it('is known by its people', () => {
    expect(reformedIn([...weeksOf(30, old), ...weeksOf(8, young)])).toBe(30);
  });
  it.each([
    ['the same people', weeksOf(40, old)],
    ['one who comes', [...weeksOf(30, old), ...weeksOf(8, [...old, 'eve'])]],
    ['many who come and nobody who leaves', [...weeksOf(30, old), ...weeksOf(8, [...old, ...young])]],
    ['people who come and go all the time', passing(60)],
    ['too few people', [...weeksOf(30, ['ada', 'bob']), ...weeksOf(8, ['eve', 'fay'])]],
    ['too short a time', [...weeksOf(30, old), ...weeksOf(3, young)]],
    ['too short a time before', [...weeksOf(20, old), ...weeksOf(8, young)]],
    ['nobody known', weeksOf(40, [])],
  ])('is not seen in %s', (_, weeks) => {
    expect(reformedIn(weeks)).toBeNull();
  });
  it('lets its past weigh a quarter, so that its own pace counts', () => {
    const given = { weekly: [...Array<number>(20).fill(12), ...Array<number>(6).fill(3)], priorPace: 5 };
    const weights = weightsSince(20, 26);
    expect(weights.slice(18, 22)).toEqual([0.25, 0.25, 1, 1]);
    expect(weightsSince(null, 3)).toEqual([1, 1, 1]);
    const median = (weighed: readonly number[]) => howMany(fitPace({ ...given, weights: weighed }), 0.5, { weeks: 8 });
    expect(median(weights)).toBeLessThan(median(weightsSince(null, 26)));
  });
  it('does not take a past that weighs less for a quieter one', () => {
    const weekly = Array.from({ length: 40 }, (_, week) => (week % 2 === 0 ? 2 : 14));
    const noise = (weights: readonly number[]) => fitPace({ weekly, weights, priorPace: 5 }).noise;
    expect(noise(weightsSince(36, 40)) / noise(weightsSince(null, 40))).toBeGreaterThan(0.7);
  });
  it('asks for a weight for each week', () => {
    expect(() => fitPace({ weekly: [1, 2], weights: [1], priorPace: 5 })).toThrow(RangeError);
  });
});
