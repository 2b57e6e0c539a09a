import { nearestRank } from '../metrics/statistics.ts';
import { rolledSpiT } from '../metrics/value/plan-curve.ts';
import type { Calendar } from '../time/calendar.ts';
import type { PortfolioEntry } from './portfolio-input.ts';
import type { RollUp } from './portfolio-report.ts';

const leastItems = 10;

/** What is said of several projects together (metrics.md 7.4): SPI(t) from summed curves, percentiles from pooled items. */
export function rollUpOf(entries: readonly PortfolioEntry[], calendar: Calendar): RollUp {
  const times = entries.flatMap(({ cycleTimes }) => cycleTimes ?? []).sort((a, b) => a - b);
  return {
    spiT: rolledSpiT(
      entries.flatMap(({ curve }) => curve ?? []),
      calendar,
    ),
    cycleTimeP85: times.length < leastItems ? null : nearestRank(times, 0.85),
    items: times.length,
  };
}
