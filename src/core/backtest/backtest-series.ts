import type { Backtest } from './backtest.ts';
import { averageTests, testForecasts, trackOfWeeks } from './forecast-test.ts';

/** The forecast part over weekly counts of several teams: each by itself, and all on average (metrics.md 3.6). */
export function backtestSeries(series: Readonly<Record<string, readonly number[]>>): Backtest {
  const tests = Object.entries(series).map(([name, weekly]) => [name, testForecasts(trackOfWeeks(weekly))] as const);
  return { ...averageTests(tests.map(([, test]) => test)), series: Object.fromEntries(tests) };
}
