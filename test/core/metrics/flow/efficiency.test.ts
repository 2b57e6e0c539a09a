import * as fc from '../../../property.ts';
import { describe, expect, it } from 'vitest';
import { flowBaseOf } from '../../../../src/core/metrics/flow/flow-base.ts';
import { measureFlow, proveFlow } from '../../../../src/core/metrics/flow/flow.ts';
import type { FlowFigures } from '../../../../src/core/metrics/figures.ts';
import type { ItemHistory } from '../../../../src/core/model/project.ts';
import { viewAsOf } from '../../../../src/core/view/as-of.ts';
import {
  aCalendar,
  aDoneItem,
  aHistory,
  aPast,
  at,
  changes,
  settings,
  statuses,
  statusMoves,
} from '../../../builders.ts';

const startAt = at('2026-06-01T00:00:00Z');
const hour = (hours: number) => new Date(startAt + hours * 3_600_000).toISOString();
const flow = (items: readonly ItemHistory[]): FlowFigures =>
  measureFlow(viewAsOf(aHistory({ items }), at('2026-06-30'), aCalendar()));

/** In progress for 160 hours, with signs of life each day so that it never stalls, and these changes. */
function busy(more: ReturnType<typeof changes>, isFlagged = false): ItemHistory {
  const alive = changes(...[20, 45, 70, 95, 120, 145].map((hours) => [hour(hours), 'summary', 'a', 'b'] as const));
  return aPast({ key: 'APO-1', createdAt: startAt, status: statuses.done, isFlagged }, [
    ...alive.map((change) => ({ ...change, id: `a${change.id}` })),
    ...more,
    ...statusMoves(statuses.toDo, [hour(0), statuses.doing], [hour(160), statuses.done]),
  ]);
}

describe('flow efficiency and blocked time (metrics.md 2.2)', () => {
  it('counts what overlaps once in all, and by reason apart (T14)', () => {
    const blocker = aDoneItem('APO-2', { createdAt: '2026-05-01', doneAt: hour(60) });
    const past = busy(
      changes(
        [hour(24), 'flagged', null, 'true'],
        [hour(40), 'link', null, 'blocked-by:APO-2'],
        [hour(48), 'flagged', 'true', null],
        [hour(100), 'flagged', null, 'true'],
        [hour(130), 'flagged', 'true', null],
      ),
    );
    const item = { ...past.item, links: [{ kind: 'blocked-by' as const, key: 'APO-2' }] };
    const { flowEfficiency, blockedDays } = flow([{ ...past, item }, blocker]);
    expect(flowEfficiency.value).toBeCloseTo(0.5875, 12);
    expect(blockedDays).toMatchObject({
      value: { all: 66 / 24, flagged: 54 / 24, link: 20 / 24, status: 0 },
      unit: 'day',
      n: 1,
      grade: 'D',
      exclusions: [{ reason: 'neverStarted', n: 1 }],
    });
  });

  it('takes five days without a sign of life for a stall, and time outside of start and finish for none', () => {
    const plain = aDoneItem('APO-1', { createdAt: '2026-05-01', startedAt: '2026-06-01', doneAt: '2026-06-11' });
    expect(flow([plain]).flowEfficiency.value).toBe(0);
    const short = aDoneItem('APO-1', { createdAt: '2026-05-01', startedAt: '2026-06-01', doneAt: '2026-06-05' });
    expect(flow([short]).flowEfficiency.value).toBe(1);
    const early = busy(changes(['2026-05-20', 'flagged', null, 'true'], [hour(16), 'flagged', 'true', null]));
    expect(flow([{ ...early, item: { ...early.item, createdAt: at('2026-05-10') } }]).flowEfficiency.value).toBe(0.9);
  });

  it('weighs items by their time, and is C at best when more than 15 % were left out', () => {
    const long = aDoneItem('APO-1', { createdAt: '2026-05-01', startedAt: '2026-06-01', doneAt: '2026-06-11' });
    const short = aDoneItem('APO-2', { createdAt: '2026-05-01', startedAt: '2026-06-01', doneAt: '2026-06-02' });
    expect(flow([long, short]).flowEfficiency.value).toBeCloseTo(1 / 11, 12);
    const many = Array.from({ length: 20 }, (_, index) => ({
      ...short,
      item: { ...short.item, key: `APO-${index + 10}` },
    }));
    const skipped = Array.from({ length: 5 }, (_, index) =>
      aDoneItem(`APO-${index + 50}`, { createdAt: '2026-05-01', doneAt: '2026-06-02' }),
    );
    expect(flow(many).flowEfficiency.grade).toBe('B');
    expect(flow([...many, ...skipped]).flowEfficiency).toMatchObject({
      grade: 'C',
      n: 20,
      exclusions: [{ reason: 'neverStarted', n: 5 }],
    });
  });

  it('blocked time is at most the time there was, and at least that of any one reason', () => {
    const turns = fc
      .uniqueArray(fc.integer({ min: 1, max: 159 }), { maxLength: 6 })
      .map((hours) => hours.sort((a, b) => a - b));
    const link = 'blocked-by:APO-2';
    type Move = Parameters<typeof changes>[number];
    fc.assert(
      fc.property(turns, turns, turns, (flags, links, waits) => {
        const blocker = aPast({ key: 'APO-2', createdAt: startAt });
        const isOn = (index: number) => index % 2 === 0;
        const told = [
          ...changes(
            ...flags.map(
              (on, index) => [hour(on), 'flagged', ...(isOn(index) ? [null, 'true'] : ['true', null])] as Move,
            ),
          ),
          ...changes(
            ...links.map((on, index) => [hour(on), 'link', ...(isOn(index) ? [null, link] : [link, null])] as Move),
          ).map((change) => ({ ...change, id: `l${change.id}` })),
          ...statusMoves(
            statuses.toDo,
            [hour(0), statuses.doing],
            ...waits.map((on, index) => [hour(on), isOn(index) ? statuses.odd : statuses.doing] as const),
            [hour(160), statuses.done],
          ),
        ];
        const item = aPast(
          {
            key: 'APO-1',
            createdAt: startAt,
            status: statuses.done,
            isFlagged: flags.length % 2 === 1,
            links: links.length % 2 === 1 ? [{ kind: 'blocked-by', key: 'APO-2' }] : [],
          },
          told,
        );
        const history = aHistory({
          items: [item, blocker],
          settings: settings({ statuses: { notStarted: [], started: [], done: [], blocked: ['Parked'] } }),
        });
        const { flowEfficiency, blockedDays } = proveFlow(flowBaseOf(viewAsOf(history, at('2026-06-30'), aCalendar())));
        const { all, flagged, status, link: linked } = blockedDays.figure.value!;
        expect([flagged, status, linked].map((days) => days > 0)).toEqual(
          [flags, waits, links].map(({ length }) => length > 0),
        );
        expect(Math.max(flagged, status, linked)).toBeLessThanOrEqual(all + 1e-9);
        expect(all).toBeLessThanOrEqual(flagged + status + linked + 1e-9);
        expect(all).toBeLessThanOrEqual(160 / 24 + 1e-9);
        expect(flowEfficiency.figure.value).toBeLessThanOrEqual(1 - all / (160 / 24) + 1e-9);
      }),
    );
  });
});
