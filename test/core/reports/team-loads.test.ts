import { describe, expect, it } from 'vitest';
import { measureTeams } from '../../../src/core/metrics/forecast/measure-teams.ts';
import type { ItemHistory } from '../../../src/core/model/project.ts';
import { buildTeamLoads } from '../../../src/core/reports/team-loads.ts';
import { viewAsOf } from '../../../src/core/view/as-of.ts';
import { aCalendar, aChange, aDoneItem, aHistory, aPast, at, settings, statuses, types } from '../../builders.ts';
import { finishedBy, teamsBy } from '../metrics/teams/team-projects.ts';

const asOf = at('2026-03-30T08:00:00Z');

function loadsOf(items: readonly ItemHistory[]) {
  const teams = teamsBy(['Web', 'Payments']);
  const view = viewAsOf(aHistory({ items, settings: settings({ teams }) }), asOf, aCalendar('Europe/Paris'));
  return buildTeamLoads(view, measureTeams(view)!);
}

let number = 1;
function done(assignee: string | null, doneAt: string, components = ['Web']): ItemHistory {
  const times = { createdAt: '2026-01-05T08:00:00Z', startedAt: '2026-01-06T08:00:00Z', doneAt };
  return aDoneItem(`APO-${(number += 1)}`, times, { components, assignee });
}

describe('the load of a team', () => {
  it('is what is open, in progress and owned by nobody, without epics, against its usual week', () => {
    const open = (key: string, parts: object) =>
      aPast({ key, createdAt: at('2026-01-05T08:00:00Z'), components: ['Web'], ...parts });
    const [web, payments] = loadsOf([
      ...finishedBy('Web', [9, 2, 2, 2, 4, 2, 2, 2, 2, 4, 2, 2]),
      open('APO-1', { status: statuses.doing, assignee: 'ann' }),
      open('APO-2', { status: statuses.doing, assignee: null }),
      open('APO-3', {}),
      open('APO-4', { status: statuses.doing, type: types.epic }),
    ]);
    expect(web).toMatchObject({ open: 3, inProgress: 2, unowned: 1, usualWeek: 2, weeksOfWork: 1.5, isNew: false });
    expect(payments).toMatchObject({ open: 0, inProgress: 0, people: null, weeksOfWork: null, isNew: true });
  });

  it('tells how many people finished something lately from three on', () => {
    const recent = '2026-03-20T12:00:00Z';
    const two = [done('ann', recent), done('ann', recent), done('bob', recent)];
    expect(loadsOf(two)[0]!.people).toBeNull();
    expect(loadsOf([...two, done(null, recent)])[0]!.people).toBeNull();
    expect(loadsOf([...two, done('cid', '2026-02-20T12:00:00Z')])[0]!.people).toBeNull();
    expect(loadsOf([...two, done('cid', recent, ['Payments'])])[0]!.people).toBeNull();
    expect(loadsOf([...two, done('cid', recent)])[0]!.people).toBe(3);
  });

  it('counts whoever finished an item for the team that the item was in then', () => {
    const recent = '2026-03-20T12:00:00Z';
    const moved = done('cid', recent, ['Payments']);
    const move = { at: at('2026-03-25T08:00:00Z'), field: 'component' } as const;
    const changes = [
      ...moved.changes,
      aChange({ ...move, id: 't1', from: 'Web', to: null }),
      aChange({ ...move, id: 't2', from: null, to: 'Payments' }),
    ];
    const items = [done('ann', recent), done('bob', recent), { ...moved, changes }];
    const [web, payments] = loadsOf(items);
    expect([web!.people, payments!.people]).toEqual([3, null]);
  });
});
