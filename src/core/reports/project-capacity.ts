import { busFactor } from '../metrics/value/bus-factor.ts';
import { dayMs } from '../time/instant.ts';
import type { Instant } from '../time/instant.ts';
import type { AnswerInput } from './answer-input.ts';
import { aboutProject } from './answer-input.ts';
import type { ItemKey } from '../model/ids.ts';
import type { TeamFigures } from '../metrics/metrics.ts';
import type { ProjectView } from '../view/view.ts';
import type { ProjectCapacity, TeamLoad } from './project-answers.ts';
import { toldPace } from './team-line.ts';

const recentDays = 28;
const knowledgeDays = 180;
/** Fewer people than this could be told apart by their numbers. */
const leastPeople = 3;
const leastItems = 10;

/** Load against pace, and on how many people the work rests (metrics.md 6.1, 6.2), of the team and never of a person. */
export function buildProjectCapacity(input: AnswerInput): ProjectCapacity {
  const { view, metrics } = input;
  const work = view.counted.filter(({ type }) => !type.isEpic);
  const open = work.filter(({ isDone }) => !isDone);
  const started = open.filter(({ status }) => status.phase === 'started');
  const usualWeek = metrics.figures.throughputPerWeek.value?.median ?? null;
  const people = finishedBy(input, view.asOf - recentDays * dayMs).length;
  const { k50, n } = busFactor(finishedBy(input, view.asOf - knowledgeDays * dayMs));
  return {
    kind: 'project-capacity',
    ...aboutProject(input),
    inProgress: started.length,
    unowned: started.filter(({ assignee }) => assignee === null).length,
    people: people < leastPeople ? null : people,
    usualWeek,
    open: open.length,
    weeksOfWork: usualWeek === null || usualWeek === 0 ? null : open.length / usualWeek,
    halfDoneBy: n < leastItems ? null : k50,
    finished: n,
    ...(metrics.teams ? { teams: loadsOf(view, metrics.teams) } : {}),
  };
}

/** Epics are no work of their own; what no team takes is told where there is any. */
function loadsOf(view: ProjectView, teams: readonly TeamFigures[]): readonly TeamLoad[] {
  const isWork = (key: ItemKey) => view.itemsByKey.get(key)?.type.isEpic === false;
  return teams
    .map(({ team, openKeys, alsoOthersKeys, pace, noForecast, historyWeeks }) => ({
      team,
      open: openKeys.filter(isWork).length,
      pace: pace && toldPace(pace),
      noForecast,
      historyWeeks,
      alsoOthers: alsoOthersKeys.filter(isWork).length,
    }))
    .filter(({ team, open }) => team !== null || open > 0);
}

/** How many items each person finished since; what nobody owned is left out. */
function finishedBy({ view }: AnswerInput, since: Instant): readonly number[] {
  const counts = new Map<string, number>();
  for (const { isDelivered, doneAt, assignee } of view.counted)
    if (isDelivered && doneAt !== null && doneAt > since && assignee !== null)
      counts.set(assignee, (counts.get(assignee) ?? 0) + 1);
  return [...counts.values()];
}
