import { atLeastAt, createAdaptiveLayer, recalibrate, toldChances } from '../metrics/forecast/adaptive.ts';
import type { AdaptiveLayer, MaturedForecast } from '../metrics/forecast/adaptive.ts';
import { cumulate } from '../metrics/forecast/distribution.ts';
import { cdfOf } from '../metrics/forecast/forecast.ts';
import { fitPace } from '../metrics/forecast/pace.ts';
import type { ForecastScores, ForecastTest, HorizonTest } from './backtest.ts';
import { dailyBootstrap, dailyBootstrapOfWeeks, weeklyBootstrap } from './rivals.ts';
import { averageTallies, createTally, noScores } from './tally.ts';
import type { Tally } from './tally.ts';

/** Weeks ahead for which forecasts are tested (metrics.md 3.6). */
export const horizons: readonly number[] = [1, 2, 4, 8, 12, 26];
/** First origin, and how far apart they are, in weeks. */
const firstOrigin = 12;
const originStep = 4;
const priorPace = 5;

/** What was known of the past at the end of a week. */
export interface KnownWeeks {
  readonly weekly: readonly number[];
  readonly exposure: readonly number[];
  /** Counts of the last calendar days; null where only weeks are known. */
  readonly daily: readonly number[] | null;
}

/** The finished work of a team, as a backtest looks at it: `origin` is the number of whole weeks that were over. */
export interface Track {
  readonly weeks: number;
  /** Items a week over all of it. */
  readonly mean: number;
  /** Null when no forecast would have been made. */
  knownAt(origin: number): KnownWeeks | null;
  /** Items finished in the weeks after the origin, as known at their end. */
  finished(origin: number, weeks: number): number;
  /** Capacity in these weeks, as the calendar said beforehand. */
  exposure(origin: number, weeks: number): number;
}

/** Weekly counts alone, oldest first, each at full capacity. */
export function trackOfWeeks(weekly: readonly number[]): Track {
  const sum = (from: number, to: number) => weekly.slice(from, to).reduce((total, count) => total + count, 0);
  return {
    weeks: weekly.length,
    mean: weekly.length > 0 ? sum(0, weekly.length) / weekly.length : 0,
    knownAt: (origin) => ({
      weekly: weekly.slice(0, origin),
      exposure: Array.from({ length: origin }, () => 1),
      daily: null,
    }),
    finished: (origin, weeks) => sum(origin, origin + weeks),
    exposure: (_, weeks) => weeks,
  };
}

type Row = 'plain' | 'adaptive' | 'weekly-26' | 'daily-84';
type Tallies = Readonly<Record<Row, Tally>>;

/**
 * Rolling origin on the past of one team (metrics.md 3.6): every four weeks from the twelfth on, a forecast from what was
 * known then, by this forecaster, by its adaptive layer and by the rivals, each held against what was then finished.
 */
export function testForecasts(track: Track): ForecastTest {
  const tallies = new Map<number, Tallies>(horizons.map((weeks) => [weeks, createTallies(track, weeks)]));
  const layer = createAdaptiveLayer();
  const open: (MaturedForecast & { readonly dueAt: number })[] = [];
  let origins = 0;
  for (let origin = firstOrigin; origin < track.weeks; origin += originStep) {
    for (let index = 0; index < open.length;)
      if (open[index]!.dueAt <= origin) layer.learn(open.splice(index, 1)[0]!);
      else index++;
    const known = track.knownAt(origin);
    if (known === null) continue;
    const pace = fitPace({ weekly: known.weekly, exposure: known.exposure, priorPace });
    origins++;
    for (const weeks of horizons) {
      if (origin + weeks > track.weeks) continue;
      const finished = track.finished(origin, weeks);
      const cdf = cdfOf(pace, { weeks, exposure: track.exposure(origin, weeks) });
      score(tallies.get(weeks)!, { known, weeks, cdf, layer, finished });
      const chanceOfMore = 1 - (cdf[finished] ?? 1);
      open.push({ weeks, levels: layer.learningOf(weeks), chanceOfMore, dueAt: origin + weeks });
    }
  }
  return { origins, horizons: horizons.map((weeks) => horizonTest(weeks, tallies.get(weeks)!)) };
}

function createTallies({ mean }: Track, weeks: number): Tallies {
  const create = () => createTally({ scale: mean * weeks, independentShare: Math.min(1, originStep / weeks) });
  return { plain: create(), adaptive: create(), 'weekly-26': create(), 'daily-84': create() };
}

interface Made {
  readonly known: KnownWeeks;
  readonly weeks: number;
  readonly cdf: Float64Array;
  readonly layer: AdaptiveLayer;
  readonly finished: number;
}

function score(tallies: Tallies, { known, weeks, cdf, layer, finished }: Made): void {
  tallies.plain.add({ cdf, p50: atLeastAt(cdf, 0.5), p85: atLeastAt(cdf, 0.85) }, finished);
  const levels = layer.levelsOf(weeks);
  const at = (chance: number) => atLeastAt(cdf, levels[toldChances.indexOf(chance)]!);
  const adapted = levels === toldChances ? cdf : recalibrate(cdf, levels);
  tallies.adaptive.add({ cdf: adapted, p50: at(0.5), p85: at(0.85) }, finished);
  const rivals = {
    'weekly-26': weeklyBootstrap(known.weekly, weeks),
    'daily-84': known.daily === null ? dailyBootstrapOfWeeks(known.weekly, weeks) : dailyBootstrap(known.daily, weeks),
  } as const;
  for (const name of ['weekly-26', 'daily-84'] as const) {
    const rival = cumulate(rivals[name]);
    tallies[name].add({ cdf: rival, p50: atLeastAt(rival, 0.5), p85: atLeastAt(rival, 0.85) }, finished);
  }
}

function horizonTest(weeks: number, tallies: Tallies): HorizonTest {
  const scores = (row: Row): ForecastScores => tallies[row].scores();
  const { n } = tallies.plain;
  return {
    weeks,
    n,
    ...scores('plain'),
    adaptive: scores('adaptive'),
    rivals: { 'weekly-26': scores('weekly-26'), 'daily-84': scores('daily-84') },
    reason: n === 0 ? 'tooFewWeeks' : null,
  };
}

/** Means over several teams, each of which counts the same, so that the large ones do not decide (metrics.md 3.6). */
export function averageTests(tests: readonly ForecastTest[]): ForecastTest {
  return {
    origins: tests.reduce((sum, { origins }) => sum + origins, 0),
    horizons: horizons.map((weeks, index) => {
      const there = tests.map((test) => test.horizons[index]!).filter(({ n }) => n > 0);
      const average = (pick: (test: HorizonTest) => ForecastScores) => averageTallies(there.map(pick));
      return {
        weeks,
        n: there.reduce((sum, { n }) => sum + n, 0),
        ...(there.length > 0 ? average((test) => test) : noScores),
        adaptive: average(({ adaptive }) => adaptive),
        rivals: {
          'weekly-26': average(({ rivals }) => rivals['weekly-26']),
          'daily-84': average(({ rivals }) => rivals['daily-84']),
        },
        reason: there.length === 0 ? 'tooFewWeeks' : null,
      };
    }),
  };
}
