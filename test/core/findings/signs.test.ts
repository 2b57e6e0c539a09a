import { describe, expect, it } from 'vitest';
import { createMilestoneSigns } from '../../../src/core/findings/milestone-signs.ts';
import { signsOfSprint } from '../../../src/core/findings/sprint-signs.ts';
import type { SprintFigures } from '../../../src/core/metrics/sprint-figures.ts';
import type { Day } from '../../../src/core/time/day.ts';
import { at, aVersion, statuses } from '../../builders.ts';
import { aTeam, anOpenItem, inputAt, seen } from './rule-rig.ts';

const doing = (key: string, assignee: string) =>
  anOpenItem(key, [['2026-05-19T08:00:00Z', statuses.doing]], { assignee });

describe('signs of a sprint (metrics.md 4.4)', () => {
  const items = [doing('APO-1', 'u1'), doing('APO-2', 'u1'), doing('APO-3', 'u2'), doing('APO-4', 'u2')];
  const { view } = inputAt({ items });
  const sprint = (parts: object): SprintFigures =>
    ({
      activatedAt: at('2026-05-18T08:00:00Z'),
      classes: Object.fromEntries(items.map(({ item }) => [item.key, 'not-completed'])),
      detail: { lateAdditions: 0 },
      totals: { scopeChange: { count: 0 } },
      ...parts,
    }) as unknown as SprintFigures;

  it.each([
    ['four in progress on two people, nothing done since Monday', {}, ['WIP_HIGH', 'BURN_FLAT']],
    ['late additions', { detail: { lateAdditions: 2 } }, ['LATE_ADDITIONS', 'WIP_HIGH', 'BURN_FLAT']],
    ['a fifth of the scope changed', { totals: { scopeChange: { count: 0.2 } } }, ['WIP_HIGH', 'BURN_FLAT']],
    [
      'more than a fifth of the scope changed',
      { totals: { scopeChange: { count: 0.21 } } },
      ['WIP_HIGH', 'BURN_FLAT', 'SCOPE_CHURN'],
    ],
    ['started two working days ago', { activatedAt: at('2026-05-21T08:00:00Z') }, ['WIP_HIGH']],
    ['one item', { classes: { 'APO-1': 'not-completed' } }, ['BURN_FLAT']],
    ['an item of the past that left', { classes: { 'APO-1': 'removed' } }, ['BURN_FLAT']],
  ])('%s', (_, parts, signs) => {
    expect(signsOfSprint(view, sprint(parts))).toEqual(signs);
  });
});

describe('signs of a milestone (metrics.md 4.4)', () => {
  const input = inputAt({ items: [...aTeam(), doing('APO-1', 'u1')] });
  const milestone = (parts: object) =>
    ({ id: '900', openKeys: ['APO-1'], trend: null, ...parts }) as unknown as Parameters<
      ReturnType<typeof createMilestoneSigns>
    >[0];
  const withSpiT = (value: number, grade: string) => ({
    ...input,
    metrics: {
      ...input.metrics,
      figures: { ...input.metrics.figures, spiT: { ...input.metrics.figures.spiT, value, grade } },
    },
  });

  it('a project that earns less than 0.9 of its plan in time, unless nobody can know', () => {
    const signs = (value: number, grade: string) =>
      createMilestoneSigns(withSpiT(value, grade) as typeof input)(milestone({}));
    expect(signs(0.89, 'B')).toEqual(['SPI_T_LOW']);
    expect(signs(0.9, 'B')).toEqual([]);
    expect(signs(0.5, 'D')).toEqual([]);
  });

  it.each([
    [0.29, []],
    [0.3, ['STEADY_SLIP']],
  ])('a date that slips %d days a day', (slope, signs) => {
    expect(createMilestoneSigns(input)(milestone({ trend: { slope } }))).toEqual(signs);
  });

  it('a buffer that is used faster than the work goes', () => {
    const items = Array.from({ length: 18 }, (_, index) =>
      anOpenItem(`APO-${index + 1}`, [], {
        fixVersionIds: ['900'],
        createdAt: at(index < 9 ? '2026-01-05T08:00:00Z' : '2026-05-04T08:00:00Z'),
      }),
    );
    const datedOn = (releaseOn: Day) => [
      seen(['2026-01-02', aVersion()], ['2026-04-06T08:00:00Z', aVersion({ releaseOn })]),
    ];
    const grown = inputAt({ items: [...aTeam(), ...items], versions: datedOn('2026-06-30') });
    expect(createMilestoneSigns(grown)(grown.metrics.milestones[0]!)).toContain('BUFFER_RED');
    const steady = inputAt({ items: [...aTeam(), ...items.slice(0, 9)], versions: datedOn('2026-12-31') });
    expect(createMilestoneSigns(steady)(steady.metrics.milestones[0]!)).not.toContain('BUFFER_RED');
  });

  it('an item that waits for something of which nothing is known', () => {
    const links = [{ kind: 'blocked-by' as const, key: 'ELSE-1' }];
    const waiting = inputAt({ items: [...aTeam(), anOpenItem('APO-1', [], { links })] });
    expect(createMilestoneSigns(waiting)(milestone({}))).toEqual(['OPAQUE_DEPENDENCY']);
    const known = inputAt({
      items: [...aTeam(), anOpenItem('APO-1', [], { links })],
      linked: [anOpenItem('ELSE-1', [], { projectKey: 'ELSE' })],
    });
    expect(createMilestoneSigns(known)(milestone({}))).not.toContain('OPAQUE_DEPENDENCY');
  });
});
