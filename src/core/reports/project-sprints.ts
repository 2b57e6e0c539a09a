import { velocityOf } from '../metrics/sprints/velocity.ts';
import type { AnswerInput } from './answer-input.ts';
import { aboutProject } from './answer-input.ts';
import type { ProjectSprints } from './project-answers.ts';
import { runningSprints, sprintLine } from './sprint-line.ts';

const mostClosed = 3;

/** What runs and how the last sprints ended. Velocity is that of the board of the newest one: boards are not averaged. */
export function buildProjectSprints(input: AnswerInput): ProjectSprints {
  const { view, metrics } = input;
  const { calendar, today } = view;
  const running = runningSprints(metrics);
  const closed = metrics.sprints
    .filter(({ state, completedAt, totals }) => state === 'closed' && completedAt !== null && totals !== null)
    .sort((a, b) => b.completedAt! - a.completedAt! || a.id.localeCompare(b.id));
  const newest = running[0] ?? closed[0];
  const velocity = newest ? velocityOf(metrics.sprints, { boardId: newest.boardId, before: Infinity }) : null;
  const lineOf = (sprint: (typeof closed)[number]) => sprintLine(sprint, calendar.zone) ?? [];
  return {
    kind: 'project-sprints',
    ...aboutProject(input),
    running: running.flatMap(lineOf).map((line) => ({
      ...line,
      workingDaysLeft: line.endOn === null ? null : Math.max(0, calendar.distance(today, line.endOn)),
    })),
    closed: closed.slice(0, mostClosed).flatMap(lineOf),
    velocity: velocity && { n: velocity.n, ...velocity.count },
  };
}
