import { describe, expect, it } from 'vitest';
import { viewAsOf } from '../../../../src/core/view/as-of.ts';
import { measureFlow } from '../../../../src/core/metrics/flow/flow.ts';
import { itemTimes } from '../../../../src/core/metrics/flow/item-times.ts';
import type { FlowFigures } from '../../../../src/core/metrics/figures.ts';
import type { ItemHistory, ProjectSettings } from '../../../../src/core/model/project.ts';
import {
  aCalendar,
  aDoneItem,
  aHistory,
  aPast,
  at,
  settings,
  statuses,
  statusMoves,
  types,
} from '../../../builders.ts';

interface Given {
  readonly items: readonly ItemHistory[];
  readonly asOf?: string;
  readonly config?: Partial<ProjectSettings>;
  readonly zone?: string;
}

const see = ({ items, asOf = '2026-03-31', config = {}, zone = 'UTC' }: Given) =>
  viewAsOf(aHistory({ items, settings: settings(config) }), at(asOf), aCalendar(zone));
const flow = (given: Given): FlowFigures => measureFlow(see(given));

/** `count` items, the n-th finished on the n-th of March after `days` inclusive days. */
const finished = (days: readonly number[]): ItemHistory[] =>
  days.map((length, index) => {
    const done = Date.UTC(2026, 2, (index % 28) + 1, 12);
    const iso = (instant: number) => new Date(instant).toISOString();
    return aDoneItem(`APO-${index + 1}`, {
      createdAt: iso(done - length * 86_400_000),
      startedAt: iso(done - (length - 1) * 86_400_000),
      doneAt: iso(done),
    });
  });

describe('cycle and lead time', () => {
  // T10 of metrics.md
  const t10 = [2, 3, 3, 4, 5, 5, 6, 7, 8, 9, 10, 12, 13, 15, 18, 21, 25, 30, 41, 60];

  it('gives nearest ranks over inclusive local days (T10)', () => {
    const { cycleTimeDays, leadTimeDays } = flow({ items: finished(t10) });
    expect(cycleTimeDays).toMatchObject({ value: { p50: 9, p85: 25, p95: 41 }, unit: 'day', n: 20, grade: 'B' });
    expect(leadTimeDays.value).toEqual({ p50: 10, p85: 26, p95: 42 });
    expect(cycleTimeDays.evidence.slice(0, 3)).toEqual(['APO-1', 'APO-2', 'APO-3']);
    expect(cycleTimeDays.evidence).toHaveLength(20);
  });

  it('the same local day is 1, whatever the hours; local days are those of the project', () => {
    const item = aDoneItem('APO-1', {
      createdAt: '2026-03-02T08:00:00Z',
      startedAt: '2026-03-02T14:30:00Z',
      doneAt: '2026-03-02T15:30:00Z',
    });
    expect(flow({ items: [item] }).cycleTimeDays.value).toEqual({ p50: 1, p85: 1, p95: 1 });
    // Half past eleven in the evening and half past midnight in Tokyo.
    expect(flow({ items: [item], zone: 'Asia/Tokyo' }).cycleTimeDays.value).toEqual({ p50: 2, p85: 2, p95: 2 });
  });

  it('looks at 90 days or at 100 items, whichever are more', () => {
    const old = aDoneItem('APO-900', { createdAt: '2025-06-01', startedAt: '2025-06-02', doneAt: '2025-06-30' });
    expect(flow({ items: [...finished(t10), old] }).cycleTimeDays.n).toBe(21);
    const many = finished(Array.from({ length: 120 }, () => 3));
    const { cycleTimeDays } = flow({ items: [...many, old] });
    expect(cycleTimeDays.n).toBe(120);
    expect(cycleTimeDays.window).toEqual({ from: at('2025-12-31'), to: at('2026-03-31') });
  });

  it('leaves out what was never started, tells its share and lowers the grade above 15 %', () => {
    const skipped = [1, 2, 3, 4].map((n) => aDoneItem(`APO-9${n}`, { createdAt: '2026-03-01', doneAt: '2026-03-10' }));
    const { cycleTimeDays, completedNotStarted, leadTimeDays } = flow({ items: [...finished(t10), ...skipped] });
    expect(cycleTimeDays).toMatchObject({ n: 20, grade: 'C', flags: ['completedNotStarted'] });
    expect(completedNotStarted).toMatchObject({
      value: 4 / 24,
      n: 24,
      evidence: ['APO-91', 'APO-92', 'APO-93', 'APO-94'],
    });
    expect(leadTimeDays.n).toBe(24);
    expect(flow({ items: [...finished(t10), skipped[0]!] }).cycleTimeDays).toMatchObject({ grade: 'B', flags: [] });
  });

  it.each([
    ['sub-tasks', { type: types.subtask }],
    ['excluded resolutions, in any case', { resolution: 'DUPLICATE' }],
  ])('does not count %s', (_name, parts) => {
    const item = aDoneItem('APO-1', { createdAt: '2026-03-01', startedAt: '2026-03-02', doneAt: '2026-03-04' }, parts);
    const figures = flow({ items: [item], config: { excludedResolutions: ['Duplicate'] } });
    expect(figures.cycleTimeDays).toMatchObject({ value: null, n: 0, grade: 'D', flags: ['noItems'] });
    expect(figures.throughputPerWeek.evidence).toEqual([]);
  });

  it('without histories there are no cycle times, and that is not zero', () => {
    const items = finished(t10).map((past) => ({ ...past, changes: [], isComplete: false }));
    const figures = flow({ items });
    expect(figures.cycleTimeDays).toMatchObject({ value: null, grade: 'D', flags: ['noHistory'] });
    expect(figures.arrivalsPerWeek).toMatchObject({ value: null, grade: 'D', flags: ['noHistory'] });
    expect(figures.reopenRate).toMatchObject({ value: null, grade: 'D' });
    expect(figures.leadTimeDays.n).toBe(20);
  });

  it('says when creations were imported', () => {
    const items = Array.from({ length: 30 }, (_, index) =>
      aDoneItem(`APO-${index}`, { createdAt: '2026-01-05', doneAt: '2026-03-10' }),
    );
    expect(flow({ items }).leadTimeDays.flags).toEqual(['importedCreation']);
  });
});

describe('throughput', () => {
  // 2026-03-02 is a Monday.
  const items = [
    aDoneItem('APO-1', { createdAt: '2026-03-02', startedAt: '2026-03-03', doneAt: '2026-03-04' }),
    aDoneItem('APO-2', { createdAt: '2026-03-02', startedAt: '2026-03-03', doneAt: '2026-03-08T23:30:00Z' }),
    aDoneItem('APO-3', { createdAt: '2026-03-02', startedAt: '2026-03-17', doneAt: '2026-03-18' }),
    aDoneItem('APO-4', { createdAt: '2026-03-02', startedAt: '2026-03-17', doneAt: '2026-03-24' }),
  ];

  it('counts complete ISO weeks since the project began, in its own zone', () => {
    const { throughputPerWeek, arrivalsPerWeek } = flow({ items, asOf: '2026-03-25' });
    expect(throughputPerWeek).toMatchObject({
      value: { weeks: [2, 0, 1], median: 1 },
      unit: 'item/week',
      n: 3,
      window: { from: at('2026-03-02T00:00:00Z'), to: at('2026-03-23T00:00:00Z') },
      evidence: ['APO-1', 'APO-2', 'APO-3'],
    });
    expect(arrivalsPerWeek.value).toEqual({ weeks: [2, 0, 2], median: 2 });
    // Half past eleven on Sunday evening in London is Monday morning in Paris.
    expect(flow({ items, asOf: '2026-03-25', zone: 'Europe/Paris' }).throughputPerWeek.value?.weeks).toEqual([1, 1, 1]);
  });

  it('a week is complete when its Sunday is over', () => {
    expect(flow({ items, asOf: '2026-03-29T22:00:00Z' }).throughputPerWeek.value?.weeks).toEqual([2, 0, 1]);
    expect(flow({ items, asOf: '2026-03-30T00:00:00Z' }).throughputPerWeek.value?.weeks).toEqual([2, 0, 1, 1]);
    expect(flow({ items, asOf: '2026-03-05' }).throughputPerWeek).toMatchObject({
      value: null,
      flags: ['noCompleteWeek'],
    });
  });

  it('counts an item that was reopened where it was finished at last', () => {
    const reopened = aPast(
      { key: 'APO-1', createdAt: at('2026-03-02'), status: statuses.done },
      statusMoves(
        statuses.toDo,
        ['2026-03-03', statuses.done],
        ['2026-03-12', statuses.doing],
        ['2026-03-18', statuses.done],
      ),
    );
    const weeks = (asOf: string) => flow({ items: [reopened], asOf }).throughputPerWeek.value?.weeks;
    expect(weeks('2026-03-10')).toEqual([1]);
    expect(weeks('2026-03-16T12:00:00Z')).toEqual([0, 0]);
    expect(weeks('2026-03-25')).toEqual([0, 0, 1]);
  });
});

describe('work in progress, its age, and what holds it', () => {
  const doing = (key: string, startedAt: string, ...more: (readonly [string, (typeof statuses)['toDo']])[]) =>
    aPast(
      { key, createdAt: at('2026-03-01'), status: more.at(-1)?.[1] ?? statuses.doing },
      statusMoves(statuses.toDo, [startedAt, statuses.doing], ...more),
    );

  it('is what was started and is not done, an item put back included', () => {
    const items = [
      doing('APO-1', '2026-03-10'),
      doing('APO-2', '2026-03-20', ['2026-03-25', statuses.toDo]),
      aPast({ key: 'APO-3', createdAt: at('2026-03-01') }),
      ...finished([3]).map((past) => ({ ...past, item: { ...past.item, key: 'APO-4' } })),
    ];
    const figures = flow({ items });
    expect(figures.wip).toMatchObject({ value: 2, evidence: ['APO-1', 'APO-2'], grade: 'A' });
    expect(figures.ageDays).toMatchObject({ value: { p50: 12, p85: 22, p95: 22 }, n: 2, grade: 'D' });
  });

  it('nothing in progress is 0, and no age', () => {
    const figures = flow({ items: [aPast({ createdAt: at('2026-03-01') })] });
    expect(figures.wip.value).toBe(0);
    expect(figures.ageDays.value).toBeNull();
  });

  it('counts blocked items, and says when it does not know the blockers', () => {
    const items = [
      { ...doing('APO-1', '2026-03-10'), item: { ...doing('APO-1', '2026-03-10').item, isFlagged: true } },
      aPast({ key: 'APO-2', createdAt: at('2026-03-01'), links: [{ kind: 'blocked-by', key: 'HER-1' }] }),
    ];
    const free = [3, 4].map((number) => aPast({ key: `APO-${number}`, createdAt: at('2026-03-01') }));
    const known = { evidence: ['APO-1'], flags: ['unknownBlockers'] };
    expect(flow({ items: [...items, ...free] }).blocked).toMatchObject({ ...known, value: 1, grade: 'C' });
    // Half of them may be blocked or not: as with the work in progress, unknown is not one, and not none.
    expect(flow({ items }).blocked).toMatchObject({ ...known, value: null, grade: 'D' });
  });
});

describe('reopen rate', () => {
  const reopened = (key: string, firstDone: string, reopenedAt: string) =>
    aPast(
      { key, createdAt: at('2026-01-01'), status: statuses.doing },
      statusMoves(statuses.toDo, [firstDone, statuses.done], [reopenedAt, statuses.doing]),
    );

  it('of items first done 30 to 120 days ago, the share that left done within 30 days', () => {
    const items = [
      reopened('APO-1', '2026-02-01', '2026-02-20'),
      reopened('APO-2', '2026-02-01', '2026-03-05'),
      aDoneItem('APO-3', { createdAt: '2026-01-01', doneAt: '2026-02-10' }),
      // Too young to tell, and too old.
      reopened('APO-4', '2026-03-20', '2026-03-22'),
      aDoneItem('APO-5', { createdAt: '2025-06-01', doneAt: '2025-07-01' }),
    ];
    expect(flow({ items }).reopenRate).toMatchObject({ value: 1 / 3, n: 3, grade: 'D', evidence: ['APO-1'] });
    const { interval } = flow({ items }).reopenRate;
    expect(interval![0]).toBeCloseTo(0.0615, 4);
    expect(interval![1]).toBeCloseTo(0.7923, 4);
    expect(flow({ items: [] }).reopenRate.value).toBeNull();
    expect(flow({ items: [] }).reopenRate).not.toHaveProperty('interval');
  });
});

describe('the list of items', () => {
  it('has every item with its clock, in order of key', () => {
    const items = [
      aDoneItem('APO-10', { createdAt: '2026-03-01', startedAt: '2026-03-03', doneAt: '2026-03-05' }),
      aDoneItem('APO-9', { createdAt: '2026-03-01', doneAt: '2026-03-05' }),
      aPast({ key: 'APO-8', createdAt: at('2026-03-01'), type: types.subtask }),
    ];
    expect(itemTimes(see({ items }))).toEqual([
      { key: 'APO-8', startedAt: null, doneAt: null, cycleTimeDays: null },
      { key: 'APO-9', startedAt: null, doneAt: at('2026-03-05'), cycleTimeDays: null },
      { key: 'APO-10', startedAt: at('2026-03-03'), doneAt: at('2026-03-05'), cycleTimeDays: 3 },
    ]);
  });
});
