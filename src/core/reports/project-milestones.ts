import { addDays } from '../time/day.ts';
import type { AnswerInput } from './answer-input.ts';
import { aboutProject } from './answer-input.ts';
import { movesIn } from './move-line.ts';
import { withDistinctMilestones } from '../metrics/milestones/distinct-milestones.ts';
import { listingOf } from './item-ref.ts';
import { milestoneLine } from './milestone-line.ts';
import type { ProjectMilestones } from './project-answers.ts';
import { isWorthARow } from './worth-a-row.ts';

const mostMilestones = 12;
const mostReached = 3;
const mostMoves = 5;
/** Reached or moved longer ago is no news. */
const recentDays = 60;

/** The dates of a project: what is to come, what was reached, what moved. Items with a date of their own are left out. */
export function buildProjectMilestones(input: AnswerInput): ProjectMilestones {
  const { view } = input;
  const metrics = withDistinctMilestones(input.metrics);
  const told = metrics.milestones.filter(({ kind }) => kind !== 'item');
  const open = told
    .filter((milestone) => isWorthARow(milestone, view))
    .sort((a, b) => (a.currentOn ?? '9').localeCompare(b.currentOn ?? '9') || a.id.localeCompare(b.id));
  const since = addDays(view.today, -recentDays);
  const reached = told
    .filter(({ finishedOn }) => finishedOn !== null && finishedOn >= since)
    .sort((a, b) => b.finishedOn!.localeCompare(a.finishedOn!) || a.id.localeCompare(b.id))
    .slice(0, mostReached);
  const line = (milestone: (typeof told)[number]) => milestoneLine(milestone, metrics, view);
  return {
    kind: 'project-milestones',
    ...aboutProject(input),
    milestones: listingOf(open.map(line), mostMilestones),
    reached: reached.map(line),
    moves: movesIn(told, view.calendar.zone.startOf(since), metrics.asOf).slice(-mostMoves).reverse(),
  };
}
