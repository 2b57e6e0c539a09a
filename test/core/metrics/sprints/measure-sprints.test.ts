import { describe, expect, it } from 'vitest';
import { viewAsOf } from '../../../../src/core/view/as-of.ts';
import { fitPace } from '../../../../src/core/metrics/forecast/pace.ts';
import type { Pace } from '../../../../src/core/metrics/forecast/pace.ts';
import type { SprintFigures } from '../../../../src/core/metrics/sprint-figures.ts';
import { measureSprints } from '../../../../src/core/metrics/sprints/measure-sprints.ts';
import type { Sprint } from '../../../../src/core/model/plan.ts';
import type { ItemHistory, ProjectHistory } from '../../../../src/core/model/project.ts';
import type { Status } from '../../../../src/core/model/work-item.ts';
import { aCalendar, aHistory, aPast, aSprint, at, changes, statusMoves, statuses, types } from '../../../builders.ts';

const { toDo, doing, done } = statuses;
const born = '2026-05-01T09:00:00Z';

interface Story {
  readonly createdAt?: string;
  /** Sprints at creation, then after each move. */
  readonly sprints: readonly [first: string, ...moves: (readonly [when: string, sprints: string])[]];
  readonly points?: readonly [first: string, ...moves: (readonly [when: string, points: string])[]];
  readonly status?: readonly (readonly [when: string, status: Status])[];
}

function story(key: string, { createdAt = born, sprints, points = ['0'], status = [] }: Story): ItemHistory {
  const moves = (field: 'sprint' | 'points', [first, ...later]: Story['sprints']) => {
    let before = first;
    return later.map(([when, value]) => {
      const move = [when, field, before || null, value || null] as const;
      before = value;
      return move;
    });
  };
  const last = (steps: Story['sprints']) => (steps.length > 1 ? (steps.at(-1) as [string, string])[1] : steps[0]);
  return aPast(
    {
      key,
      createdAt: at(createdAt),
      sprintIds: last(sprints).split(',').filter(Boolean),
      points: Number(last(points)),
      status: status.at(-1)?.[1] ?? toDo,
    },
    [...changes(...moves('sprint', sprints), ...moves('points', points)), ...statusMoves(toDo, ...status)],
  );
}

/** T13 of metrics.md, as Jira would have recorded it. */
const t13 = [
  story('A-1', { sprints: ['7'], points: ['5'], status: [['2026-05-08T15:00:00Z', done]] }),
  story('A-2', {
    sprints: ['', ['2026-05-03', '7'], ['2026-05-18T08:00:10Z', '7,8']],
    points: ['3'],
    status: [['2026-05-06', doing]],
  }),
  story('A-3', { sprints: ['7', ['2026-05-11', '']], points: ['8'] }),
  story('A-4', { createdAt: '2026-05-07', sprints: ['7'], points: ['2'], status: [['2026-05-12', done]] }),
  story('A-5', { sprints: ['7'], points: ['1'], status: [['2026-05-02', done]] }),
  story('A-6', { sprints: ['', ['2026-05-13', '7']], points: ['3'], status: [['2026-05-09', done]] }),
  story('A-7', { sprints: ['7'], points: ['3', ['2026-05-09', '5']], status: [['2026-05-10', done]] }),
  story('A-8', {
    sprints: ['7'],
    points: ['2'],
    status: [
      ['2026-05-08', done],
      ['2026-05-14', doing],
    ],
  }),
  story('A-9', { sprints: ['7', ['2026-05-17T23:59:50Z', '8']], points: ['5'] }),
];
const seven = aSprint({
  state: 'closed',
  activatedAt: at('2026-05-04T08:00:00Z'),
  endAt: at('2026-05-18T08:00:00Z'),
  completedAt: at('2026-05-18T08:00:00Z'),
});

function figures(parts: {
  readonly items?: readonly ItemHistory[];
  readonly sprints?: readonly Sprint[];
  readonly asOf?: string;
  readonly more?: Partial<ProjectHistory>;
  readonly pace?: Pace | null;
}): readonly SprintFigures[] {
  const { items = t13, sprints = [seven], asOf = '2026-06-01', more = {}, pace = null } = parts;
  const seen = sprints.map((value) => [{ at: at('2026-05-01'), value }]);
  const view = viewAsOf(aHistory({ items, sprints: seen, ...more }), at(asOf), aCalendar());
  return measureSprints(view, pace);
}

describe('a closed sprint', () => {
  it('is accounted for from the histories of its items (T13)', () => {
    const [sprint] = figures({});
    expect(sprint!.classes).toEqual({
      'A-1': 'completed',
      'A-2': 'not-completed',
      'A-3': 'removed',
      'A-4': 'completed',
      'A-5': 'completed-outside',
      'A-6': 'completed-outside',
      'A-7': 'completed',
      'A-8': 'not-completed',
      'A-9': 'removed',
    });
    expect(sprint!.totals).toMatchObject({
      committed: { count: 6, points: 26 },
      added: { count: 1 },
      removed: { count: 2 },
      completed: { count: 3, points: 12 },
      notCompleted: { count: 2 },
      completedOutside: { count: 2 },
      sayDo: { count: 2 / 6, points: 8 / 26 },
      deliveryRatio: { points: 12 / 26 },
      scopeChange: { count: 0.5 },
    });
    expect(sprint).toMatchObject({ id: '7', state: 'closed', grade: 'A', flags: [], outlook: null });
  });

  it('stays as it was when an item is gone from the project later, and loses one that went in its midst', () => {
    const [first, ...others] = t13;
    const later = figures({ items: [{ ...first!, goneAt: at('2026-05-25') }, ...others] });
    expect(later[0]!.classes['A-1']).toBe('completed');
    const midst = figures({ items: [{ ...first!, goneAt: at('2026-05-09') }, ...others] });
    expect(midst[0]!.classes['A-1']).toBe('removed');
  });

  it('does not count sub-tasks', () => {
    const subtask = story('A-10', { sprints: ['7'] });
    const [sprint] = figures({ items: [...t13, { ...subtask, item: { ...subtask.item, type: types.subtask } }] });
    expect(sprint!.classes).not.toHaveProperty('A-10');
  });

  it('reads "done" from the last column of its board', () => {
    const board = {
      id: '1',
      name: 'Team',
      columns: [
        { name: 'Ready', statusIds: [toDo.id, done.id] },
        { name: 'Out', statusIds: [doing.id] },
      ],
    };
    const more = { boards: [[{ at: at('2026-05-01'), value: board }]] };
    const [sprint] = figures({ sprints: [{ ...seven, boardId: '1' }], more });
    expect(sprint!.classes['A-1']).toBe('not-completed');
    expect(sprint!.classes['A-8']).toBe('completed');
  });

  it('counts a done status that its board does not show as done', () => {
    const columns = [
      { name: 'Ready', statusIds: [toDo.id, doing.id] },
      { name: 'Done', statusIds: [done.id] },
    ];
    const more = { boards: [[{ at: at('2026-05-01'), value: { id: '1', name: 'Team', columns } }]] };
    const items = [story('A-1', { sprints: ['7'], status: [['2026-05-08', statuses.closed]] })];
    expect(figures({ items, more })[0]!.classes).toEqual({ 'A-1': 'completed' });
  });

  it.each([
    ['one of nine', 1, 'C'],
    ['all', 9, 'D'],
  ] as const)('has a lower grade when items have no history: %s', (_name, count, grade) => {
    const items = t13.map((past, index) => (index < count ? { ...past, isComplete: false } : past));
    expect(figures({ items })[0]).toMatchObject({ grade, flags: ['noHistory'] });
  });

  it('says so when it holds nothing', () => {
    expect(figures({ items: [] })[0]).toMatchObject({
      grade: 'D',
      flags: ['noItems'],
      totals: { committed: { count: 0 } },
    });
  });
});

describe('a running sprint', () => {
  const running: Sprint = { ...seven, state: 'active', completedAt: null };
  const fast = fitPace({ weekly: Array.from({ length: 30 }, () => 40), priorPace: 5 });
  const slow = fitPace({ weekly: Array.from({ length: 30 }, () => 2), priorPace: 5 });
  const runningAt = (asOf: string, pace: Pace | null) => figures({ sprints: [running], asOf, pace })[0]!;

  it('counts up to as-of', () => {
    const sprint = runningAt('2026-05-09', slow);
    expect(sprint).toMatchObject({ state: 'active', completedAt: null });
    expect(sprint.classes).toMatchObject({ 'A-1': 'completed', 'A-8': 'completed', 'A-7': 'not-completed' });
    expect(sprint.classes).not.toHaveProperty('A-6');
  });

  it('promises no more than what is open, less with more certainty, and nothing without a pace', () => {
    const open = runningAt('2026-05-09', fast).totals!.notCompleted.count;
    expect(open).toBe(5);
    expect(runningAt('2026-05-09', fast).outlook).toMatchObject({ doneAtP50: open, doneAtP85: open });
    const { doneAtP50, doneAtP85 } = runningAt('2026-05-09', slow).outlook!;
    expect(doneAtP50).toBeGreaterThan(doneAtP85);
    expect(runningAt('2026-05-09', null).outlook).toBeNull();
  });

  it('goes by the pace of its own board where there are several', () => {
    // Two boards side by side for twelve weeks: one finishes an item a week, the other ten.
    const weeks = Array.from({ length: 12 }, (_, week) =>
      new Date(at('2026-02-10') + week * 7 * 86_400_000).toISOString(),
    );
    const past = (board: string, perWeek: number) =>
      weeks.flatMap((when, week) =>
        Array.from({ length: perWeek }, (_, index) =>
          story(`${board}-${week * 10 + index + 100}`, {
            createdAt: '2026-02-02',
            sprints: [`old-${board}`],
            status: [[when, done]],
          }),
        ),
      );
    const old = (board: string) =>
      aSprint({
        id: `old-${board}`,
        state: 'closed',
        boardId: board,
        activatedAt: at('2026-02-02'),
        endAt: at('2026-05-03'),
        completedAt: at('2026-05-03'),
      });
    const [slowItems, fastItems] = [past('slow', 1), past('fast', 10)];
    const now = { ...running, boardId: 'slow' };
    const outlookOf = (items: readonly ItemHistory[], sprints: readonly Sprint[]) =>
      figures({
        items: [...t13, ...items],
        sprints: [...sprints, now],
        asOf: '2026-05-05',
        // The project's, of whichever boards: only the one of the board alone is its own.
        pace: fast,
      }).at(-1)!.outlook!;
    const alone = outlookOf(slowItems, [old('slow')]);
    const both = outlookOf([...slowItems, ...fastItems], [old('slow'), old('fast')]);
    expect(alone.goalChance).toBeGreaterThan(0.99);
    expect(both.goalChance).toBeLessThan(0.2);
    expect(both.doneAtP85).toBeLessThanOrEqual(1);
    const young = outlookOf(fastItems, [old('fast')]);
    expect(young).toBeNull();
  });

  it('is overdue when its planned end has passed', () => {
    expect(runningAt('2026-05-18T08:00:01Z', slow).flags).toContain('overdue');
    expect(runningAt('2026-05-18T08:00:01Z', slow).outlook).toMatchObject({ doneAtP50: 0, doneAtP85: 0 });
  });
});

describe('which sprints', () => {
  const planned = (id: string, startAt: string): Sprint =>
    aSprint({ id, name: `Sprint ${id}`, state: 'future', startAt: at(startAt) });

  it('those that started, oldest first, and the next one', () => {
    const six = { ...seven, id: '6', activatedAt: at('2026-04-20'), completedAt: at('2026-05-03') };
    const all = figures({ sprints: [planned('9', '2026-06-15'), seven, planned('8', '2026-06-05'), six] });
    expect(all.map(({ id, state }) => [id, state])).toEqual([
      ['6', 'closed'],
      ['7', 'closed'],
      ['8', 'future'],
    ]);
    expect(all.at(-1)).toMatchObject({ totals: null, classes: {}, activatedAt: null });
  });
});
