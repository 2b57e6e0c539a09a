import { expect, it } from 'vitest';
import { teamsInUse } from '../../../../src/core/metrics/teams/idle-rules.ts';
import type { TeamRule } from '../../../../src/core/model/team-settings.ts';
import { viewAsOf } from '../../../../src/core/view/as-of.ts';
import { aCalendar, aHistory, aPast, aSprint, at, settings } from '../../../builders.ts';
import { aRule, teamsBy } from './team-projects.ts';

const sprints = [[{ at: at('2026-01-05'), value: aSprint({ id: '1', boardId: '11', startAt: at('2026-01-05') }) }]];
const items = [
  aPast({ key: 'APO-1', components: ['Pay'], labels: ['web'], assignee: 'ann', sprintIds: ['1'] }),
  aPast({ key: 'APO-2', components: ['Pay'] }),
  aPast({ key: 'APO-3', components: ['Ledger'] }),
  aPast({ key: 'HER-4', projectKey: 'HER' }),
];

function used(...rules: readonly TeamRule[]) {
  const parts = { items, sprints, settings: settings({ teams: { ...teamsBy([]), rules } }) };
  return teamsInUse(viewAsOf(aHistory(parts), at('2026-03-02T09:00:00Z'), aCalendar()))!;
}

it('names that an item bears are in use, whatever their case', () => {
  const all = aRule('A', {
    components: ['pay'],
    labels: ['WEB'],
    assignees: ['ann'],
    boards: ['11'],
    projects: ['her'],
  });
  expect(used(all)).toEqual({ items: 4, idle: [], claimedTwice: [] });
});

it('names that none bears are told with those that there are, the most frequent first', () => {
  const { idle } = used(aRule('A', { components: ['Pay', 'Pya'] }), aRule('B', { assignees: ['Ann'], boards: ['12'] }));
  expect(idle).toEqual([
    { team: 0, kind: 'components', index: 1, value: 'Pya', known: ['Pay', 'Ledger'] },
    { team: 1, kind: 'assignees', index: 0, value: 'Ann', known: ['ann'] },
    { team: 1, kind: 'boards', index: 0, value: '12', known: ['11'] },
  ]);
});

it('open items that two rules take are named', () => {
  const { claimedTwice } = used(aRule('A', { components: ['Pay'] }), aRule('B', { labels: ['web'] }));
  expect(claimedTwice).toEqual(['APO-1']);
});

it('nothing is asked of a project without teams', () => {
  expect(teamsInUse(viewAsOf(aHistory({ items }), at('2026-03-02T09:00:00Z'), aCalendar()))).toBeNull();
});
