import { describe, expect, it } from 'vitest';
import * as fc from '../../property.ts';
import { viewAsOf } from '../../../src/core/view/as-of.ts';
import {
  doneAtOf,
  existsAt,
  firstFinishOf,
  isDoneAt,
  presentIn,
  reopeningsOf,
} from '../../../src/core/view/item-clock.ts';
import type { ItemView } from '../../../src/core/view/view.ts';
import type { ItemHistory, ProjectSettings } from '../../../src/core/model/project.ts';
import type { Status } from '../../../src/core/model/work-item.ts';
import { aCalendar, aHistory, aPast, at, settings, statusMoves, statuses } from '../../builders.ts';

const { toDo, doing, review, done, closed, odd } = statuses;

function see(past: ItemHistory, asOf = '2026-03-01', parts: Partial<ProjectSettings> = {}): ItemView {
  const view = viewAsOf(aHistory({ items: [past], settings: settings(parts) }), at(asOf), aCalendar());
  return view.items[0]!;
}

const pastOf = (first: Status, ...moves: (readonly [string, Status])[]): ItemHistory =>
  aPast({ status: moves.at(-1)?.[1] ?? first }, statusMoves(first, ...moves));

const day = (instant: number | null) => (instant === null ? null : new Date(instant).toISOString().slice(0, 10));

describe('the clock of an item (metrics.md 2.1)', () => {
  it.each<[string, ItemHistory, string | null, string | null]>([
    ['plain', pastOf(toDo, ['2026-01-10', doing], ['2026-01-12', done]), '2026-01-10', '2026-01-12'],
    ['never moved', pastOf(toDo), null, null],
    ['born in progress', pastOf(doing, ['2026-01-12', done]), '2026-01-05', '2026-01-12'],
    ['skips the started status', pastOf(toDo, ['2026-01-12', done]), null, '2026-01-12'],
    [
      'back to the backlog does not reset the start',
      pastOf(toDo, ['2026-01-10', doing], ['2026-01-11', toDo], ['2026-01-20', doing], ['2026-01-22', done]),
      '2026-01-10',
      '2026-01-22',
    ],
    [
      'reopened and done again: the last entry counts',
      pastOf(toDo, ['2026-01-10', doing], ['2026-01-12', done], ['2026-01-15', doing], ['2026-01-18', done]),
      '2026-01-10',
      '2026-01-18',
    ],
    [
      'reopened and open',
      pastOf(toDo, ['2026-01-10', doing], ['2026-01-12', done], ['2026-01-15', toDo]),
      '2026-01-10',
      null,
    ],
    [
      'from one done status to another it stays done since the first',
      pastOf(toDo, ['2026-01-10', doing], ['2026-01-12', done], ['2026-01-30', closed]),
      '2026-01-10',
      '2026-01-12',
    ],
    [
      'a status of unknown meaning is neither started nor done',
      pastOf(toDo, ['2026-01-08', odd], ['2026-01-10', review], ['2026-01-12', done]),
      '2026-01-10',
      '2026-01-12',
    ],
    [
      'from done to a status of unknown meaning it is open again',
      pastOf(toDo, ['2026-01-10', doing], ['2026-01-12', done], ['2026-01-14', odd]),
      '2026-01-10',
      null,
    ],
  ])('%s', (_name, past, startedOn, doneOn) => {
    const item = see(past);
    expect([day(item.startedAt), day(item.doneAt)]).toEqual([startedOn, doneOn]);
    expect(item.isDone).toBe(doneOn !== null);
  });

  it('takes several changes of one history entry in their order', () => {
    const when = '2026-01-10T10:00:00Z';
    const item = see(pastOf(toDo, [when, doing], [when, done], [when, closed]));
    expect(item.startedAt).toBe(at(when));
    expect(item.doneAt).toBe(at(when));
    const there = see(pastOf(toDo, [when, done], [when, doing]));
    expect(there.doneSpans).toEqual([]);
    expect(there.isDone).toBe(false);
  });

  it('knows at an instant only what had happened by then', () => {
    const past = pastOf(toDo, ['2026-01-10', doing], ['2026-01-12', done], ['2026-01-15', doing], ['2026-01-18', done]);
    expect(see(past, '2026-01-09').startedAt).toBeNull();
    expect(day(see(past, '2026-01-13').doneAt)).toBe('2026-01-12');
    expect(see(past, '2026-01-16').doneAt).toBeNull();
    expect(day(see(past, '2026-01-18T12:00:00Z').doneAt)).toBe('2026-01-18');
    expect(see(past, '2026-01-18T11:59:59.999Z').doneAt).toBeNull();
    // The same from the view of a later day.
    const item = see(past, '2026-03-01');
    expect(day(doneAtOf(item, at('2026-01-13')))).toBe('2026-01-12');
    expect(isDoneAt(item, at('2026-01-16'))).toBe(false);
    expect(reopeningsOf(item).map(day)).toEqual(['2026-01-15']);
  });

  it('finishes a promise at the first entry into done that is not taken back within 24 hours', () => {
    const slip = pastOf(toDo, ['2026-01-12T10:00:00Z', done], ['2026-01-12T15:00:00Z', doing], ['2026-01-20', done]);
    expect(day(firstFinishOf(see(slip)))).toBe('2026-01-20');
    const reopened = pastOf(toDo, ['2026-01-12', done], ['2026-01-16', doing], ['2026-01-20', done]);
    expect(day(firstFinishOf(see(reopened)))).toBe('2026-01-12');
  });
});

describe('what a status means', () => {
  it('follows the map of the config, by name in any case or by id, before the category', () => {
    const past = pastOf(toDo, ['2026-01-08', odd], ['2026-01-10', review], ['2026-01-12', closed]);
    const item = see(past, '2026-03-01', {
      statuses: { notStarted: ['closed'], started: ['parked'], done: [review.id], blocked: [] },
    });
    expect(day(item.startedAt)).toBe('2026-01-08');
    expect(item.doneSpans.map(({ from, until }) => [day(from), day(until)])).toEqual([['2026-01-10', '2026-01-12']]);
    expect(item.status.phase).toBe('not-started');
  });

  it('takes a status that exists no more by the name of then, or leaves it unmapped', () => {
    const old = { id: '77', name: 'In Progress', category: 'unknown' } as const;
    const lost = { id: '78', name: 'Triage (old)', category: 'unknown' } as const;
    const past = pastOf(toDo, ['2026-01-08', lost], ['2026-01-10', old], ['2026-01-12', done]);
    const view = viewAsOf(aHistory({ items: [past] }), at('2026-03-01'), aCalendar());
    expect(day(view.items[0]!.startedAt)).toBe('2026-01-10');
    expect(view.unmappedStatuses).toEqual(['Triage (old)']);
    expect(viewAsOf(aHistory({ items: [past] }), at('2026-01-07'), aCalendar()).unmappedStatuses).toEqual([]);
  });
});

describe('an item without a history', () => {
  const closedItem = aPast(
    { status: done, resolution: 'Fixed', resolvedAt: at('2026-01-20'), updatedAt: at('2026-02-10') },
    [],
    { isComplete: false },
  );

  it('is done from its resolution on, open before it, and has no start', () => {
    expect(see(closedItem, '2026-01-19')).toMatchObject({
      isDone: false,
      doneAt: null,
      startedAt: null,
      resolution: null,
    });
    const item = see(closedItem);
    expect(item).toMatchObject({ isDone: true, startedAt: null, resolution: 'Fixed', isDelivered: true });
    expect(day(item.doneAt)).toBe('2026-01-20');
  });

  it('counts as done at no known time when the source has no day of resolution', () => {
    const item = see(aPast({ status: done, updatedAt: at('2026-01-20') }, [], { isComplete: false }));
    expect(item).toMatchObject({ isDone: true, doneAt: null, isDoneTimeKnown: false });
    expect(firstFinishOf(item)).toBeNull();
  });

  it('is not given a start by its present status', () => {
    const item = see(aPast({ status: doing, updatedAt: at('2026-01-20') }, [], { isComplete: false }));
    expect(item).toMatchObject({ isDone: false, startedAt: null });
    expect(item.status.phase).toBe('started');
  });
});

describe('the parts of a stretch in which an item was in the project', () => {
  const hour = fc.integer({ min: 0, max: 30 });
  const away = fc.record({ from: fc.option(hour), until: hour });
  const stay = fc.record({ createdAt: hour, goneAt: fc.option(hour), absences: fc.array(away, { maxLength: 3 }) });

  it('hold every instant of it at which the item exists, once, and no other', () => {
    fc.assert(
      fc.property(stay, hour, hour, (parts, from, until) => {
        const item: ItemView = { ...see(pastOf(toDo)), ...parts };
        const present = presentIn(item, { from, until });
        for (let at = 0; at <= 30; at += 1) {
          const times = present.filter((part) => part.from <= at && at < part.until).length;
          expect(times).toBe(from <= at && at < until && existsAt(item, at) ? 1 : 0);
        }
      }),
    );
  });
});
