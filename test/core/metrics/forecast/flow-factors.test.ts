import * as fc from '../../../property.ts';
import { describe, expect, it } from 'vitest';
import { learnFlowFactors, splitsOfFlow } from '../../../../src/core/metrics/forecast/flow-factors.ts';
import { areCountsLikely, chanceOfItems } from '../../../../src/core/metrics/forecast/forecast.ts';
import { leastLikely, mix, mostLikely } from '../../../../src/core/metrics/forecast/mixture.ts';
import { fitPace } from '../../../../src/core/metrics/forecast/pace.ts';
import { whenDays } from '../../../../src/core/metrics/forecast/when.ts';
import { chanceOfPlan, daysOfPlan } from '../../../../src/core/metrics/forecast/work-plan.ts';
import { aCalendar } from '../../../builders.ts';

describe('what the team finishes besides', () => {
  it.each([
    ['nothing is finished', [], null],
    ['a milestone without an origin', [[]], null],
    ['one week of one milestone', [[{ need: 10, finished: 60 }]], [2, 2, 2, 2, 2]],
    [
      'each milestone weighs the same, however many weeks it has',
      [
        [{ need: 10, finished: 60 }],
        [
          { need: 20, finished: 20 },
          { need: 12, finished: 32 },
          { need: 5, finished: 25 },
        ],
      ],
      [0.5, 1, 1, 2, 2],
    ],
  ])('%s', (_, past, expected) => {
    expect(learnFlowFactors(past)).toEqual(expected);
  });

  it('is never less than the items themselves, and nothing for no items', () => {
    expect(splitsOfFlow([0.5, 2, 3], 10)).toEqual([1.5, 6, 9]);
    expect(splitsOfFlow([0.1, 0.5], 100)).toEqual([1, 1]);
    expect(splitsOfFlow([2], 0)).toEqual([1]);
  });
});

const pace = fitPace({ weekly: [3, 5, 2, 6, 4, 4, 7, 3, 5, 4, 6, 2], priorPace: 4 });

describe('several counts, each as likely as the others', () => {
  const count = fc.integer({ min: 1, max: 400 });
  const weeks = fc.double({ min: 0.2, max: 120, noNaN: true });

  it('are as likely as the mean over them', () => {
    fc.assert(
      fc.property(
        fc.array(count, { minLength: 1, maxLength: 5 }),
        weeks,
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (counts, ahead, probability) => {
          const horizon = { weeks: ahead };
          const mean = counts.reduce((sum, items) => sum + chanceOfItems(pace, items, horizon), 0) / counts.length;
          fc.pre(Math.abs(mean - probability) > 1e-9);
          expect(areCountsLikely(pace, counts, { horizon, probability })).toBe(mean > probability);
        },
      ),
    );
  });

  it('lie within what mean and variance alone allow', () => {
    fc.assert(
      fc.property(count, weeks, (items, ahead) => {
        const mixture = mix(pace, { weeks: ahead });
        const chance = chanceOfItems(pace, items, { weeks: ahead });
        expect(chance).toBeLessThanOrEqual(mostLikely(mixture, items) + 1e-12);
        expect(chance).toBeGreaterThanOrEqual(leastLikely(mixture, items) - 1e-12);
      }),
    );
  });
});

describe('a plan of work', () => {
  const grid = { from: '2026-11-23', calendar: aCalendar() } as const;
  const levels = [0.5, 0.85];
  const whole = { work: 20, share: 1, later: null };

  it('is a number of items when nothing else is known of it', () => {
    expect(daysOfPlan(pace, whole, levels, grid)).toEqual(whenDays(pace, 20, levels, grid));
  });

  it('takes longer with a part of the team', () => {
    const half = { ...whole, share: 0.5 };
    expect(daysOfPlan(pace, half, levels, grid)).toEqual(whenDays(pace, 20, levels, { ...grid, capacity: () => 0.5 }));
    expect(chanceOfPlan(pace, half, '2027-01-15', grid)).toBeLessThan(chanceOfPlan(pace, whole, '2027-01-15', grid));
  });

  it('is done with the later of what can start and what cannot', () => {
    const later = { work: 5, startsOn: '2027-06-07' } as const;
    expect(daysOfPlan(pace, { ...whole, later }, levels, grid)).toEqual(
      whenDays(pace, 5, levels, { ...grid, startsOn: '2027-06-07' }),
    );
    const soon = { ...whole, later: { work: 1, startsOn: '2026-11-30' } } as const;
    expect(daysOfPlan(pace, soon, levels, grid)).toEqual(whenDays(pace, 20, levels, grid));
    expect(chanceOfPlan(pace, { ...whole, later }, '2027-06-04', grid)).toBe(0);
  });
});
