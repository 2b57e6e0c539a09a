import type { SprintFigures } from '../metrics/sprint-figures.ts';
import type { ProjectView } from '../view/view.ts';
import type { SprintReview } from './sprint-review-report.ts';

/** The sprint that follows on the same board: the first that was started since, or the next one planned. */
export function followingSprint(view: ProjectView, reviewed: SprintFigures): SprintReview['next'] {
  const { zone } = view.calendar;
  const others = view.sprints.filter(({ sprint }) => sprint.id !== reviewed.id && sprint.boardId === reviewed.boardId);
  const started = others
    .filter(({ startedAt }) => startedAt !== null && startedAt > reviewed.activatedAt!)
    .sort((a, b) => a.startedAt! - b.startedAt!);
  const next = started[0] ?? others.find(({ state }) => state === 'future');
  if (!next || next.state === 'closed') return null;
  const { id } = next.sprint;
  const inIt = view.counted.filter(({ sprintIds, isDone }) => sprintIds.includes(id) && !isDone);
  const estimated = inIt.filter(({ points }) => (points ?? 0) > 0);
  return {
    name: next.sprint.name,
    isRunning: next.state === 'active',
    goal: next.sprint.goal,
    endOn: next.endAt === null ? null : zone.dayAt(next.endAt),
    items: inIt.length,
    points: estimated.length * 2 > inIt.length ? estimated.reduce((sum, { points }) => sum + points!, 0) : null,
    carriedIn: inIt.filter(({ key }) => reviewed.classes[key] === 'not-completed').length,
  };
}
