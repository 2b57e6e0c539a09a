import { leastWeeks } from '../metrics/forecast/silence.ts';
import type { TeamFigures } from '../metrics/team-figures.ts';
import { median } from '../metrics/statistics.ts';
import { membershipOf } from '../metrics/teams/membership.ts';
import type { ItemView, ProjectView } from '../view/view.ts';
import type { ProjectCapacity, TeamCapacity, TeamLoad } from './project-answers.ts';
import { finishedBy, inProgressOf, recentDays, toldPeople, weeksOfWork } from './load.ts';
import { toldPace } from './team-line.ts';

/** The usual week is the median of this many, as for the whole project (metrics.md 2.2). */
const usualWeeks = 12;

/**
 * What each team has open and how fast it is, at as-of (metrics.md 3.3, 6.1); what no team takes is last, where there is
 * any. Epics are no work of their own. Who finished something counts for the team that the item was in then.
 */
export function buildTeamLoads(view: ProjectView, teams: readonly TeamFigures[]): readonly TeamLoad[] {
  const finishedIn = membershipOf(view);
  return teams
    .map((figures, index) => {
      const { team, pace, noForecast, historyWeeks } = figures;
      const open = workOf(view, figures.openKeys);
      const usualWeek = median(figures.weeks.finished.slice(-usualWeeks));
      const isOwn = (item: ItemView) => finishedIn?.teamAt(item, item.doneAt!) === index;
      return {
        team,
        open: open.length,
        ...inProgressOf(open),
        people: toldPeople(finishedBy(view, recentDays, isOwn)),
        usualWeek,
        weeksOfWork: weeksOfWork(open.length, usualWeek),
        pace: pace && toldPace(pace),
        noForecast,
        historyWeeks,
        isNew: historyWeeks < leastWeeks,
        alsoOthers: workOf(view, figures.alsoOthersKeys).length,
      };
    })
    .filter(({ team, open }) => team !== null || open > 0);
}

/** The answer about one team out of that about its project; null when the project has none of that name. */
export function teamCapacityOf(capacity: ProjectCapacity, name: string): TeamCapacity | null {
  const { project, asOf, zone, trust, teams = [] } = capacity;
  const load = teams.find(({ team }) => team === name);
  return load ? { kind: 'team-capacity', project, asOf, zone, trust, ...load, team: name } : null;
}

function workOf(view: ProjectView, keys: TeamFigures['openKeys']): readonly ItemView[] {
  return keys.flatMap((key) => view.itemsByKey.get(key) ?? []).filter(({ type }) => !type.isEpic);
}
