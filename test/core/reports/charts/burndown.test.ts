import { describe, expect, it } from 'vitest';
import { buildBurndown } from '../../../../src/core/reports/charts/burndown.ts';
import { reviewedProject } from '../sprint-review-rig.ts';
import { chartInput } from './chart-rig.ts';

const sprintOf = (asOf: string, id: string) => {
  const input = chartInput(reviewedProject(), asOf);
  return { input, figures: input.metrics.sprints.find((sprint) => sprint.id === id)! };
};

describe('burndown', () => {
  it('of a closed sprint has a day a working day, with the ideal line from what was committed to nothing', () => {
    const { input, figures } = sprintOf('2026-11-23T08:00:00Z', '33');
    const chart = buildBurndown(input, figures, 'points')!;
    expect(chart.days.map(({ left }) => left)).toEqual([14, 14, 14, 12, 12, 12, 8, 9, 8, 8]);
    expect(chart.days[0]).toEqual({ on: '2026-11-09', ideal: 14, left: 14 });
    expect(chart.days.find(({ on }) => on === '2026-11-19')!.ideal).toBe(0);
    expect(chart).toMatchObject({ isOver: true, left: 8, behind: 8, atStart: 14, outlook: null });
  });

  it('of a running sprint goes on to its end, ahead of which nothing is known to be left', () => {
    const { input, figures } = sprintOf('2026-11-12T15:00:00Z', '33');
    const chart = buildBurndown(input, figures)!;
    expect(chart.isOver).toBe(false);
    expect(chart.days.map(({ on, left }) => [on, left])).toEqual([
      ['2026-11-09', 4],
      ['2026-11-10', 4],
      ['2026-11-11', 4],
      ['2026-11-12', 3],
      ['2026-11-13', null],
      ['2026-11-16', null],
      ['2026-11-17', null],
      ['2026-11-18', null],
      ['2026-11-19', null],
    ]);
    expect(chart.days.at(-1)!.ideal).toBe(0);
    expect(chart.left).toBe(3);
  });

  it('leads to what the outlook of the figures says', () => {
    const { input, figures } = sprintOf('2026-11-12T15:00:00Z', '33');
    const outlook = { doneAtP50: 2, doneAtP85: 1, goalChance: 0.3, velocityDifference: null };
    expect(buildBurndown(input, { ...figures, outlook })!.outlook).toEqual({ leftAtP50: 1, leftAtP85: 2 });
    // Points have no outlook of their own.
    expect(buildBurndown(input, { ...figures, outlook }, 'points')!.outlook).toBeNull();
  });

  it('is none on the first day, without a planned end, and for a sprint that is not there', () => {
    const first = sprintOf('2026-11-09T15:00:00Z', '33');
    expect(buildBurndown(first.input, first.figures)).toBeNull();
    const { input, figures } = sprintOf('2026-11-12T15:00:00Z', '33');
    expect(buildBurndown(input, { ...figures, endAt: null })).toBeNull();
    expect(buildBurndown(input, { ...figures, id: '99' })).toBeNull();
  });
});
