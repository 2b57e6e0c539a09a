import { describe, expect, it } from 'vitest';
import { membershipOf } from '../../../../src/core/metrics/teams/membership.ts';
import type { TeamRule } from '../../../../src/core/model/team-settings.ts';
import type { ItemHistory } from '../../../../src/core/model/project.ts';
import { viewAsOf } from '../../../../src/core/view/as-of.ts';
import { aCalendar, aHistory, aPast, aSprint, at, changes, settings } from '../../../builders.ts';
import { aRule } from './team-projects.ts';

const asOf = at('2026-03-02T09:00:00Z');
const boards = ['11', '12'].map((boardId, index) => [
  { at: at('2026-01-05'), value: aSprint({ id: String(index + 1), boardId, startAt: at('2026-01-05') }) },
]);

function teamsOf(rules: readonly TeamRule[], items: readonly ItemHistory[], when = asOf) {
  const teams = { rules, pool: 'own', correlation: 0.3, decidesWorkingDays: 5 } as const;
  const view = viewAsOf(aHistory({ items, sprints: boards, settings: settings({ teams }) }), asOf, aCalendar());
  const membership = membershipOf(view)!;
  return view.counted.map((item) => membership.names[membership.teamAt(item, when)]);
}

describe('the team of an item', () => {
  it.each([
    ['a component', { components: ['payments'] }, { components: ['Other', 'Payments'] }],
    ['a label, whatever its case', { labels: ['Team-Pay'] }, { labels: ['team-pay'] }],
    ['its assignee', { assignees: ['5f1'] }, { assignee: '5f1' }],
    ['the board of its last sprint', { boards: ['12'] }, { sprintIds: ['1', '2'] }],
    ['the project of its key', { projects: ['apo'] }, {}],
  ])('is known by %s', (_, rule, item) => {
    const other = aPast({ key: 'HER-1', projectKey: 'HER', sprintIds: ['2', '1'], assignee: 'x', components: ['pay'] });
    expect(teamsOf([aRule('Pay', rule)], [aPast(item), other])).toEqual(['Pay', null]);
  });

  it('is the first whose rule takes it; what none takes is the rest', () => {
    const rules = [aRule('Web', { labels: ['web'] }), aRule('Pay', { labels: ['pay'], components: ['web'] })];
    const items = [{ labels: ['pay', 'web'] }, { labels: ['pay'] }, { labels: [] }].map((item, index) =>
      aPast({ key: `APO-${index + 1}`, ...item }),
    );
    expect(teamsOf(rules, items)).toEqual(['Web', 'Pay', null]);
  });

  it('changes with the item, and is that of the day that is asked about', () => {
    const moved = aPast(
      { components: ['Pay'], labels: ['web'], assignee: 'bob' },
      changes(
        ['2026-01-12T10:00:00Z', 'assignee', null, 'ann'],
        ['2026-02-02T10:00:00Z', 'component', null, 'Pay'],
        ['2026-02-02T10:00:00Z', 'assignee', 'ann', 'bob'],
        ['2026-03-09T10:00:00Z', 'label', null, 'web'],
      ),
    );
    const rules = [
      aRule('Web', { labels: ['web'] }),
      aRule('Pay', { components: ['Pay'] }),
      aRule('Ann', { assignees: ['ann'] }),
    ];
    const on = (day: string) => teamsOf(rules, [moved], at(day))[0];
    expect(['2026-01-06', '2026-01-20', '2026-02-10', '2026-03-01'].map(on)).toEqual([null, 'Ann', 'Pay', 'Pay']);
  });

  it('is asked of no project without teams, whose components have no past that anybody kept', () => {
    const view = viewAsOf(aHistory({ items: [aPast({ components: ['Pay'] })] }), asOf, aCalendar());
    expect(membershipOf(view)).toBeNull();
    expect(view.items[0]!.past.components).toEqual([{ at: -Infinity, value: [] }]);
  });
});
