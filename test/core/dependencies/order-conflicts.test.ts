import { describe, expect, it } from 'vitest';
import { joinPlans } from '../../../src/core/dependencies/graph.ts';
import { planConflicts } from '../../../src/core/dependencies/order-conflicts.ts';
import type { PlanItem } from '../../../src/core/dependencies/plan.ts';
import { aCalendar } from '../../builders.ts';
import { aPlan, aPlanItem, linksOf, upTo } from './plan-rig.ts';

const calendar = aCalendar();
const today = '2026-11-23';

function conflicts(blocker: Partial<PlanItem>, blocked: Partial<PlanItem>) {
  const items = [aPlanItem('A', blocker), aPlanItem('B', blocked)];
  return planConflicts(joinPlans([aPlan({ items, links: linksOf('A>B') })]), calendar, today).map(
    ({ kind, gap, chanceLate }) => ({ kind, gap, chanceLate }),
  );
}

describe('order conflicts', () => {
  it.each<[string, Partial<PlanItem>, Partial<PlanItem>, string | null, number | null]>([
    ['due on the same day', { finishOn: '2026-12-04' }, { finishOn: '2026-12-04' }, 'DUE_BEFORE_BLOCKER', 0],
    ['due three days before', { finishOn: '2026-12-04' }, { finishOn: '2026-12-01' }, 'DUE_BEFORE_BLOCKER', -3],
    ['due on the next working day', { finishOn: '2026-12-04' }, { finishOn: '2026-12-07' }, null, null],
    [
      'in an earlier sprint',
      { finishOn: '2026-12-18', finishBy: 'sprint' },
      { finishOn: '2026-12-04', finishBy: 'sprint' },
      'BLOCKER_IN_LATER_SPRINT',
      -10,
    ],
    [
      'in an earlier version',
      { finishOn: '2026-12-18', finishBy: 'milestone' },
      { finishOn: '2026-12-04', finishBy: 'milestone' },
      'BLOCKER_IN_LATER_MILESTONE',
      -10,
    ],
    [
      'starts on the day on which its blocker ends',
      { finishOn: '2026-12-04' },
      { startOn: '2026-12-04' },
      'STARTS_BEFORE_BLOCKER_ENDS',
      0,
    ],
    ['starts on the working day after', { finishOn: '2026-12-04' }, { startOn: '2026-12-07' }, null, null],
    ['is in progress', { finishOn: '2026-12-04' }, { isStarted: true }, 'STARTED_BEFORE_BLOCKER', null],
    ['has a date, its blocker none', {}, { finishOn: '2026-12-04' }, 'BLOCKER_UNPLANNED', null],
    [
      'has a date, its blocker no owner',
      { finishOn: '2026-12-01', isOwned: false },
      { finishOn: '2026-12-04' },
      'BLOCKER_UNPLANNED',
      null,
    ],
    ['of another project, whose plan is not known here', { project: null }, { finishOn: '2026-12-04' }, null, null],
    ['nobody planned either', {}, {}, null, null],
    ['is held though its blocker is done', { isDone: true }, { isHeld: true }, 'STALE_BLOCK', null],
    ['is not held, and its blocker is done', { isDone: true }, {}, null, null],
    ['is done itself', {}, { isDone: true, finishOn: '2026-11-20' }, null, null],
    ['waits for something unknown', { kind: 'opaque' }, { finishOn: '2026-12-04' }, null, null],
  ])('%s', (_, blocker, blocked, kind, gap) => {
    const found = conflicts(blocker, blocked);
    expect(found.map((one) => [one.kind, one.gap])).toEqual(kind === null ? [] : [[kind, gap]]);
  });

  it('says how likely the blocker is late', () => {
    // Five working days from Monday, and the last of them is too late: 4 of up to 10.
    const [found] = conflicts(
      { finishOn: '2026-12-04', remaining: upTo(10) },
      { startOn: '2026-11-30', finishOn: '2026-12-04' },
    );
    expect(found).toMatchObject({ kind: 'DUE_BEFORE_BLOCKER', chanceLate: 0.6 });
  });

  it('tells the heaviest first', () => {
    const items = [
      aPlanItem('A', { finishOn: '2026-12-04' }),
      aPlanItem('B', { finishOn: '2026-12-03' }),
      aPlanItem('C', { finishOn: '2026-12-01' }),
      aPlanItem('D', { isStarted: true }),
    ];
    const graph = joinPlans([aPlan({ items, links: linksOf('A>D', 'A>B', 'A>C') })]);
    expect(planConflicts(graph, calendar, today).map(({ blocked }) => blocked.id)).toEqual(['C', 'B', 'D']);
  });
});
