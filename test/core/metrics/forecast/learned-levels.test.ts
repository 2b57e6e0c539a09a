import * as fc from '../../../property.ts';
import { describe, expect, it } from 'vitest';
import { createAdaptiveLayer, toldChances } from '../../../../src/core/metrics/forecast/adaptive.ts';
import {
  calibrationOf,
  createLearner,
  learnCalibration,
  learnLevels,
} from '../../../../src/core/metrics/forecast/learned-levels.ts';
import { fitPace } from '../../../../src/core/metrics/forecast/pace.ts';
import { chanceByDay, whenDays } from '../../../../src/core/metrics/forecast/when.ts';
import { createCalendar } from '../../../../src/core/time/calendar.ts';
import { addDays } from '../../../../src/core/time/day.ts';
import { openZone } from '../../../../src/core/time/zone.ts';

const past = (weekly: readonly number[]) => ({ weekly, exposure: weekly.map(() => 1), priorPace: 5 });
const steady = Array.from({ length: 120 }, () => 6);
/** Every year the team loses half of its pace, so that what was promised is too much. */
const sinking = Array.from({ length: 120 }, (_, week) => Math.round(40 * 0.5 ** (week / 12)));

describe('what the past teaches', () => {
  it('is nothing before twelve forecasts of a bucket have matured', () => {
    // Origins 12, 16, ..., 56: the twelfth forecast of one week is over after week 57, that of eight weeks after 64.
    for (const [weeks, isLearned] of [
      [56, false],
      [57, true],
    ] as const)
      expect(learnLevels(past(steady.slice(0, weeks))).levelsOf(1) === toldChances).toBe(!isLearned);
    expect(learnLevels(past(steady.slice(0, 63))).levelsOf(8)).toBe(toldChances);
    expect(learnLevels(past(steady.slice(0, 64))).levelsOf(8)).not.toBe(toldChances);
    expect(learnLevels(past(steady)).levelsOf(40)).toBe(toldChances);
  });
  it('is to promise more where all was kept, and less where too little was', () => {
    expect(learnLevels(past(steady)).levelsOf(8)[1]!).toBeLessThan(0.85);
    expect(learnLevels(past(sinking)).levelsOf(8)[1]!).toBeGreaterThan(0.85);
  });
  it('is the same whenever it is asked, and each past is learned from once', () => {
    expect(learnLevels(past(sinking)).levelsOf(8)).toEqual(learnLevels(past(sinking)).levelsOf(8));
    const learn = createLearner();
    expect(learn(past(steady))).toBe(learn(past([...steady])));
    expect(learn(past(steady))).not.toBe(learn(past(sinking)));
  });
  it('is, of teams that share the work, what their sum would have promised; of one, its own', () => {
    const poolOf = (...teams: readonly (readonly number[])[]) => ({
      ...past(steady.map((_, week) => teams.reduce((sum, team) => sum + (team.at(week - steady.length) ?? 0), 0))),
      pool: { teams: teams.map(past), correlation: 0.3 },
    });
    const levels = (of: Parameters<typeof learnLevels>[0]) => [1, 4, 8].map((weeks) => learnLevels(of).levelsOf(weeks));
    expect(levels(poolOf(sinking))).toEqual(levels(past(sinking)));
    // A second team that came after 60 weeks was no part of the promises of before.
    const joined = poolOf(steady, steady.slice(60));
    expect(levels(joined)).not.toEqual(levels(past(joined.weekly)));
    const learn = createLearner();
    expect(learn(joined)).not.toBe(learn(past(joined.weekly)));
    expect(learn(joined)).toBe(learn(poolOf(steady, steady.slice(60))));
  });
});

describe('the scale', () => {
  it('is the plain one, to the last bit, before anything was learned', () => {
    const scale = calibrationOf(createAdaptiveLayer());
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 60 }), (chance, weeks) => {
        expect(scale.chanceOf(chance, weeks)).toBe(chance);
        expect(scale.levelOf(chance, weeks)).toBe(chance);
      }),
    );
  });
  it('rises, keeps the ends, and goes back where it came from', () => {
    for (const weekly of [steady, sinking]) {
      const scale = learnCalibration(past(weekly));
      const chances = Array.from({ length: 101 }, (_, index) => index / 100);
      const levels = chances.map((chance) => scale.levelOf(chance, 8));
      expect([levels[0], levels.at(-1)]).toEqual([0, 1]);
      levels.slice(1).forEach((level, index) => expect(level).toBeGreaterThan(levels[index]!));
      levels.forEach((level, index) => expect(scale.chanceOf(level, 8)).toBeCloseTo(chances[index]!, 12));
    }
  });
});

it('dates and chances on a learned scale agree', () => {
  const grid = { from: '2026-11-24', calendar: createCalendar({ zone: openZone('UTC') }) } as const;
  fc.assert(
    fc.property(
      fc.constantFrom(steady, sinking, steady.slice(0, 70)),
      fc.integer({ min: 1, max: 300 }),
      fc.constantFrom(0.5, 0.85, 0.95),
      (weekly, items, chance) => {
        const learned = { ...grid, calibration: learnCalibration(past(weekly)) };
        const pace = fitPace(past(weekly));
        const on = whenDays(pace, items, [chance], learned)[0]!;
        if (on === null) return;
        expect(chanceByDay(pace, items, on, learned)).toBeGreaterThanOrEqual(chance - 1e-12);
        expect(chanceByDay(pace, items, addDays(on, -1), learned)).toBeLessThan(chance + 1e-12);
      },
    ),
    { numRuns: 80 },
  );
});
