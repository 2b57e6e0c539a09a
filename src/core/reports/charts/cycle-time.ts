import { inclusiveDays } from '../../metrics/flow/flow-base.ts';
import type { Day } from '../../time/day.ts';
import type { CycleTimeChart } from './chart.ts';
import { aboutChart } from './chart-input.ts';
import type { ChartInput } from './chart-input.ts';

/** The items behind the cycle time, by the day on which they were finished (metrics.md 2.2). Null without any. */
export function buildCycleTime(input: ChartInput): CycleTimeChart | null {
  const { view } = input;
  const { value, window, evidence } = input.metrics.figures.cycleTimeDays;
  if (value === null || window === null) return null;
  const { zone } = view.calendar;
  const points = new Map<string, { on: Day; days: number; count: number }>();
  for (const key of evidence) {
    const { startedAt, doneAt } = view.itemsByKey.get(key)!;
    const on = zone.dayAt(doneAt!);
    const days = inclusiveDays(view, startedAt!, doneAt!);
    const known = points.get(`${on} ${days}`);
    if (known) known.count += 1;
    else points.set(`${on} ${days}`, { on, days, count: 1 });
  }
  const found = [...points.values()].sort((a, b) => a.on.localeCompare(b.on) || a.days - b.days);
  return {
    kind: 'chart-cycle-time',
    ...aboutChart(input),
    from: zone.dayAt(window.from),
    points: found,
    percentiles: value,
    n: evidence.length,
    longest: Math.max(...found.map(({ days }) => days)),
  };
}
