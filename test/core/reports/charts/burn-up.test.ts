import { describe, expect, it } from 'vitest';
import { buildBurnUp } from '../../../../src/core/reports/charts/burn-up.ts';
import { aDoneItem, aPast, at } from '../../../builders.ts';
import { aDatedVersion, aTeam } from '../../findings/rule-rig.ts';
import { chartInput } from './chart-rig.ts';

const open = (count: number, createdAt: string) =>
  Array.from({ length: count }, (_, index) =>
    aPast({ key: `APO-${index + 1}`, createdAt: at(createdAt), fixVersionIds: ['900'] }),
  );
const done = (key: string, doneAt: string) =>
  aDoneItem(key, { createdAt: '2026-04-06T08:00:00Z', startedAt: doneAt, doneAt }, { fixVersionIds: ['900'] });

const project = {
  items: [
    ...aTeam(),
    done('APO-50', '2026-04-22T10:00:00Z'),
    done('APO-51', '2026-05-13T10:00:00Z'),
    ...open(4, '2026-05-01T08:00:00Z'),
  ],
  versions: [aDatedVersion('2026-06-05')],
};
const chartOf = (input: ReturnType<typeof chartInput>) =>
  buildBurnUp(
    input,
    input.metrics.milestones.find(({ id }) => id === '900')!,
  );

describe('burn-up', () => {
  it('tells scope and done items week by week back to the first of them, as they were known then', () => {
    expect(chartOf(chartInput(project))!.course).toEqual([
      { on: '2026-04-06', scope: 2, done: 0 },
      { on: '2026-04-13', scope: 2, done: 0 },
      { on: '2026-04-20', scope: 2, done: 0 },
      { on: '2026-04-27', scope: 2, done: 1 },
      { on: '2026-05-04', scope: 6, done: 1 },
      { on: '2026-05-11', scope: 6, done: 1 },
      { on: '2026-05-18', scope: 6, done: 2 },
      { on: '2026-05-25', scope: 6, done: 2 },
    ]);
  });

  it('has the dates and the odds of the figures, and how late even odds are', () => {
    const input = chartInput(project);
    const { forecast, health } = input.metrics.milestones.find(({ id }) => id === '900')!;
    const chart = chartOf(input)!;
    expect(chart).toMatchObject({ dueOn: '2026-06-05', forecast, chance: health.current.probability });
    expect(forecast!.p50).not.toBeNull();
    expect(chart.lateWorkingDays).toBe(input.view.calendar.distance('2026-06-05', forecast!.p50!));
  });

  it('is told day by day while it is young', () => {
    const young = { items: [...aTeam(), ...open(2, '2026-05-20T08:00:00Z')], versions: [aDatedVersion('2026-06-05')] };
    expect(chartOf(chartInput(young))!.course.map(({ on }) => on)).toEqual([
      '2026-05-20',
      '2026-05-21',
      '2026-05-22',
      '2026-05-23',
      '2026-05-24',
      '2026-05-25',
    ]);
  });

  it('leaves out the months in which nothing had begun', () => {
    const input = chartInput({
      items: [...aTeam(), ...open(2, '2025-09-01T08:00:00Z'), done('APO-50', '2026-05-20T10:00:00Z')],
      versions: [aDatedVersion('2026-06-05')],
    });
    const { course } = chartOf(input)!;
    expect(course[0]).toEqual({ on: '2026-04-27', scope: 3, done: 0 });
    expect(course.at(-1)!.done).toBe(1);
  });

  it('is none for a milestone that holds nothing, or nothing before today', () => {
    const versions = [aDatedVersion('2026-06-05')];
    expect(chartOf(chartInput({ items: aTeam(), versions }))).toBeNull();
    expect(chartOf(chartInput({ items: [...aTeam(), ...open(2, '2026-05-25T07:00:00Z')], versions }))).toBeNull();
  });

  it('goes without a forecast, and says why', () => {
    const input = chartInput({ items: open(4, '2026-05-01T08:00:00Z'), versions: [aDatedVersion('2026-06-05')] });
    expect(chartOf(input)).toMatchObject({ forecast: null, lateWorkingDays: null, openItems: 4 });
    expect(chartOf(input)!.noForecast).not.toBeNull();
  });
});
