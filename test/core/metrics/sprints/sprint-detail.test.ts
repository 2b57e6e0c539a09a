import * as fc from '../../../property.ts';
import { describe, expect, it } from 'vitest';
import type { SprintFigures } from '../../../../src/core/metrics/sprint-figures.ts';
import { burndownDays, burndownOf } from '../../../../src/core/metrics/sprints/burndown.ts';
import { carriedItems } from '../../../../src/core/metrics/sprints/carried.ts';
import { accountSprint } from '../../../../src/core/metrics/sprints/sprint.ts';
import { velocityOf } from '../../../../src/core/metrics/sprints/velocity.ts';
import { aCalendar } from '../../../builders.ts';
import { anItem, anyItem, at, endedAt, startedAt } from './sprint-items.ts';
import type { Told } from './sprint-items.ts';

const span = { startedAt, endedAt, plannedEndAt: at('05-14T08:00') };
const told = (items: Readonly<Record<string, Told>>) => Object.entries(items).map(([key, one]) => anItem(key, one));
const detailOf = (items: Readonly<Record<string, Told>>, more = {}) =>
  accountSprint(told(items), { ...span, ...more }).detail;

describe('what the totals have no room for', () => {
  it('sums points of what came, went and stayed open', () => {
    const items: Record<string, Told> = {
      'A-1': { points: [3], done: [['05-08', true]] },
      'A-2': { points: [5, ['05-09', 8]] },
      'A-3': { points: [2], isIn: [true, ['05-10', false]] },
      'A-4': { points: [1, ['05-09', 4]], isIn: [false, ['05-08', true]], done: [['05-13', true]] },
    };
    expect(detailOf(items)).toEqual({
      addedPoints: 1,
      removedPoints: 2,
      notCompletedPoints: 8,
      scopeChangePoints: 0.3,
      reEstimatedPoints: 6,
      firstEstimatedPoints: 0,
      // 3 committed, 1 added, 1 removed: one of three is carried on.
      carryOver: 1 / 3,
      lateAdditions: 0,
      churned: 0,
    });
  });

  it('tells a first estimate from a new one', () => {
    const items: Record<string, Told> = {
      'A-1': { points: [null, ['05-09', 5]] },
      'A-2': { points: [2, ['05-09', 3]] },
    };
    expect(detailOf(items)).toMatchObject({ reEstimatedPoints: 6, firstEstimatedPoints: 5 });
  });

  it.each([
    // Four fifths of the ten days from 4 May 8:00 are over on 12 May 8:00.
    ['just before four fifths', '05-12T07:59', 0],
    ['at four fifths', '05-12T08:00', 1],
    ['after the planned end', '05-16', 1],
  ])('counts additions as late from four fifths of the planned time on: %s', (_name, when, late) => {
    expect(detailOf({ 'A-1': { isIn: [false, [when, true]] } }).lateAdditions).toBe(late);
  });

  it('does not know what is late when no end was planned, nor a ratio over nothing', () => {
    expect(detailOf({ 'A-1': { done: [['05-01T10:00', true]] } }, { plannedEndAt: null })).toMatchObject({
      lateAdditions: null,
      carryOver: null,
      scopeChangePoints: null,
    });
  });

  it('counts what left and came back', () => {
    const isIn: Told['isIn'] = [true, ['05-06', false], ['05-07', true]];
    expect(detailOf({ 'A-1': { isIn }, 'A-2': {} }).churned).toBe(1);
  });
});

describe('burndown', () => {
  it('goes by steps: added, done, reopened, estimated anew, removed', () => {
    const { start, end, steps } = burndownOf(
      told({
        'A-1': {
          points: [3],
          done: [
            ['05-08', true],
            ['05-09', false],
          ],
        },
        'A-2': { points: [5, ['05-10', 8]] },
        'A-3': { points: [2], isIn: [false, ['05-11', true], ['05-12', false]] },
        'A-4': { points: [9], done: [['05-02', true]] },
      }),
      span,
    );
    expect(start).toEqual({ count: 2, points: 8 });
    expect(steps.map(({ event, count, points }) => [event, count, points])).toEqual([
      ['complete', 1, 5],
      ['reopen', 2, 8],
      ['re-estimate', 2, 11],
      ['add', 3, 13],
      ['remove', 2, 11],
    ]);
    expect(end).toEqual({ count: 2, points: 11 });
  });

  it('ends, whatever happens, with what was not completed', () =>
    fc.assert(
      fc.property(fc.array(anyItem, { maxLength: 20 }), (list) => {
        const items = list.map((item, index) => ({ ...item, key: `A-${index}` }));
        const { end } = burndownOf(items, span);
        const { totals, detail } = accountSprint(items, span);
        expect(end).toEqual({ count: totals.notCompleted.count, points: detail.notCompletedPoints });
      }),
    ));

  it('has a day each working day, and an ideal line that changes of scope do not move', () => {
    const items = told({ 'A-1': { done: [['05-05', true]] }, 'A-2': { isIn: [false, ['05-06', true]] } });
    const days = burndownDays(burndownOf(items, span), span, {
      calendar: aCalendar(),
      plannedEndAt: span.plannedEndAt,
      commitment: { count: 8, points: 8 },
    });
    expect(days.map(({ on, count, ideal }) => [on.slice(5), count, ideal.count])).toEqual([
      ['05-04', 1, 8],
      ['05-05', 0, 7],
      ['05-06', 1, 6],
      ['05-07', 1, 5],
      ['05-08', 1, 4],
      ['05-11', 1, 3],
      ['05-12', 1, 2],
      ['05-13', 1, 1],
      ['05-14', 1, 0],
      ['05-15', 1, 0],
      ['05-18', 1, 0],
    ]);
  });
});

/** A closed sprint of a board: what was completed in it, and the classes of its items. */
function closed(id: number, parts: { count?: number; points?: number } & Partial<SprintFigures> = {}): SprintFigures {
  const { count = 0, points = 0, ...more } = parts;
  const { totals, detail } = accountSprint([], span);
  return {
    id: String(id),
    name: `Sprint ${id}`,
    state: 'closed',
    boardId: '1',
    activatedAt: id * 1000,
    endAt: id * 1000 + 900,
    completedAt: id * 1000 + 900,
    totals: { ...totals, completed: { count, points } },
    detail: { ...detail, overrunWorkingDays: 0 },
    classes: {},
    grade: 'A',
    flags: [],
    outlook: null,
    ...more,
  };
}

describe('velocity', () => {
  const sprints = [3, 9, 1, 5, 7, 2, 8].map((count, index) => closed(index + 1, { count, points: count * 2 }));
  const of = (list: readonly SprintFigures[], before = Infinity) => velocityOf(list, { boardId: '1', before });

  it('is the median of the last six, with the least and the most', () => {
    expect(of(sprints)).toEqual({
      n: 6,
      count: { median: 6, min: 1, max: 9 },
      points: { median: 12, min: 2, max: 18 },
    });
    expect(of(sprints, 3900)).toMatchObject({ n: 2, count: { median: 6 } });
  });
  it('knows neither other boards, nor sprints whose content is not known', () => {
    expect(of([closed(1, { count: 4, boardId: '2' }), closed(2, { count: 4, grade: 'D' })])).toBeNull();
  });
  it('has no points where nothing is estimated', () => {
    expect(of([closed(1, { count: 4 })])).toMatchObject({ n: 1, points: null });
  });
});

describe('carried items', () => {
  it('count the sprints in a row, newest first, that ended without them', () => {
    const sprints = [
      closed(1, { classes: { a: 'not-completed', b: 'not-completed', c: 'completed' } }),
      closed(2, { classes: { a: 'not-completed', b: 'removed' } }),
      closed(3, { classes: { a: 'not-completed', b: 'not-completed' } }),
    ];
    expect(agesOf(sprints)).toEqual({ a: 3, b: 1, c: 0 });
    expect(agesOf(sprints.slice(0, 2))).toEqual({ a: 2, b: 0, c: 0 });
  });

  const open = (key: string) => ({ classes: { [key]: 'not-completed' as const } });

  it.each([
    [[1, 4, 6], 1],
    [[1, 4, 5], 2],
    [[3, 4, 5], 3],
  ])('are no longer carried on once they were in none: out of six sprints in %j', (held, age) => {
    const sprints = [1, 2, 3, 4, 5, 6].map((id) => closed(id, held.includes(id) ? open('a') : {}));
    expect(agesOf(sprints)).toEqual({ a: age });
  });

  it('are one sprint on where three boards close theirs side by side', () => {
    const sprints = ['1', '2', '3'].map((boardId, index) =>
      closed(1, { ...open('a'), boardId, completedAt: 1900 + index }),
    );
    expect(agesOf(sprints)).toEqual({ a: 1 });
    const before = closed(0, { ...open('a'), boardId: '2' });
    expect(agesOf([before, ...sprints])).toEqual({ a: 2 });
  });

  it('are not put back by a sprint beside theirs on the same board', () => {
    const sprints = [1, 2, 3].flatMap((id) => [
      closed(id, open('a')),
      closed(id, { id: `${id}b`, activatedAt: id * 1000 + 100, endAt: id * 1000 + 950, completedAt: id * 1000 + 950 }),
    ]);
    expect(agesOf(sprints)).toEqual({ a: 3 });
  });

  it('are in one sprint more while one with them runs, however long the one before it was left open', () => {
    const running = closed(3, { ...open('a'), state: 'active', completedAt: null });
    const sprints = [closed(1, open('a')), closed(2, { ...open('a'), completedAt: 3100 }), running];
    expect(agesOf(sprints)).toEqual({ a: 3 });
    expect(carriedItems(sprints).get('a')).toEqual({ sprints: 3, newestAt: Infinity });
    expect(agesOf([...sprints.slice(0, 2), { ...running, classes: { a: 'completed' as const } }])).toEqual({ a: 0 });
  });
});

function agesOf(sprints: readonly SprintFigures[]): Record<string, number> {
  return Object.fromEntries([...carriedItems(sprints)].map(([key, { sprints: age }]) => [key, age]));
}
