import { describe, expect, it } from 'vitest';
import { measureFlow } from '../../../../src/core/metrics/flow/flow.ts';
import type { Board } from '../../../../src/core/model/plan.ts';
import type { ItemHistory } from '../../../../src/core/model/project.ts';
import type { Status } from '../../../../src/core/model/work-item.ts';
import { viewAsOf } from '../../../../src/core/view/as-of.ts';
import { aCalendar, aHistory, aPast, at, statuses, statusMoves } from '../../../builders.ts';

const { toDo, doing, review, done } = statuses;

/** An item by the days of June on which it moved. */
function item(number: number, ...moves: (readonly [day: number, status: Status])[]): ItemHistory {
  const status = moves.at(-1)?.[1] ?? toDo;
  const instant = (day: number) => `2026-06-${String(day).padStart(2, '0')}`;
  return aPast(
    { key: `APO-${number}`, createdAt: at('2026-06-01'), status },
    statusMoves(toDo, ...moves.map(([day, to]) => [instant(day), to] as const)),
  );
}

/** Twelve that were in progress for three days and in review for two more. */
const twelve = Array.from({ length: 12 }, (_, index) =>
  item(index + 1, [1 + index, doing], [3 + index, review], [5 + index, done]),
);

const board = (columns: Board['columns']): Board => ({ id: '1', name: 'Board', columns });
const columns = board([
  { name: 'To Do', statusIds: [toDo.id] },
  { name: 'Building', statusIds: [doing.id] },
  { name: 'Checking', statusIds: [review.id] },
  { name: 'Done', statusIds: [done.id] },
]);

function flow(items: readonly ItemHistory[], boards: readonly Board[] = [], asOf = '2026-06-30') {
  const history = aHistory({ items, boards: boards.map((value) => [{ at: at('2026-06-01'), value }]) });
  return measureFlow(viewAsOf(history, at(asOf), aCalendar()));
}

describe('age on leaving a column (metrics.md 2.2)', () => {
  it('is said by status, or by the columns of the one board', () => {
    const expected = (doingName: string, reviewName: string) => ({
      value: { [doingName]: { p85: 3, n: 12 }, [reviewName]: { p85: 5, n: 12 } },
      unit: 'day',
      n: 24,
    });
    expect(flow(twelve).ageAtExitDays).toMatchObject(expected('In Progress', 'In Review'));
    expect(flow(twelve, [columns]).ageAtExitDays).toMatchObject(expected('Building', 'Checking'));
    expect(flow(twelve, [columns, { ...columns, id: '2' }]).ageAtExitDays).toMatchObject(
      expected('In Progress', 'In Review'),
    );
  });

  it('two statuses of one column are one place', () => {
    const one = board([
      { name: 'To Do', statusIds: [toDo.id] },
      { name: 'Doing', statusIds: [doing.id, review.id] },
      { name: 'Done', statusIds: [done.id] },
    ]);
    expect(flow(twelve, [one]).ageAtExitDays.value).toEqual({ Doing: { p85: 5, n: 12 } });
  });

  it('counts an item that came back when it left for the last time', () => {
    const back = item(1, [1, doing], [3, review], [6, doing], [9, review], [10, done]);
    expect(flow([back]).ageAtExitDays.value).toEqual({
      'In Progress': { p85: 9, n: 1 },
      'In Review': { p85: 10, n: 1 },
    });
    expect(flow([item(1, [1, doing])]).ageAtExitDays).toMatchObject({ value: null, flags: ['noItems'] });
  });
});

describe('the ageing alarm (metrics.md 2.2)', () => {
  it('is raised at P85 of the cycle times, and before it for who is late for his column', () => {
    const items = [
      ...twelve,
      // Five days old on the 30th, as long as the finished ones took.
      item(20, [26, doing], [27, review]),
      // Four days old: late for the first column, not for the second.
      item(21, [27, doing]),
      item(22, [27, doing], [28, review]),
      item(23, [28, doing]),
      item(24, [30, doing]),
    ];
    expect(flow(items).agedWip).toMatchObject({ value: 2, n: 5, evidence: ['APO-20', 'APO-21'], grade: 'B' });
    expect(flow(items, [columns]).agedWip.evidence).toEqual(['APO-20', 'APO-21']);
    expect(flow(items, [], '2026-06-29').agedWip.evidence).toEqual([]);
  });

  it('is unknown without a past to hold ages against, and 0 without work in progress', () => {
    expect(flow([item(1, [1, doing])]).agedWip).toMatchObject({
      value: null,
      grade: 'D',
      flags: ['littleHistory'],
      exclusions: [{ reason: 'littleHistory', n: 1 }],
    });
    expect(flow(twelve).agedWip).toMatchObject({ value: 0, grade: 'A', flags: [] });
    expect(flow([{ ...item(1, [1, doing]), changes: [], isComplete: false }]).agedWip).toMatchObject({
      value: null,
      flags: ['noHistory'],
    });
  });
});
