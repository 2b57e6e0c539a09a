import { describe, expect, it } from 'vitest';
import { createOutlook } from '../../../../src/core/metrics/forecast/outlook.ts';
import { measure } from '../../../../src/core/metrics/measure.ts';
import type { ItemHistory } from '../../../../src/core/model/project.ts';
import { addDays } from '../../../../src/core/time/day.ts';
import type { Day } from '../../../../src/core/time/day.ts';
import { viewAsOf } from '../../../../src/core/view/as-of.ts';
import { aCalendar, aDoneItem, aHistory, aPast, aSprint, at, statusMoves, statuses } from '../../../builders.ts';

const first: Day = '2026-03-02';
const day = (offset: number) => addDays(first, offset);

/** Two items a week, each worked on for two days; nobody saw the first of them being started. */
const finished = (weeks: number, assigneeOf: (week: number) => string | null = () => null, unseen = 0): ItemHistory[] =>
  Array.from({ length: 2 * weeks }, (_, index) => {
    const week = Math.floor(index / 2);
    const on = day(7 * week + (index % 2));
    return aDoneItem(
      `APO-${100 + index}`,
      {
        createdAt: `${first}T08:00:00Z`,
        ...(index < unseen ? {} : { startedAt: `${on}T09:00:00Z` }),
        doneAt: `${addDays(on, 2)}T09:00:00Z`,
      },
      { assignee: assigneeOf(week) },
    );
  });

/** Begun on the first day, and never finished. */
const stuck = (count: number): ItemHistory[] =>
  Array.from({ length: count }, (_, index) =>
    aPast(
      { key: `APO-${index + 1}`, createdAt: at(`${first}T08:00:00Z`), status: statuses.doing, sprintIds: ['7'] },
      statusMoves(statuses.toDo, [`${first}T09:00:00Z`, statuses.doing]),
    ),
  );

function viewOf(items: readonly ItemHistory[], weeks: number) {
  const asOf = at(`${day(7 * weeks)}T10:00:00Z`);
  const sprint = aSprint({ state: 'active', activatedAt: at(first), endAt: at(day(7 * weeks + 10)) });
  const history = aHistory({ items: [...items], sprints: [[{ at: at(first), value: sprint }]] });
  return viewAsOf(history, asOf, aCalendar());
}
const outlookOf = (items: readonly ItemHistory[], weeks: number) => {
  const view = viewOf(items, weeks);
  return createOutlook(view, view.counted, view.asOf);
};

describe('a pace that is not to be trusted', () => {
  it('is one of work that goes in and does not come out, and costs a grade', () => {
    expect(outlookOf(finished(14), 14)).toMatchObject({ isPaceUntrusted: false, grade: 'B' });
    expect(outlookOf([...finished(14), ...stuck(8)], 14)).toMatchObject({ isPaceUntrusted: true, grade: 'C' });
  });
  it('is not called so for fewer than five finishes, which are grade D', () => {
    const timed = (count: number) => finished(14, () => null, 28 - count);
    expect(outlookOf([...timed(4), ...stuck(8)], 14)).toMatchObject({ isPaceUntrusted: false, grade: 'B' });
    expect(outlookOf([...timed(5), ...stuck(8)], 14)).toMatchObject({ isPaceUntrusted: true, grade: 'C' });
  });
  it('with little history is no ground for a forecast of a sprint', () => {
    const outlook = (items: readonly ItemHistory[]) => measure(viewOf(items, 6)).sprints[0]!.outlook;
    // One stuck item beside the finished ones is usual; eight are not, and six weeks are grade C at best.
    expect(outlookOf([...finished(6), ...stuck(8)], 6)).toMatchObject({ isPaceUntrusted: true, grade: 'D' });
    expect(outlook([...finished(6), ...stuck(8)])).toBeNull();
  });
});

describe('a team that took over', () => {
  const old = ['ada', 'bob', 'cyd'];
  const young = ['eve', 'fay', 'gus'];
  const by = (week: number) => (week < 30 ? old : young)[week % 3]!;
  it('is seen, with the week from which it works', () => {
    expect(outlookOf(finished(40, by), 40).reformedOn).toBe(day(7 * 30));
    expect(
      outlookOf(
        finished(40, (week) => old[week % 3]!),
        40,
      ).reformedOn,
    ).toBeNull();
  });
});
