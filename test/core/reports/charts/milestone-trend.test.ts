import { describe, expect, it } from 'vitest';
import { buildMilestoneTrend } from '../../../../src/core/reports/charts/milestone-trend.ts';
import { addDays } from '../../../../src/core/time/day.ts';
import { aDoneItem, aPast, at, types } from '../../../builders.ts';
import { aDatedVersion, aTeam, seen } from '../../findings/rule-rig.ts';
import { chartInput } from './chart-rig.ts';

const work = (version: string, from = 1) =>
  Array.from({ length: 2 }, (_, index) =>
    aPast({ key: `APO-${from + index}`, createdAt: at('2026-04-01T08:00:00Z'), fixVersionIds: [version] }),
  );

describe('milestone trend', () => {
  it('has a point for each change of the promise and one for today', () => {
    const versions = [aDatedVersion('2026-05-29', ['2026-03-10', '2026-06-12'], ['2026-05-19', '2026-06-26'])];
    const chart = buildMilestoneTrend(chartInput({ items: [...aTeam(), ...work('900')], versions }))!;
    expect(chart.lines).toHaveLength(1);
    expect(chart.lines[0]).toMatchObject({
      points: [
        { reportedOn: '2026-01-06', on: '2026-05-29' },
        { reportedOn: '2026-03-10', on: '2026-06-12' },
        { reportedOn: '2026-05-19', on: '2026-06-26' },
        { reportedOn: '2026-05-25', on: '2026-06-26' },
      ],
      finishedOn: null,
      leadsTo: '2026-06-26',
      slip: 20,
      replans: 2,
    });
    expect(chart.worst).toBe(chart.lines[0]);
  });

  it('ends where a milestone was reached, and forgets it after 90 days', () => {
    const released = (on: '2026-05-12' | '2026-02-10') =>
      buildMilestoneTrend(
        chartInput({
          items: [...aTeam(), ...work('900')],
          versions: [
            seen(['2026-01-06', { releaseOn: '2026-05-08' }], [addDays(on, 1), { releaseOn: on, isReleased: true }]),
            seen(['2026-01-07', { id: '901', name: 'next', releaseOn: '2026-08-28' }]),
          ],
        }),
      )!;
    const [reached] = released('2026-05-12').lines;
    expect(reached).toMatchObject({ finishedOn: '2026-05-12', leadsTo: '2026-05-12' });
    expect(reached!.points.at(-1)).toEqual({ reportedOn: '2026-05-12', on: '2026-05-08' });
    expect(released('2026-02-10').lines.map(({ name }) => name)).toEqual(['next']);
  });

  it('shows a release once that is kept as a version and as an epic, though the epic was closed some days later', () => {
    const done = (key: string, on: string, parts = {}) =>
      aDoneItem(key, { createdAt: '2026-01-05T08:00:00Z', doneAt: `${on}T12:00:00Z` }, parts);
    const release = (epicClosedOn: string) =>
      buildMilestoneTrend(
        chartInput({
          items: [
            ...aTeam(),
            done('APO-900', epicClosedOn, { type: types.epic, dueOn: '2026-05-08', summary: 'Release 1.4' }),
            done('APO-1', '2026-05-11', { fixVersionIds: ['900'], parentKey: 'APO-900' }),
          ],
          versions: [
            seen(
              ['2026-01-06', { releaseOn: '2026-05-08' }],
              ['2026-05-13', { releaseOn: '2026-05-12', isReleased: true }],
            ),
          ],
        }),
      )!.lines.map(({ name }) => name);
    expect(release('2026-05-15')).toEqual(['1.0']);
    expect(release('2026-05-22')).toEqual(['1.0', 'Release 1.4']);
  });

  it('shows the four that moved most, in the order of their days, and counts the rest', () => {
    const versions = Array.from({ length: 6 }, (_, index) =>
      seen(
        ['2026-01-06', { id: `90${index}`, name: `v${index}`, releaseOn: addDays('2026-07-31', -index) }],
        ...(index < 4
          ? [['2026-04-01', { id: `90${index}`, name: `v${index}`, releaseOn: addDays('2026-08-28', -index) }] as const]
          : []),
      ),
    );
    const chart = buildMilestoneTrend(chartInput({ items: aTeam(), versions }))!;
    expect(chart.lines.map(({ name }) => name)).toEqual(['v3', 'v2', 'v1', 'v0']);
    expect(chart.more).toBe(2);
  });

  it('is none without a promise, and on the day of the first one', () => {
    expect(buildMilestoneTrend(chartInput({ items: [...aTeam(), ...work('900')] }))).toBeNull();
    const today = [seen(['2026-05-25T07:00:00Z', { releaseOn: '2026-06-26' }])];
    expect(buildMilestoneTrend(chartInput({ items: [...aTeam(), ...work('900')], versions: today }))).toBeNull();
  });
});
