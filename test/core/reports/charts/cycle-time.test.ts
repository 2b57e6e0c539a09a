import { expect, it } from 'vitest';
import { buildCycleTime } from '../../../../src/core/reports/charts/cycle-time.ts';
import { aTeam } from '../../findings/rule-rig.ts';
import { chartInput } from './chart-rig.ts';

it('puts the items of one day that took equally long on one point', () => {
  const input = chartInput({ items: aTeam({ weeks: 20, perWeek: 3, days: 3 }) });
  const chart = buildCycleTime(input)!;
  expect(chart.points).toHaveLength(20);
  expect(chart.points.at(-1)).toEqual({ on: '2026-05-20', days: 3, count: 3 });
  expect(chart).toMatchObject({ n: 60, longest: 3, percentiles: { p50: 3, p85: 3, p95: 3 } });
});

it('has the items and the percentiles of the figure, and no other', () => {
  const input = chartInput({ items: [...aTeam({ perWeek: 1, days: 2 }), ...aTeam({ perWeek: 1, days: 9 })] });
  const chart = buildCycleTime(input)!;
  const { cycleTimeDays } = input.metrics.figures;
  expect(chart.percentiles).toEqual(cycleTimeDays.value);
  expect(chart.points.reduce((sum, { count }) => sum + count, 0)).toBe(cycleTimeDays.n);
});

it('is none while nothing was finished', () => {
  expect(buildCycleTime(chartInput({}))).toBeNull();
});
