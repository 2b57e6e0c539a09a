import * as fc from '../../../property.ts';
import { describe, expect, it } from 'vitest';
import { effectiveItems, learnSplits, outgrows, usualSplits } from '../../../../src/core/metrics/forecast/demand.ts';
import type { Growth } from '../../../../src/core/metrics/forecast/demand.ts';
import { chanceOfItems } from '../../../../src/core/metrics/forecast/forecast.ts';
import { fitPace } from '../../../../src/core/metrics/forecast/pace.ts';
import type { Pace } from '../../../../src/core/metrics/forecast/pace.ts';
import { chanceByDay, whenDays, whenWeeks } from '../../../../src/core/metrics/forecast/when.ts';
import { createCalendar } from '../../../../src/core/time/calendar.ts';
import { addDays } from '../../../../src/core/time/day.ts';
import { openZone } from '../../../../src/core/time/zone.ts';

const pace = fitPace({ weekly: [3, 5, 2, 6, 4, 4, 7, 3, 5, 4, 6, 2], priorPace: 4 });
const slow = fitPace({ weekly: [0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0], priorPace: 0.25 });
const still: Growth = { splits: [1], arrivals: null };
const calendar = createCalendar({ zone: openZone('UTC') });
const grid = { from: '2026-11-24', calendar } as const;

describe('splits', () => {
  it('are, without history, the five points of the triangle 1, 1.3, 3', () => {
    const cdf = (x: number) => (x < 1.3 ? (x - 1) ** 2 / (2 * 0.3) : 1 - (3 - x) ** 2 / (2 * 1.7));
    expect(usualSplits().map((factor) => Number(cdf(factor).toFixed(9)))).toEqual([0.05, 0.25, 0.5, 0.75, 0.95]);
  });
  it.each([
    [[{ promised: 10, finished: 13 }], null],
    [
      [
        { promised: 10, finished: 13 },
        { promised: 4, finished: 8 },
        { promised: 0, finished: 5 },
        { promised: 10, finished: 7 },
      ],
      [1, 1.3, 2],
    ],
  ])('are learned from %j', (closed, expected) => {
    expect(learnSplits(closed)).toEqual(expected);
  });
  it('make whole items', () => {
    expect(effectiveItems({ items: 10, growth: { ...still, splits: [1, 1.1, 1.25, 3] } })).toEqual([10, 11, 13, 30]);
  });
  it('give the mean of the chances of each', () => {
    const chances = [20, 24, 40].map((items) => chanceOfItems(pace, items, { weeks: 5 }));
    expect(chanceOfItems(pace, { items: 20, growth: { ...still, splits: [1, 1.2, 2] } }, { weeks: 5 })).toBeCloseTo(
      (chances[0]! + chances[1]! + chances[2]!) / 3,
      12,
    );
  });
});

describe('discovery', () => {
  const growing: Growth = { splits: [1], arrivals: slow };
  it('is the sum over what may come in', () => {
    const horizon = { weeks: 6 };
    let expected = 0;
    for (let more = 0; more < 60; more++) {
      const atMost = 1 - chanceOfItems(slow, more + 1, horizon);
      const less = 1 - chanceOfItems(slow, more, horizon);
      expected += (atMost - less) * chanceOfItems(pace, 20 + more, horizon);
    }
    expect(chanceOfItems(pace, { items: 20, growth: growing }, horizon)).toBeCloseTo(expected, 6);
  });
  it('changes nothing when nothing grows', () => {
    for (const items of [0, 1, 20, 80])
      expect(chanceOfItems(pace, { items, growth: still }, { weeks: 7 })).toBe(
        chanceOfItems(pace, items, { weeks: 7 }),
      );
  });
  it('makes a date later, never earlier', () => {
    const plain = whenDays(pace, 30, [0.5, 0.85], grid);
    const grown = whenDays(pace, { items: 30, growth: growing }, [0.5, 0.85], grid);
    expect(grown[0]! > plain[0]!).toBe(true);
    expect(grown[1]! > plain[1]!).toBe(true);
  });
  it('that is as fast as delivery leaves no date', () => {
    expect(outgrows(pace, pace)).toBe(true);
    expect(outgrows(slow, pace)).toBe(false);
    expect(outgrows(null, pace)).toBe(false);
    expect(whenWeeks(pace, { items: 60, growth: { splits: [1], arrivals: pace } }, 0.85)).toBeNull();
  });
  it('is not waited for when nothing is left to do', () => {
    expect(chanceOfItems(pace, { items: 0, growth: growing }, { weeks: 0 })).toBe(1);
    expect(whenDays(pace, { items: 0, growth: growing }, [0.85], grid)).toEqual([grid.from]);
  });
});

const paces = fc
  .array(fc.nat(12), { minLength: 1, maxLength: 30 })
  .map((weekly): Pace => fitPace({ weekly, priorPace: 5 }));
const growths = fc.record({
  splits: fc.array(fc.double({ min: 1, max: 3, noNaN: true }), { minLength: 1, maxLength: 5 }),
  arrivals: fc.option(
    fc.array(fc.nat(2), { minLength: 4, maxLength: 20 }).map((weekly) => fitPace({ weekly, priorPace: 0.25 })),
  ),
});

it('P(done) is a chance, falls with the items, and is the less the more comes in', () => {
  fc.assert(
    fc.property(paces, growths, fc.nat(60), fc.integer({ min: 0, max: 30 }), (team, growth, items, weeks) => {
      const chance = chanceOfItems(team, { items, growth }, { weeks });
      expect(chance).toBeGreaterThanOrEqual(0);
      expect(chance).toBeLessThanOrEqual(1);
      expect(chanceOfItems(team, { items: items + 1, growth }, { weeks })).toBeLessThanOrEqual(chance + 1e-12);
      expect(chance).toBeLessThanOrEqual(chanceOfItems(team, items, { weeks }) + 1e-6);
    }),
    { numRuns: 60 },
  );
});

it('the day for a chance is the first on which the chance is reached, growing or not', () => {
  fc.assert(
    fc.property(
      paces,
      growths,
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom(0.5, 0.85),
      (team, growth, items, p) => {
        const work = { items, growth };
        const on = whenDays(team, work, [p], grid)[0]!;
        if (on === null) return;
        expect(chanceByDay(team, work, on, grid)).toBeGreaterThanOrEqual(p);
        expect(chanceByDay(team, work, addDays(on, -1), grid)).toBeLessThan(p);
      },
    ),
    { numRuns: 40 },
  );
});

describe('a start that is still to come', () => {
  it('shifts the days', () => {
    // Monday 7 December is the ninth working day after 24 November.
    const later = { ...grid, startsOn: '2026-12-07' } as const;
    expect(whenDays(pace, 20, [0.85], later)).toEqual(whenDays(pace, 20, [0.85], { ...grid, from: '2026-12-06' }));
    expect(chanceByDay(pace, 1, '2026-12-04', later)).toBe(0);
    expect(whenDays(pace, 20, [0.85], { ...grid, startsOn: '2026-01-01' })).toEqual(whenDays(pace, 20, [0.85], grid));
  });
});
