import * as fc from '../../../property.ts';
import { describe, expect, it } from 'vitest';
import { chanceOfItems, howMany } from '../../../../src/core/metrics/forecast/forecast.ts';
import { fitPace } from '../../../../src/core/metrics/forecast/pace.ts';
import { chanceByDay, horizonTo, whenDays, whenWeeks } from '../../../../src/core/metrics/forecast/when.ts';
import { mix } from '../../../../src/core/metrics/forecast/mixture.ts';
import type { Pace } from '../../../../src/core/metrics/forecast/pace.ts';
import { createCalendar } from '../../../../src/core/time/calendar.ts';
import { openZone } from '../../../../src/core/time/zone.ts';

/** T15 of metrics.md. */
const t15 = fitPace({ weekly: [3, 5, 2, 6, 4, 4, 7, 3, 5, 4, 6, 2], priorPace: 4 });
const inWeeks = (weeks: number) => ({ weeks });
const calendar = createCalendar({ zone: openZone('UTC') });
const grid = { from: '2026-11-24', calendar } as const;

describe('fitting', () => {
  it('gives noise and speeds of T15', () => {
    expect(t15.noise).toBeCloseTo(1.829291, 6);
    const expected = [
      [0.85, 13.392277, 3.179355],
      [0.92, 18.926428, 4.458768],
      [0.97, 24.784254, 5.838995],
    ];
    t15.speeds.forEach(({ discount, alpha, beta }, index) => {
      expect(discount).toBe(expected[index]![0]);
      expect(alpha).toBeCloseTo(expected[index]![1]!, 6);
      expect(beta).toBeCloseTo(expected[index]![2]!, 6);
    });
  });
  it('speaks by the prior alone without data (T15b)', () => {
    const pace = fitPace({ weekly: [], priorPace: 5 });
    expect(pace).toEqual({
      noise: 3,
      weeks: 0,
      speeds: [0.85, 0.92, 0.97].map((discount) => ({ discount, alpha: 1.5, beta: 0.3 })),
    });
    expect([howMany(pace, 0.5, inWeeks(4)), howMany(pace, 0.85, inWeeks(4))]).toEqual([15, 4]);
  });
  it('gives T15c', () => {
    const pace = fitPace({ weekly: [0, 0, 9], priorPace: 5 });
    expect(pace.noise).toBeCloseTo(3.730641, 6);
    expect([howMany(pace, 0.5, inWeeks(4)), howMany(pace, 0.85, inWeeks(4))]).toEqual([12, 4]);
  });
  it('keeps the usual noise with one week', () => {
    expect(fitPace({ weekly: [40], priorPace: 5 }).noise).toBe(3);
  });
  it('takes a team that finished nothing for slow, not for impossible', () => {
    const pace = fitPace({ weekly: Array<number>(30).fill(0), priorPace: 5 });
    expect(pace.noise).toBeGreaterThanOrEqual(1);
    expect(howMany(pace, 0.85, inWeeks(4))).toBe(0);
    expect(chanceOfItems(pace, 1, inWeeks(4))).toBeGreaterThan(0);
    expect(whenWeeks(pace, 50, 0.85)).toBeNull();
  });
  it.each([
    ['a thin week joins the next', [4, 1, 5], [1, 0.1, 0.9], [4, 6], [1, 1]],
    ['two thin weeks join the next', [4, 1, 1, 5], [1, 0.1, 0, 0.9], [4, 7], [1, 1]],
    ['thin weeks join up until they are enough', [4, 1, 2, 5], [1, 0.1, 0.15, 1], [4, 3, 5], [1, 0.25, 1]],
    ['a thin last week joins the one before', [4, 5, 1], [1, 1, 0.1], [4, 6], [1, 1.1]],
    ['0.2 stands for itself', [4, 1], [1, 0.2], [4, 1], [1, 0.2]],
    ['a week of no capacity at all says nothing', [0], [0], [], []],
    ['two weeks of no capacity neither', [0, 0], [0, 0], [], []],
  ])('%s', (_, weekly, exposure, mergedWeekly, mergedExposure) => {
    const { noise, speeds, weeks } = fitPace({ weekly, exposure, priorPace: 4 });
    const merged = fitPace({ weekly: mergedWeekly, exposure: mergedExposure, priorPace: 4 });
    expect(weeks).toBe(mergedWeekly.length);
    expect(noise).toBeCloseTo(merged.noise, 12);
    speeds.forEach(({ alpha, beta }, index) => {
      expect(alpha).toBeCloseTo(merged.speeds[index]!.alpha, 12);
      expect(beta).toBeCloseTo(merged.speeds[index]!.beta, 12);
    });
  });
  it('reads half a week of capacity as such', () => {
    // By hand: rates 4 and 8 a normal week, squared difference 16 over 1/1 + 1/0.5 = 3; weights 0.98 and 1.
    const { noise } = fitPace({ weekly: [4, 4], exposure: [1, 0.5], priorPace: 4 });
    const mean = (0.98 * 4 + 4) / (0.98 + 0.5);
    expect(noise).toBeCloseTo(Math.max(1, (16 / 3 / mean + 8 * 3) / (1 + 8)), 12);
  });
  it.each([
    [{ weekly: [1], exposure: [], priorPace: 1 }, 'expected 1 exposures'],
    [{ weekly: [1], priorPace: 0 }, 'expected a prior pace above 0'],
    [{ weekly: [-1], priorPace: 1 }, 'expected counts'],
    [{ weekly: [Number.NaN], priorPace: 1 }, 'expected counts'],
  ])('refuses %j', (input, message) => {
    expect(() => fitPace(input)).toThrow(message);
  });
});

describe('how many and when', () => {
  it('give T15', () => {
    const sums = mix(t15, inWeeks(4)).map(({ mean, variance }) => [mean, variance, mean ** 2 / (variance - mean)]);
    const expected = [
      [16.849051, 57.007675, 7.06923],
      [16.979064, 48.05775, 9.276088],
      [16.978439, 43.169202, 11.006452],
    ];
    for (const [speed, own] of expected.entries())
      for (const [index, value] of own.entries()) expect(sums[speed]![index]).toBeCloseTo(value, 5);
    expect(chanceOfItems(t15, 20, inWeeks(4))).toBeCloseTo(0.320777, 6);
    expect([0.5, 0.7, 0.85, 0.95].map((p) => howMany(t15, p, inWeeks(4)))).toEqual([16, 13, 10, 7]);
    expect([0.5, 0.7, 0.85, 0.95].map((p) => whenWeeks(t15, 30, p))).toEqual([8, 9, 11, 14]);
  });
  it('know nothing to do and no time to do it in', () => {
    expect(chanceOfItems(t15, 0, inWeeks(0))).toBe(1);
    expect(chanceOfItems(t15, 1, inWeeks(0))).toBe(0);
    expect(chanceOfItems(t15, 1, { weeks: 4, exposure: 0 })).toBe(0);
    expect(howMany(t15, 0.5, inWeeks(0))).toBe(0);
    expect(whenWeeks(t15, 0, 0.85)).toBe(0);
    expect(whenDays(t15, 0, [0.5], grid)).toEqual(['2026-11-24']);
    expect(whenDays(t15, 100_000, [0.5, 0.85], grid)).toEqual([null, null]);
  });
  it('hold for a pace of nearly nothing', () => {
    const pace = fitPace({ weekly: [], priorPace: 1e-250 });
    expect(chanceOfItems(pace, 1, inWeeks(4))).toBeLessThan(1e-12);
    expect(howMany(pace, 0.05, inWeeks(4))).toBe(0);
    const calm = fitPace({ weekly: Array<number>(400).fill(0), priorPace: 1e-200 });
    expect(chanceOfItems(calm, 1, inWeeks(1))).toBe(0);
    expect(whenWeeks(calm, 1, 0.5)).toBeNull();
  });
  it('take parts of weeks, and half the capacity for half the work', () => {
    expect(howMany(t15, 0.5, inWeeks(0.2))).toBeLessThanOrEqual(1);
    expect(howMany(t15, 0.5, { weeks: 4, exposure: 2 })).toBeLessThan(howMany(t15, 0.5, inWeeks(4)));
  });
  it('refuse a chance of 0 or 1: no number of items is that sure', () => {
    for (const p of [0, 1, Number.NaN]) expect(() => howMany(t15, p, inWeeks(4))).toThrow(RangeError);
  });
  it('hold for a pace at which the chance of nothing is no number any more', () => {
    const pace = fitPace({ weekly: Array<number>(200).fill(40_000), priorPace: 40_000 });
    const p50 = howMany(pace, 0.5, inWeeks(1));
    expect(p50).toBeGreaterThan(30_000);
    expect(p50).toBeLessThan(50_000);
    expect(chanceOfItems(pace, p50, inWeeks(1))).toBeGreaterThanOrEqual(0.5);
  });
});

describe('dates', () => {
  it('are the end of the same week as whole weeks, when no day is lost', () => {
    // From a Friday, week 8 ends on the Friday eight weeks later.
    const friday = { from: '2026-11-20', calendar } as const;
    const [p50, p85] = whenDays(t15, 30, [0.5, 0.85], friday);
    for (const [day, weeks] of [
      [p50!, 8],
      [p85!, 11],
    ] as const) {
      const taken = calendar.distance('2026-11-20', day);
      expect(Math.ceil(taken / 5)).toBe(weeks);
    }
  });
  it('come back to the same chance by the running maximum', () => {
    for (const p of [0.5, 0.7, 0.85, 0.95]) {
      const day = whenDays(t15, 30, [p], grid)[0]!;
      expect(chanceByDay(t15, 30, day, grid)).toBeGreaterThanOrEqual(p);
      expect(chanceByDay(t15, 30, dayBefore(day), grid)).toBeLessThan(p);
    }
    expect(chanceByDay(t15, 30, '2026-11-24', grid)).toBe(0);
    expect(chanceByDay(t15, 30, '2020-01-01', grid)).toBe(0);
    expect(chanceByDay(t15, 0, '2020-01-01', grid)).toBe(1);
  });
  it('move out by holidays, half days and absences', () => {
    const [plain] = whenDays(t15, 20, [0.85], grid);
    const christmas = createCalendar({
      zone: openZone('UTC'),
      holidays: ['2026-12-24', '2026-12-25'],
      halfDays: ['2026-12-23', '2026-12-22'],
    });
    const [later] = whenDays(t15, 20, [0.85], { from: '2026-11-24', calendar: christmas });
    expect(calendar.distance(plain!, later!)).toBe(3);
    const [half] = whenDays(t15, 20, [0.85], { ...grid, capacity: () => 0.5 });
    expect(half! > later!).toBe(true);
    expect(horizonTo('2026-12-24', { from: '2026-12-21', calendar: christmas })).toMatchObject({
      weeks: 0.2,
      exposure: 0.2,
    });
    expect(horizonTo('2026-11-24', grid)).toMatchObject({ weeks: 0 });
  });
  it('reckon a week of six working days as one week', () => {
    const six = createCalendar({ zone: openZone('UTC'), weekend: ['sun'] });
    expect(horizonTo('2026-11-29', { from: '2026-11-22', calendar: six }).weeks).toBe(1);
    expect(
      whenDays(t15, 20, [0.5], {
        from: '2026-11-22',
        calendar: createCalendar({ zone: openZone('UTC'), weekend: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] }),
      }),
    ).toEqual([null]);
  });
});

function dayBefore(day: string): `${number}-${number}-${number}` {
  return new Date(Date.parse(`${day}T00:00Z`) - 86_400_000)
    .toISOString()
    .slice(0, 10) as `${number}-${number}-${number}`;
}

/** The sum as metrics.md 3.3 writes it: in logarithms from the first term on. */
function slowChance(pace: Pace, items: number, weeks: number, exposure: number): number {
  const sums = pace.speeds.map(({ discount, alpha, beta }) => {
    const m = (exposure * alpha) / beta;
    const alphaH = alpha / (1 + ((1 / discount - 1) * Math.min(weeks, 8)) / 3);
    const v = pace.noise * m + m ** 2 / alphaH;
    const r = m ** 2 / (v - m);
    const p = r / (r + m);
    let log = r * Math.log(p);
    let sum = 0;
    for (let k = 0; k < items; k++) {
      if (k > 0) log += Math.log(k - 1 + r) - Math.log(k) + Math.log(1 - p);
      sum += Math.exp(log);
    }
    return sum;
  });
  return 1 - sums.reduce((a, b) => a + b) / 3;
}

const somePace = fc
  .record({
    weeks: fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.double({ min: 0, max: 1.2, noNaN: true })), {
      maxLength: 60,
    }),
    priorPace: fc.double({ min: 0.1, max: 20, noNaN: true }),
  })
  .map(({ weeks, priorPace }) =>
    fitPace({ weekly: weeks.map(([done]) => done), exposure: weeks.map(([, part]) => part), priorPace }),
  );
const someOdds = fc.constantFrom(0.05, 0.15, 0.5, 0.7, 0.85, 0.95, 0.99);
const someItems = fc.integer({ min: 1, max: 120 });
const someWeeks = fc.double({ min: 0.2, max: 30, noNaN: true });

describe('for any history', () => {
  it('the fit is finite, the noise at least 1', () =>
    fc.assert(
      fc.property(somePace, ({ noise, speeds }) => {
        expect(noise).toBeGreaterThanOrEqual(1);
        for (const { alpha, beta } of speeds) expect(alpha > 0 && beta > 0 && Number.isFinite(alpha / beta)).toBe(true);
      }),
    ));
  it('the chance is the sum of metrics.md 3.3', () =>
    fc.assert(
      fc.property(
        somePace,
        someItems,
        someWeeks,
        fc.double({ min: 0.1, max: 1, noNaN: true }),
        (pace, items, weeks, share) => {
          expect(chanceOfItems(pace, items, { weeks, exposure: weeks * share })).toBeCloseTo(
            slowChance(pace, items, weeks, weeks * share),
            9,
          );
        },
      ),
    ));
  it('T_p <= h exactly when Q_p(h) >= N, up to the running maximum', () =>
    fc.assert(
      fc.property(somePace, someItems, someOdds, (pace, items, p) => {
        const enough = (weeks: number) => howMany(pace, p, inWeeks(weeks)) >= items;
        const when = whenWeeks(pace, items, p);
        const last = Math.min(when ?? 260, 60);
        for (let weeks = 1; weeks < last; weeks++) expect(enough(weeks)).toBe(false);
        expect(when === null || enough(when)).toBe(true);
        // Beyond the growing uncertainty of the first eight weeks, what was enough stays enough.
        expect(when === null || when <= 8 || enough(when + 5)).toBe(true);
      }),
      { numRuns: 60 },
    ));
  it('Q_p does not rise with p nor fall with E', () =>
    fc.assert(
      fc.property(somePace, someWeeks, (pace, weeks) => {
        const byOdds = [0.05, 0.15, 0.5, 0.7, 0.85, 0.95, 0.99].map((p) => howMany(pace, p, inWeeks(weeks)));
        expect(byOdds).toEqual(byOdds.toSorted((a, b) => b - a));
        const byExposure = [0.1, 0.5, 0.9, 1, 1.5, 3].map((share) =>
          howMany(pace, 0.85, { weeks, exposure: weeks * share }),
        );
        expect(byExposure).toEqual(byExposure.toSorted((a, b) => a - b));
      }),
    ));
  it('a date is the first working day that reaches the chance', () =>
    fc.assert(
      fc.property(somePace, someItems, someOdds, (pace, items, p) => {
        const looked = Array.from({ length: 150 }, (_, index) => calendar.add('2026-11-24', index + 1));
        const first = looked.find((_, index) => chanceOfItems(pace, items, inWeeks((index + 1) / 5)) >= p) ?? null;
        const [day = null] = whenDays(pace, items, [p], grid);
        // Dates beyond those that were looked at one by one count as none.
        expect(day !== null && day > looked.at(-1)! ? null : day).toBe(first);
      }),
      { numRuns: 60 },
    ));
  it('is the same each time it is asked', () =>
    fc.assert(
      fc.property(somePace, someItems, someOdds, (pace, items, p) => {
        expect(whenDays(pace, items, [p], grid)).toEqual(whenDays(pace, items, [p], grid));
      }),
      { numRuns: 20 },
    ));
});
