import { describe, expect, it } from 'vitest';
import { joinPlans } from '../../../src/core/dependencies/graph.ts';
import type { PlanItem } from '../../../src/core/dependencies/plan.ts';
import { ripplesOf } from '../../../src/core/dependencies/ripple.ts';
import { aCalendar } from '../../builders.ts';
import { aPlan, aPlanItem, aPlanMilestone, exactly, linksOf } from './plan-rig.ts';

const today = '2026-11-23';

/** B waits for A, and C for B; C is in "Launch". */
function ripples(a: Partial<PlanItem>, launch: Parameters<typeof aPlanMilestone>[1], texts = ['A>B', 'B>C']) {
  const items = [aPlanItem('A', a), aPlanItem('B', { remaining: exactly(3) }), aPlanItem('C')];
  const milestones = [aPlanMilestone('Launch', { openKeys: ['C'], ...launch })];
  const graph = joinPlans([aPlan({ items, links: linksOf(...texts), milestones })]);
  return ripplesOf(graph, aCalendar(), today).map(({ milestone, waiting, via, cause, slip, float, late }) => [
    milestone.name,
    waiting.id,
    via?.id ?? null,
    cause.id,
    slip,
    float,
    late,
  ]);
}

describe('ripple', () => {
  it('says slip, float and what is left of it, through a chain', () => {
    // A + 3 days for B + 1 for C: Fri 27 Nov + 4 = Thu 3 Dec, two days before Mon 7 Dec.
    const moved = { finishBeforeOn: '2026-11-27', finishOn: '2026-12-07' } as const;
    expect(ripples(moved, { currentOn: '2026-12-07' })).toEqual([['Launch', 'C', 'B', 'A', 6, 2, 4]]);
  });

  it('is nothing while the float takes it up', () => {
    expect(ripples({ finishBeforeOn: '2026-11-27', finishOn: '2026-12-01' }, { currentOn: '2026-12-07' })).toEqual([]);
  });

  it('is nothing when it was as late before', () => {
    expect(ripples({ finishBeforeOn: '2026-12-07', finishOn: '2026-12-07' }, { currentOn: '2026-12-07' })).toEqual([]);
  });

  it('has no float where the date could not be held before', () => {
    const moved = { finishBeforeOn: '2026-12-04', finishOn: '2026-12-07' } as const;
    expect(ripples(moved, { currentOn: '2026-12-07' })).toEqual([['Launch', 'C', 'B', 'A', 1, 0, 4]]);
  });

  it('does not tell a milestone of its own move', () => {
    const moved = { finishBeforeOn: '2026-11-27', finishOn: '2026-12-07', finishBy: 'milestone' } as const;
    expect(ripples({ ...moved, finishMilestone: 'Launch' }, { currentOn: '2026-12-07' })).toEqual([]);
  });

  it('does not run through circles, dates removed, or milestones without a date', () => {
    const moved = { finishBeforeOn: '2026-11-27', finishOn: '2026-12-07' } as const;
    expect(ripples(moved, { currentOn: '2026-12-07' }, ['A>B', 'B>A', 'B>C'])).toEqual([]);
    expect(ripples({ ...moved, finishOn: null }, { currentOn: '2026-12-07' })).toEqual([]);
    expect(ripples(moved, { currentOn: null })).toEqual([]);
  });
});
