import { describe, expect, it } from 'vitest';
import { projectPlan } from '../../../src/core/dependencies/project-plan.ts';
import type { Rebaseline } from '../../../src/core/model/rebaseline.ts';
import { at, changes, types } from '../../builders.ts';
import { joinPlans } from '../../../src/core/dependencies/graph.ts';
import { planConflicts } from '../../../src/core/dependencies/order-conflicts.ts';
import { ripplesOf } from '../../../src/core/dependencies/ripple.ts';
import type { WorkItem } from '../../../src/core/model/work-item.ts';
import { aDatedVersion, aTeam, anOpenItem, inputAt } from '../findings/rule-rig.ts';

function committedOn(rebaselines: readonly Rebaseline[]) {
  const items = [...aTeam(), anOpenItem('APO-1', [], { fixVersionIds: ['900'] })];
  const versions = [aDatedVersion('2026-06-30', ['2026-05-11T08:00:00Z', '2026-07-31'])];
  const { view, metrics } = inputAt({ items, versions, rebaselines });
  const plan = projectPlan({ view, metrics, since: view.asOf, deciding: '900', withForecasts: false });
  return plan.milestones.find(({ name }) => name === '1.0')!.committedOn;
}

describe('a milestone as programmes see it', () => {
  it('is held against its first promise, or the one that people agreed on since', () => {
    expect(committedOn([])).toBe('2026-06-30');
    const agreed = { milestone: '900', at: at('2026-05-12'), on: '2026-07-31', by: 'Ada', reason: 'agreed' } as const;
    expect(committedOn([agreed])).toBe('2026-07-31');
    expect(committedOn([{ ...agreed, at: at('2026-05-26') }])).toBe('2026-06-30');
  });
});

describe('parts of what others wait for (metrics.md 7.1)', () => {
  const blockedBy = (key: string) => ({ links: [{ kind: 'blocked-by', key }] as const });
  const own = (key: string, parts: Partial<WorkItem> = {}) => anOpenItem(key, [], parts);
  const graphOf = (...items: readonly ReturnType<typeof own>[]) => {
    const { view, metrics } = inputAt({ items: [...aTeam(), ...items], versions: [aDatedVersion('2026-06-08')] });
    const since = at('2026-05-18T08:30:00Z');
    const plan = projectPlan({ view, metrics, since, deciding: null, withForecasts: false });
    return { graph: joinPlans([plan]), view };
  };
  const epic = own('APO-1', { type: types.epic, dueOn: '2026-06-01' });
  const waiting = own('APO-9', { fixVersionIds: ['900'], ...blockedBy('APO-1') });
  const story = own('APO-2', { parentKey: 'APO-1', dueOn: '2026-05-29' });

  it('are waited for with it, and so are their own parts', () => {
    const task = own('APO-3', { parentKey: 'APO-2', type: types.subtask });
    const { graph } = graphOf(epic, waiting, story, task, own('APO-4'), own('APO-5', { parentKey: 'APO-4' }));
    expect(graph.blockers.get('APO-1')).toEqual(['APO-2']);
    expect(graph.blockers.get('APO-2')).toEqual(['APO-3']);
    expect([...graph.items.keys()].sort()).toEqual(['APO-1', 'APO-2', 'APO-3', 'APO-9']);
    expect([...graph.waiting]).toEqual(['APO-9']);
    expect(graph.items.get('APO-1')!.remaining!.quantile(0.85)).toBe(0);
    expect(graph.order.indexOf('APO-3')).toBeLessThan(graph.order.indexOf('APO-1'));
  });

  it('make no conflict of the plan, though they are due after the whole began', () => {
    const late = own('APO-2', { parentKey: 'APO-1', dueOn: '2026-06-01' });
    const { graph, view } = graphOf(epic, own('APO-9', blockedBy('APO-1')), late);
    expect(planConflicts(graph, view.calendar, view.today)).toEqual([]);
  });

  it('carry their slip through it to who waits', () => {
    const moved = {
      ...own('APO-2', { parentKey: 'APO-1', dueOn: '2026-06-12' }),
      changes: changes(['2026-05-20T08:00:00Z', 'dueOn', '2026-05-29', '2026-06-12']),
    };
    const { graph, view } = graphOf(epic, waiting, moved);
    expect(ripplesOf(graph, view.calendar, view.today)).toMatchObject([
      { waiting: { id: 'APO-9' }, via: { id: 'APO-1' }, cause: { id: 'APO-2' }, slip: 10 },
    ]);
  });

  it('that wait for it themselves are a circle, and the link is what can be dropped', () => {
    const { graph } = graphOf(epic, own('APO-2', { parentKey: 'APO-1', ...blockedBy('APO-1') }));
    expect(graph.cycles).toMatchObject([{ nodes: ['APO-1', 'APO-2'], cut: { blocker: 'APO-1', blocked: 'APO-2' } }]);
  });
});
