import * as fc from '../../property.ts';
import { describe, expect, it } from 'vitest';
import type { ItemHistory } from '../../../src/core/model/project.ts';
import { viewAsOf } from '../../../src/core/view/as-of.ts';
import type { ItemPast } from '../../../src/core/view/view.ts';
import { aCalendar, aHistory, aPast, at, changes, statuses } from '../../builders.ts';

const { doing } = statuses;
const createdAt = at('2026-01-05T08:00:00Z');
const hourMs = 3_600_000;

const pastAt = (items: readonly ItemHistory[], asOf: number, key = 'APO-1'): ItemPast =>
  viewAsOf(aHistory({ items }), asOf, aCalendar()).itemsByKey.get(key)!.past;

/** An item that was estimated anew every hour. */
const estimated = (key: string, times: number) =>
  aPast(
    { key, createdAt, points: times },
    Array.from({ length: times }, (_, index) => ({
      id: String(index),
      part: 0,
      at: createdAt + (index + 1) * hourMs,
      by: 'ann',
      field: 'points' as const,
      from: index === 0 ? null : String(index),
      to: String(index + 1),
      fromText: null,
      toText: null,
    })),
  );

describe('the past of an item', () => {
  const item = aPast(
    { key: 'APO-1', createdAt, status: doing, dueOn: '2026-03-31', priority: 'High', isFlagged: true },
    changes(
      ['2026-01-12', 'status', '1', '3'],
      ['2026-01-14', 'dueOn', null, '2026-02-28'],
      ['2026-01-20', 'dueOn', '2026-02-28', '2026-03-31'],
      ['2026-01-21', 'fixVersion', null, '900'],
    ),
  );

  it('is cut at the instant of the view, whichever view is made first', () => {
    const history = aHistory({ items: [item] });
    const [later, earlier] = ['2026-01-31', '2026-01-15'].map(
      (day) => viewAsOf(history, at(day), aCalendar()).items[0]!.past,
    );
    const datesOf = ({ dueOn }: ItemPast) => dueOn.map(({ value }) => value);
    expect([datesOf(earlier!), datesOf(later!)]).toEqual([
      [null, '2026-02-28'],
      [null, '2026-02-28', '2026-03-31'],
    ]);
    expect([earlier!.activity.length, later!.activity.length]).toEqual([2, 4]);
    expect([earlier!.fixVersions.at(-1)!.value, later!.fixVersions.at(-1)!.value]).toEqual([[], ['900']]);
  });

  it('has what never changed from creation on, and what never was from the beginning of time', () => {
    const { priority, flagged, parent, sprints, resolution } = pastAt([item], at('2026-01-31'));
    expect(priority).toEqual([{ at: createdAt, value: 'High' }]);
    expect(flagged).toEqual([{ at: createdAt, value: true }]);
    expect([parent, sprints, resolution].map(([{ at: since, value }]) => [since, value])).toEqual([
      [-Infinity, null],
      [-Infinity, []],
      [-Infinity, null],
    ]);
  });

  it('is its own, however long those of the items beside it are', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9_000 }), { minLength: 2, maxLength: 6 }), (lengths) => {
        const items = lengths.map((times, index) => estimated(`APO-${index + 1}`, times));
        const view = viewAsOf(aHistory({ items }), createdAt + 20_000 * hourMs, aCalendar());
        expect(view.items.map(({ past }) => past.points.length)).toEqual(lengths.map((times) => times + 1));
        expect(view.items.map(({ past }) => past.activity.length)).toEqual(lengths);
        expect(view.items.map(({ points }) => points)).toEqual(lengths.map((times) => (times === 0 ? 0 : times)));
      }),
      { numRuns: 15 },
    );
  });

  it('of an item without a history is not known before its last update, even after a later view was made', () => {
    const cut = aPast({ key: 'APO-1', createdAt, status: doing, updatedAt: at('2026-01-20') }, [], {
      isComplete: false,
    });
    const history = aHistory({ items: [cut] });
    const [after, before] = ['2026-01-31', '2026-01-15'].map(
      (day) => viewAsOf(history, at(day), aCalendar()).items[0]!.past.status.at(-1)!.value.name,
    );
    expect([before, after]).toEqual([null, doing.name]);
  });
});
