import * as fc from '../../../property.ts';
import { describe, expect, it } from 'vitest';
import { accountSprint } from '../../../../src/core/metrics/sprints/sprint.ts';
import { anItem, anyItem, endedAt, startedAt } from './sprint-items.ts';
import type { Timeline } from '../../../../src/core/view/timeline.ts';
import type { Told } from './sprint-items.ts';

const accountOf = (told: Told, span = {}) =>
  accountSprint([anItem('A-1', told)], { startedAt, endedAt, ...span }).items.get('A-1');

describe('classes', () => {
  it.each<[string, Told, object | undefined]>([
    ['done in the sprint', { done: [['05-08', true]] }, { class: 'completed', committed: true, added: false }],
    ['not done', {}, { class: 'not-completed', committed: true, added: false }],
    [
      'done before the sprint',
      { done: [['05-02', true]] },
      { class: 'completed-outside', committed: false, added: false },
    ],
    [
      'done before, reopened in the sprint',
      {
        done: [
          ['05-02', true],
          ['05-10', false],
        ],
      },
      { class: 'completed-outside', committed: false },
    ],
    ['done at the very start', { done: [['05-04T08:00', true]] }, { class: 'completed-outside', committed: false }],
    ['done at the very end', { done: [['05-18T08:00', true]] }, { class: 'completed' }],
    ['done right after the end', { done: [['05-18T08:00:01', true]] }, { class: 'not-completed' }],
    [
      'reopened in the sprint',
      {
        done: [
          ['05-08', true],
          ['05-14', false],
        ],
      },
      { class: 'not-completed' },
    ],
    [
      'reopened and done again',
      {
        done: [
          ['05-08', true],
          ['05-14', false],
          ['05-15', true],
        ],
      },
      { class: 'completed' },
    ],
    ['removed', { isIn: [true, ['05-11', false]] }, { class: 'removed', committed: true, churned: false }],
    ['done and then removed', { isIn: [true, ['05-11', false]], done: [['05-10', true]] }, { class: 'removed' }],
    ['moved on with the completion', { isIn: [true, ['05-18T07:59:30', false]] }, { class: 'not-completed' }],
    ['moved on a little earlier than that', { isIn: [true, ['05-18T07:59:00', false]] }, { class: 'removed' }],
    [
      'removed and brought back',
      { isIn: [true, ['05-08', false], ['05-11', true]] },
      { class: 'not-completed', committed: true, churned: true },
    ],
    [
      'removed, brought back and done',
      { isIn: [true, ['05-08', false], ['05-11', true]], done: [['05-15', true]] },
      { class: 'completed', churned: true },
    ],
    [
      'added and removed',
      { isIn: [false, ['05-08', true], ['05-11', false]] },
      { class: 'removed', committed: false, added: true },
    ],
    [
      'added and done',
      { isIn: [false, ['05-08', true]], done: [['05-11', true]] },
      { class: 'completed', committed: false, added: true },
    ],
    [
      'done and then added',
      { isIn: [false, ['05-13', true]], done: [['05-09', true]] },
      { class: 'completed-outside', committed: false, added: true },
    ],
    [
      'added at the very start',
      { isIn: [false, ['05-04T08:00', true]] },
      { class: 'not-completed', committed: true, added: false },
    ],
    [
      'created in the sprint',
      { created: '05-07T09:00', isIn: [true] },
      { class: 'not-completed', committed: false, added: true },
    ],
    ['taken out before the start', { isIn: [true, ['05-03', false]] }, undefined],
    [
      'taken out before the start, back after it',
      { isIn: [true, ['05-03', false], ['05-06', true]] },
      { class: 'not-completed', added: true },
    ],
    ['added with the completion', { isIn: [false, ['05-18T07:59:30', true]] }, undefined],
    ['added after the end', { isIn: [false, ['05-19', true]] }, undefined],
    ['created after the end', { created: '05-20T09:00', isIn: [true] }, undefined],
    ['never in it', { isIn: [false] }, undefined],
  ])('%s', (_, told, expected) => {
    expect({ account: accountOf(told) }).toMatchObject({ account: expected });
  });

  it('read the estimate at entry and at the end', () => {
    expect(accountOf({ points: [3, ['05-09', 5], ['05-19', 8]] })).toMatchObject({
      estimateAtEntry: 3,
      estimateAtEnd: 5,
    });
    expect(accountOf({ isIn: [false, ['05-08', true]], points: [null, ['05-07', 2], ['05-09', null]] })).toMatchObject({
      estimateAtEntry: 2,
      estimateAtEnd: null,
    });
  });

  it('count clerical additions as committed within the grace', () => {
    const told: Told = { isIn: [false, ['05-04T08:30', true]] };
    expect(accountOf(told)).toMatchObject({ committed: false, added: true });
    expect(accountOf(told, { graceMs: 30 * 60_000 })).toMatchObject({ committed: true, added: false });
    expect(accountOf(told, { graceMs: 29 * 60_000 })).toMatchObject({ committed: false, added: true });
    expect(accountOf({ ...told, done: [['05-04T08:10', true]] }, { graceMs: 30 * 60_000 })).toMatchObject({
      class: 'completed-outside',
      committed: false,
      added: false,
    });
  });

  it('of a sprint that has just begun take it as it was begun', () => {
    const span = { endedAt: startedAt + 1000 };
    expect(accountOf({ isIn: [false, ['05-04T07:59:50', true]] }, span)).toMatchObject({
      class: 'not-completed',
      committed: true,
    });
  });
});

describe('totals', () => {
  it('of nothing committed have no ratios', () => {
    const { totals } = accountSprint([anItem('A-1', { created: '05-07T09:00', done: [['05-09', true]] })], {
      startedAt,
      endedAt,
    });
    expect(totals).toMatchObject({
      committed: { count: 0, points: 0 },
      added: { count: 1 },
      completed: { count: 1, points: 1 },
      sayDo: { count: null, points: null },
      deliveryRatio: { points: null },
      scopeChange: { count: null },
    });
  });
  it('count an item without an estimate, at 0 points', () => {
    const { totals } = accountSprint(
      [anItem('A-1', { points: [null], done: [['05-09', true]] }), anItem('A-2', { points: [4] })],
      { startedAt, endedAt },
    );
    expect(totals).toMatchObject({
      committed: { count: 2, points: 4 },
      completed: { count: 1, points: 0 },
      sayDo: { count: 0.5, points: 0 },
      deliveryRatio: { points: 0 },
    });
  });
  it('may deliver more than was committed, and leave done outsiders out of the additions', () => {
    const items = [
      anItem('A-1', { points: [2], done: [['05-09', true]] }),
      anItem('A-2', { created: '05-06T09:00', points: [4], done: [['05-09', true]] }),
      anItem('A-3', { isIn: [false, ['05-13', true]], done: [['05-09', true]], points: [9] }),
    ];
    expect(accountSprint(items, { startedAt, endedAt }).totals).toMatchObject({
      added: { count: 1 },
      completedOutside: { count: 1 },
      deliveryRatio: { points: 3 },
      sayDo: { count: 1, points: 1 },
      scopeChange: { count: 1 },
    });
  });
  it('of no items are zeros', () => {
    expect(accountSprint([], { startedAt, endedAt }).totals).toMatchObject({
      committed: { count: 0 },
      notCompleted: { count: 0 },
    });
  });
});

describe('for any items', () => {
  it('every item of the sprint is in exactly one class, and the committed are the sum of theirs', () =>
    fc.assert(
      fc.property(fc.array(anyItem, { maxLength: 20 }), (list) => {
        const { items, totals } = accountSprint(
          list.map((item, index) => ({ ...item, key: `A-${index}` })),
          { startedAt, endedAt },
        );
        const all = [...items.values()];
        const count = (test: (account: (typeof all)[number]) => boolean) => all.filter(test).length;
        expect(
          totals.completed.count + totals.notCompleted.count + totals.removed.count + totals.completedOutside.count,
        ).toBe(all.length);
        const classes = ['completed', 'not-completed', 'removed'] as const;
        expect(classes.reduce((sum, name) => sum + count((one) => one.committed && one.class === name), 0)).toBe(
          totals.committed.count,
        );
        expect(totals.committed.count + totals.added.count + totals.completedOutside.count).toBe(all.length);
        for (const one of all) expect(one.committed && one.added).toBe(false);
        expect(totals.sayDo.count ?? 0).toBeLessThanOrEqual(1);
      }),
    ));
  it('what happens after the end changes nothing', () =>
    fc.assert(
      fc.property(anyItem, (item) => {
        const cut = <T>([first, ...rest]: Timeline<T>): Timeline<T> => [
          first,
          ...rest.filter((step) => step.at <= endedAt),
        ];
        const early = {
          ...item,
          key: 'A-1',
          membership: cut(item.membership),
          doneness: cut(item.doneness),
          estimate: cut(item.estimate),
        };
        expect(accountSprint([{ ...item, key: 'A-1' }], { startedAt, endedAt })).toEqual(
          accountSprint([early], { startedAt, endedAt }),
        );
      }),
    ));
});
