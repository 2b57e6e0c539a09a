import * as fc from '../../../property.ts';
import { describe, expect, it } from 'vitest';
import { idleSpans, lengthOf } from '../../../../src/core/metrics/flow/idle-spans.ts';
import type { IdleReason, Span } from '../../../../src/core/metrics/flow/idle-spans.ts';
import { hourMs } from '../../../../src/core/time/instant.ts';
import type { ItemHistory } from '../../../../src/core/model/project.ts';
import { viewAsOf } from '../../../../src/core/view/as-of.ts';
import { aCalendar, aHistory, aPast, at, changes, settings, statuses, statusMoves } from '../../../builders.ts';

const hours = (...pairs: readonly (readonly [number, number])[]): Span[] =>
  pairs.map(([from, to]) => ({ from: from * hourMs, to: to * hourMs }));

describe('the length of spans', () => {
  it('counts an overlap once (T14)', () => {
    const blocked = lengthOf(hours([24, 48], [40, 60], [100, 130])) / hourMs;
    expect(blocked).toBe(66);
    expect(1 - blocked / 160).toBeCloseTo(0.5875, 12);
  });

  const spans = fc
    .array(fc.tuple(fc.nat(100), fc.nat(100)), { maxLength: 8 })
    .map((pairs) => pairs.map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) })));
  it('is the number of hours that are in any of them, in any order', () => {
    fc.assert(
      fc.property(spans, (some) => {
        const covered = Array.from({ length: 101 }, (_, hour) =>
          some.some(({ from, to }) => from <= hour && hour < to),
        );
        expect(lengthOf(some)).toBe(covered.filter(Boolean).length);
        expect(lengthOf(some.toReversed())).toBe(lengthOf(some));
      }),
    );
  });
});

/** Days of June 2026 that are idle, by reason, from the 1st to the 20th at noon. */
function idle(
  item: ItemHistory,
  others: readonly ItemHistory[] = [],
  bots: readonly string[] = [],
): Record<IdleReason, string> {
  const history = aHistory({
    items: [item, ...others],
    settings: settings({ statuses: { ...plain, blocked: ['Parked'] }, bots }),
  });
  const view = viewAsOf(history, at('2026-06-30'), aCalendar());
  const spans = idleSpans(view, view.itemsByKey.get('APO-1')!, { from: at('2026-06-01'), to: at('2026-06-20') });
  const day = (instant: number) => new Date(instant).toISOString().slice(8, 10);
  const told = (of: readonly Span[]) => of.map(({ from, to }) => `${day(from)}-${day(to)}`).join(' ');
  return {
    flagged: told(spans.flagged),
    status: told(spans.status),
    link: told(spans.link),
    stalled: told(spans.stalled),
  };
}

const plain = { notStarted: [], started: [], done: [], blocked: [] };
const old = { key: 'APO-1', createdAt: at('2026-05-01') };

describe('why nobody could go on (metrics.md 2.2)', () => {
  it('a flag, from its setting to its taking away, and one that still stands', () => {
    const item = aPast({ ...old, isFlagged: true }, [
      ...changes(
        ['2026-05-28', 'flagged', null, 'true'],
        ['2026-06-03', 'flagged', 'true', null],
        ['2026-06-18', 'flagged', null, 'true'],
      ),
    ]);
    expect(idle(item).flagged).toBe('01-03 18-20');
  });

  it('a blocked status', () => {
    const item = aPast(
      { ...old, status: statuses.doing },
      statusMoves(statuses.doing, ['2026-06-05', statuses.odd], ['2026-06-09', statuses.doing]),
    );
    expect(idle(item).status).toBe('05-09');
  });

  it('a link to an item that is not done: from the link on, while that is open, and again when it is reopened', () => {
    const item = aPast(
      old,
      changes(['2026-06-04', 'link', null, 'blocked-by:APO-2'], ['2026-06-17', 'link', 'blocked-by:APO-2', null]),
    );
    const blocker = aPast(
      { key: 'APO-2', createdAt: at('2026-05-01'), status: statuses.done },
      statusMoves(
        statuses.toDo,
        ['2026-06-08', statuses.done],
        ['2026-06-12', statuses.toDo],
        ['2026-06-14', statuses.done],
      ),
    );
    expect(idle(item, [blocker]).link).toBe('04-08 12-14');
    expect(idle(item).link).toBe('');
    expect(idle(item, [{ ...blocker, goneAt: at('2026-06-06') }]).link).toBe('04-06');
  });

  it('no activity for five days, counted from the last; a link that another item made is none', () => {
    const item = aPast(
      old,
      changes(
        ['2026-06-06', 'assignee', null, 'ann'],
        ['2026-06-08', 'link', null, 'blocks:APO-9'],
        ['2026-06-10', 'priority', null, 'High'],
        ['2026-06-16', 'priority', 'High', 'Low'],
      ),
    );
    expect(idle(item).stalled).toBe('01-06 10-16');
  });

  it('nor is what a bot did, in its own entry or beside somebody else', () => {
    const by = (who: string, ...when: readonly string[]) =>
      changes(...when.map((day) => [day, 'priority', null, 'High'] as const)).map((change) => ({
        ...change,
        id: `${who}${change.id}`,
        by: who,
      }));
    const item = aPast(old, [...by('ann', '2026-06-06', '2026-06-16'), ...by('bot', '2026-06-08', '2026-06-16')]);
    expect(idle(item, [], ['bot']).stalled).toBe('01-16');
    expect(idle(item).stalled).toBe('01-06 08-16');
    expect(idle(item, [], ['ann', 'bot']).stalled).toBe('01-20');
  });
});
