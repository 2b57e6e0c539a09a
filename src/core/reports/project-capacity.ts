import { busFactor } from '../metrics/value/bus-factor.ts';
import type { AnswerInput } from './answer-input.ts';
import { aboutProject } from './answer-input.ts';
import { finishedBy, inProgressOf, recentDays, toldPeople, weeksOfWork } from './load.ts';
import type { ProjectCapacity } from './project-answers.ts';
import { buildTeamLoads } from './team-loads.ts';

const knowledgeDays = 180;
const leastItems = 10;

/** Load against pace, and on how many people the work rests (metrics.md 6.1, 6.2), of the team and never of a person. */
export function buildProjectCapacity(input: AnswerInput): ProjectCapacity {
  const { view, metrics } = input;
  const open = view.counted.filter(({ type, isDone }) => !type.isEpic && !isDone);
  const usualWeek = metrics.figures.throughputPerWeek.value?.median ?? null;
  const { k50, n } = busFactor(finishedBy(view, knowledgeDays));
  return {
    kind: 'project-capacity',
    ...aboutProject(input),
    ...inProgressOf(open),
    people: toldPeople(finishedBy(view, recentDays)),
    usualWeek,
    open: open.length,
    weeksOfWork: weeksOfWork(open.length, usualWeek),
    halfDoneBy: n < leastItems ? null : k50,
    finished: n,
    ...(metrics.teams ? { teams: buildTeamLoads(view, metrics.teams) } : {}),
  };
}
