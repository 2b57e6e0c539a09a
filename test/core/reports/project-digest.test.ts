import { describe, expect, it } from 'vitest';
import type { Pull } from '../../../src/core/model/project.ts';
import type { Day } from '../../../src/core/time/day.ts';
import { aSprint, at, statuses, types } from '../../builders.ts';
import { aTeam, anOpenItem, seen } from '../findings/rule-rig.ts';
import { digest } from './digest-rig.ts';

const { doing } = statuses;
const version = (id: string, name: string, releaseOn: Day | null, ...moves: readonly (readonly [string, Day])[]) =>
  seen(
    ['2026-01-06', { id, name, releaseOn }],
    ...moves.map(([when, on]) => [when, { id, name, releaseOn: on }] as const),
  );
const open = (id: string, count: number, from: number, parts = {}) =>
  Array.from({ length: count }, (_, index) => anOpenItem(`APO-${from + index}`, [], { fixVersionIds: [id], ...parts }));

describe('the milestone of the verdict', () => {
  const about = (parts: Parameters<typeof digest>[0]) => digest(parts).health.about?.name ?? null;
  it.each([
    [
      'the nearest of two that stand alike',
      {
        items: [...aTeam(), ...open('900', 1, 1), ...open('901', 1, 10)],
        versions: [version('900', 'later', '2026-12-18'), version('901', 'nearer', '2026-12-11')],
      },
      'nearer',
    ],
    [
      'one that is late before one on track',
      {
        items: [...aTeam(), ...open('900', 1, 1), ...open('901', 30, 10)],
        versions: [version('900', 'fine', '2026-06-30'), version('901', 'late', '2026-07-10')],
      },
      'late',
    ],
    [
      'not one whose date passed a quarter ago',
      {
        items: [...aTeam(), ...open('900', 1, 1), ...open('901', 1, 10)],
        versions: [version('900', 'leftover', '2026-02-20'), version('901', 'live', '2026-12-18')],
      },
      'live',
    ],
    [
      'without any date, the one for which most was finished lately',
      {
        items: [
          ...aTeam().map((past, index) => ({
            ...past,
            item: { ...past.item, fixVersionIds: index % 3 === 0 ? ['900'] : ['901'] },
          })),
          ...open('900', 9, 1),
          ...open('901', 1, 20),
        ],
        versions: [version('900', 'slow', null), version('901', 'busy', null)],
      },
      'busy',
    ],
    [
      'a single item with a due date, where there is nothing larger',
      { items: [...aTeam(), anOpenItem('APO-1', [], { dueOn: '2026-12-18', summary: 'Go live' })] },
      'Go live',
    ],
    ['none, where nothing is planned', { items: aTeam() }, null],
  ])('is %s', (_, parts, expected) => {
    expect(about(parts)).toBe(expected);
  });

  it('tells a release once that is kept as a version and as an epic', () => {
    const epic = anOpenItem('APO-900', [], { type: types.epic, dueOn: '2026-06-05', summary: 'Release 1.4' });
    const items = [...aTeam(), epic, ...open('900', 9, 1, { parentKey: 'APO-900' })];
    const { details } = digest({ items, versions: [version('900', '1.4', '2026-06-05')] });
    expect(details.milestones.items.map(({ name }) => name)).toEqual(['1.4']);
  });
});

describe('a quiet week', () => {
  const quiet = { items: [...aTeam(), ...open('900', 1, 1)], versions: [version('900', '1.4', '2026-12-18')] };
  const overdue = (dueOn: Day) => ({ ...quiet, items: [...quiet.items, anOpenItem('APO-50', [], { dueOn })] });
  const sprint = aSprint({
    state: 'closed',
    activatedAt: at('2026-05-11'),
    endAt: at('2026-05-22'),
    completedAt: at('2026-05-22'),
  });
  const failed: Pull = {
    source: 'jira',
    startedAt: at('2026-05-25T06:00:00Z'),
    endedAt: at('2026-05-25T06:01:00Z'),
    outcome: 'failed',
    error: '401',
  };
  it.each([
    ['all green, nothing happened', quiet, true],
    [
      'a sprint ended',
      {
        ...quiet,
        items: [...quiet.items, anOpenItem('APO-60', [], { sprintIds: ['7'] })],
        sprints: [[{ at: at('2026-05-11'), value: sprint }]],
      },
      true,
    ],
    ['an item that was overdue a week ago already', overdue('2026-05-08'), true],
    ['an item that became overdue', overdue('2026-05-20'), false],
    [
      'a date moved',
      { ...quiet, versions: [version('900', '1.4', '2026-12-18', ['2026-05-20', '2026-12-21'])] },
      false,
    ],
    [
      'the source failed',
      { ...quiet, pulls: [{ ...failed, startedAt: at('2026-05-18'), outcome: 'done' as const }, failed] },
      false,
    ],
    ['no date to be green against', { ...quiet, versions: [version('900', '1.4', null)] }, false],
    ['late', { ...quiet, versions: [version('900', '1.4', '2026-05-22')] }, false],
    ['an empty project', {}, false],
  ])('%s: %s', (_, parts, expected) => {
    expect(digest(parts).isQuiet).toBe(expected);
  });

  it('may be the first digest of all', () => {
    expect(digest(quiet, { isFirst: true })).toMatchObject({ isQuiet: true, health: { previous: null } });
  });
});

describe('what to look at', () => {
  it('names each item once: not again what is asked, told above, or of no weight', () => {
    const stale = (key: string, since: string) => anOpenItem(key, [[since, doing]]);
    const items = [...aTeam(), ...open('900', 9, 1), stale('APO-90', '2026-05-11'), stale('APO-91', '2026-02-02')];
    const { lookAt, details } = digest({ items, versions: [version('900', '1.4', '2026-06-05')] });
    expect(lookAt.map(({ rule, items: named }) => [rule, named.map(({ key }) => key)])).toEqual([
      ['LONG_IN_STATUS', ['APO-90']],
    ]);
    expect(details.findings.items.map(({ rule }) => rule)).toContain('PROMISE_GAP');
    expect(details.findings.items.at(-1)).toMatchObject({ severity: 'low', subject: 'APO-91' });
  });

  it('folds findings of one rule into a line that stands where the heaviest stood', () => {
    const items = [1, 2, 3, 4].map((index) =>
      anOpenItem(`APO-${index}`, [[`2026-05-1${index}`, doing]], { assignee: null }),
    );
    const [line, ...more] = digest({ items }).lookAt;
    expect(more).toEqual([]);
    expect(line).toMatchObject({ rule: 'UNASSIGNED_IN_PROGRESS', count: 4, facts: { workingDays: 10 } });
    expect(line!.items.map(({ key }) => key)).toEqual(['APO-1', 'APO-2', 'APO-3']);
  });
});

it('a first digest compares with nothing', () => {
  const items = [...aTeam(), ...open('900', 9, 1)];
  const { health, cycleTimeP85, released } = digest(
    { items, versions: [version('900', '1.4', '2026-06-05')] },
    { isFirst: true },
  );
  expect([health.previous, cycleTimeP85.before, released]).toEqual([null, null, []]);
});

it('tells the colours of last time for the milestone of now', () => {
  const items = [...aTeam(), ...open('900', 1, 1)];
  const { health } = digest({ items, versions: [version('900', '1.4', '2026-05-20')] });
  expect([health.current, health.previous?.current]).toEqual(['red', 'green']);
});
