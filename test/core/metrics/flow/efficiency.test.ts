import * as fc from '../../../property.ts';
import { describe, expect, it } from 'vitest';
import { flowBaseOf } from '../../../../src/core/metrics/flow/flow-base.ts';
import { measureFlow, proveFlow } from '../../../../src/core/metrics/flow/flow.ts';
import type { FlowFigures } from '../../../../src/core/metrics/figures.ts';
import type { ItemHistory } from '../../../../src/core/model/project.ts';
import { dayMs } from '../../../../src/core/time/instant.ts';
import { viewAsOf } from '../../../../src/core/view/as-of.ts';
import { aCalendar, aDoneItem, aHistory, aPast, at, changes, statuses, statusMoves } from '../../../builders.ts';
import { hourAt, randomProject } from '../random-project.ts';

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
    fc.assert(
      fc.property(randomProject, fc.nat(24 * 120), (project, asOf) => {
        const view = viewAsOf(project.known(asOf), hourAt(asOf), aCalendar());
        const { flowEfficiency, blockedDays } = proveFlow(flowBaseOf(view));
        for (const { value } of flowEfficiency.parts()) {
          expect(value ?? 0).toBeGreaterThanOrEqual(0);
          expect(value ?? 0).toBeLessThanOrEqual(1);
        }
        for (const { value, from, to } of blockedDays.parts()) expect(value).toBeLessThanOrEqual((to! - from!) / dayMs);
        if (blockedDays.figure.value === null) return;
        const { all, flagged, status, link } = blockedDays.figure.value;
        expect(Math.max(flagged, status, link)).toBeLessThanOrEqual(all + 1e-9);
        expect(all).toBeLessThanOrEqual(flagged + status + link + 1e-9);
      }),
      { numRuns: 100 },
    );
  });
});
