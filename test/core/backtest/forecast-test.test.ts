import { existsSync, readFileSync } from 'node:fs';
import * as fc from '../../property.ts';
import { describe, expect, it } from 'vitest';
import { backtestSeries } from '../../../src/core/backtest/backtest-series.ts';
import type { ForecastScores } from '../../../src/core/backtest/backtest.ts';
import { testForecasts, trackOfWeeks } from '../../../src/core/backtest/forecast-test.ts';
import { averageTallies, createTally } from '../../../src/core/backtest/tally.ts';
import { verdictOf } from '../../../src/core/backtest/verdict.ts';

const file = new URL('../../../../shared/data/weekly-series.json', import.meta.url).pathname;
const at = (test: { readonly horizons: readonly { readonly weeks: number }[] }, weeks: number) =>
  test.horizons.findIndex((horizon) => horizon.weeks === weeks);

describe('a rolling origin', () => {
  it('starts after twelve weeks, goes on every four, and scores only what has matured', () => {
    const test = testForecasts(trackOfWeeks(Array<number>(40).fill(4)));
    // 12, 16, ..., 36 are over before week 40.
    expect(test.origins).toBe(7);
    expect(test.horizons.map(({ weeks, n }) => [weeks, n])).toEqual([
      [1, 7],
      [2, 7],
      [4, 7],
      [8, 6],
      [12, 5],
      [26, 1],
    ]);
  });
  it('says why there is nothing', () => {
    const test = testForecasts(trackOfWeeks([3, 4, 5]));
    expect(test.origins).toBe(0);
    expect(test.horizons[0]).toMatchObject({ n: 0, p85Hit: null, crps: null, reason: 'tooFewWeeks' });
    expect(verdictOf(test)).toMatchObject({ code: 'tooLittle', p85Hit: null, gain: null });
  });
  it('looks at nothing that came later', () => {
    // What comes after week 20 cannot change how the forecasts of 12 and 16 did up to then, but for the common scale.
    const weekly = fc.array(fc.nat(20), { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(weekly, weekly, (past, future) => {
        const short = testForecasts(trackOfWeeks(past)).horizons[at({ horizons: [{ weeks: 4 }] }, 4)]!;
        const asked: number[] = [];
        const track = trackOfWeeks([...past, ...future]);
        testForecasts({
          ...track,
          knownAt: (origin) => {
            const known = track.knownAt(origin)!;
            asked.push(known.weekly.length - origin);
            return known;
          },
        });
        expect(asked.every((more) => more === 0)).toBe(true);
        expect(short.n).toBeLessThanOrEqual(2);
      }),
      { numRuns: 10 },
    );
  });
  it('finds a team that suddenly slows down where too much was promised', () => {
    const test = testForecasts(trackOfWeeks([...Array<number>(40).fill(10), ...Array<number>(12).fill(0)]));
    const eight = test.horizons[at(test, 8)]!;
    expect(eight.p85Hit).toBeLessThan(1);
    expect(eight.rivals['weekly-26'].p85Hit).toBeLessThanOrEqual(eight.p85Hit!);
  });
  it('makes no forecast for a team that does nothing', () => {
    const track = trackOfWeeks([...Array<number>(40).fill(10), ...Array<number>(12).fill(0)]);
    expect(testForecasts({ ...track, knownAt: () => null }).origins).toBe(0);
  });
});

describe('a tally', () => {
  it('counts hits, and divides losses by the scale', () => {
    const tally = createTally({ scale: 10, independentShare: 1 });
    const cdf = Float64Array.of(0, 0, 0, 1);
    tally.add({ cdf, p50: 3, p85: 2 }, 3);
    tally.add({ cdf, p50: 3, p85: 2 }, 1);
    const scores = tally.scores();
    expect(scores).toMatchObject({ p50Hit: 0.5, p85Hit: 0.5 });
    expect(scores.crps).toBeCloseTo(0.1, 12);
    // (0.15 * 1 + 0.85 * 1) / 2 / 10
    expect(scores.pinball).toBeCloseTo(0.05, 12);
  });
  it('is less sure of forecasts that overlap', () => {
    const width = (independentShare: number) => {
      const tally = createTally({ scale: 1, independentShare });
      for (let count = 0; count < 20; count++) tally.add({ cdf: Float64Array.of(0.5, 1), p50: 0, p85: 0 }, count % 2);
      const [low, high] = tally.scores().p85Interval!;
      return high - low;
    };
    expect(width(4 / 26)).toBeGreaterThan(width(1));
  });
  it('has no error in parts of nothing', () => {
    const tally = createTally({ scale: 0, independentShare: 1 });
    tally.add({ cdf: Float64Array.of(1), p50: 0, p85: 0 }, 0);
    expect(tally.scores()).toMatchObject({ p85Hit: 1, crps: null, pinball: null });
  });
  it('lets each team count the same', () => {
    const one = (p85Hit: number): ForecastScores => ({
      p50Hit: 0.5,
      p50Interval: null,
      p85Hit,
      p85Interval: null,
      pinball: null,
      crps: p85Hit,
    });
    const average = averageTallies([one(0.8), one(0.9), one(1)]);
    expect(average.p85Hit).toBeCloseTo(0.9, 12);
    expect(average.p85Interval![0]).toBeCloseTo(0.9 - (1.959964 * 0.1) / Math.sqrt(3), 9);
    expect(average).toMatchObject({ p50Interval: [0.5, 0.5], pinball: null });
  });
});

describe.skipIf(!existsSync(file))('the 52 series (skipped where the shared data are not there)', () => {
  const series = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, number[]>) : {};
  const test = backtestSeries(series);
  it.each([2, 4, 8, 12])('keep 80 to 90 of 100 promises of 85 % at %d weeks', (weeks) => {
    const { p85Hit, adaptive } = test.horizons[at(test, weeks)]!;
    for (const share of [p85Hit!, adaptive.p85Hit!]) {
      expect(share).toBeGreaterThanOrEqual(0.8);
      expect(share).toBeLessThanOrEqual(0.9);
    }
  });
  it('keep 78 to 92 of 100 at 26 weeks', () => {
    const { p85Hit } = test.horizons[at(test, 26)]!;
    expect(p85Hit).toBeGreaterThanOrEqual(0.78);
    expect(p85Hit).toBeLessThanOrEqual(0.92);
  });
  it.each([2, 4, 8, 12, 26])('hold at even odds 45 to 60 of 100 times at %d weeks', (weeks) => {
    const { p50Hit } = test.horizons[at(test, weeks)]!;
    expect(p50Hit).toBeGreaterThanOrEqual(0.45);
    expect(p50Hit).toBeLessThanOrEqual(0.6);
  });
  it.each([8, 12, 26])('are at least 5 %% nearer than the weekly bootstrap at %d weeks, adapted or not', (weeks) => {
    const { crps, adaptive, rivals } = test.horizons[at(test, weeks)]!;
    expect(crps).toBeLessThanOrEqual(0.95 * rivals['weekly-26'].crps!);
    expect(adaptive.crps).toBeLessThanOrEqual(0.95 * rivals['weekly-26'].crps!);
  });
  it('come out the same again, each by itself too', () => {
    const name = Object.keys(series)[0]!;
    expect(JSON.stringify(testForecasts(trackOfWeeks(series[name]!)))).toBe(JSON.stringify(test.series![name]));
  });
  it('are called honest', () => {
    expect(verdictOf(test)).toMatchObject({ code: 'honest' });
  });
});
