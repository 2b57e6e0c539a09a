import type { SprintId } from '../model/ids.ts';
import type { Seen, Sprint } from '../model/plan.ts';
import type { ProjectOutline } from '../model/project.ts';
import type { Instant } from '../time/instant.ts';
import { newestSeen } from './board-done.ts';
import type { ItemView, SprintView } from './view.ts';

/**
 * Sprints as of then, in order of start, future ones last. Their start and completion are events with their own time:
 * a sprint runs at as-of when it started by then and was not completed. What was planned (name, goal, end) is what the
 * newest snapshot by then said; before the first one it is taken from there and flagged `datesFromLaterSnapshot`.
 * A sprint that nobody had seen is not there yet once the project was being watched: an item that comes from another
 * team later brings that team's sprints along. Before the first pull, all that is known was learned afterwards; then a
 * sprint is there that had started, or that an item was in.
 */
export function sprintsAsOf(history: ProjectOutline, items: readonly ItemView[], asOf: Instant): readonly SprintView[] {
  const usedIds = new Set<SprintId>();
  for (const { past } of items) for (const { value } of past.sprints) for (const id of value) usedIds.add(id);
  const isWatched = history.pulls.some(({ outcome, endedAt }) => outcome === 'done' && (endedAt ?? Infinity) <= asOf);
  return history.sprints
    .filter((snapshots) => snapshots.length > 0)
    .map((snapshots) => sprintAsOf(snapshots, asOf))
    .filter(({ sprint, state, isSeen }) => isSeen || (!isWatched && (state !== 'future' || usedIds.has(sprint.id))))
    .sort(compareSprints)
    .map(({ isSeen: _isSeen, ...view }) => view);
}

function sprintAsOf(snapshots: readonly Seen<Sprint>[], asOf: Instant): SprintView & { readonly isSeen: boolean } {
  const seen = newestSeen(snapshots, asOf);
  const planned = (seen ?? snapshots[0]!).value;
  const latest = snapshots.at(-1)!.value;
  const { startedAt, completedAt } = eventsOf(latest);
  const isStarted = startedAt !== null && startedAt <= asOf;
  const isCompleted = isStarted && completedAt !== null && completedAt <= asOf;
  const state = isCompleted ? 'closed' : isStarted ? 'active' : 'future';
  return {
    sprint: { ...planned, state },
    state,
    startedAt: isStarted ? startedAt : null,
    completedAt: isCompleted ? completedAt : null,
    endAt: planned.endAt,
    flags: seen ? [] : ['datesFromLaterSnapshot'],
    isSeen: seen !== null,
  };
}

/** A planned start is no start: only a sprint that is, or was, active has one. */
function eventsOf(sprint: Sprint): { startedAt: Instant | null; completedAt: Instant | null } {
  if (sprint.state === 'future') return { startedAt: null, completedAt: null };
  const startedAt = sprint.activatedAt ?? sprint.startAt;
  const completedAt = sprint.state === 'closed' ? (sprint.completedAt ?? sprint.endAt) : null;
  return { startedAt, completedAt };
}

function compareSprints(a: SprintView, b: SprintView): number {
  const startOf = ({ startedAt, sprint }: SprintView) => startedAt ?? sprint.startAt ?? Infinity;
  const isLater = (view: SprintView) => (view.startedAt === null ? 1 : 0);
  if (isLater(a) !== isLater(b)) return isLater(a) - isLater(b);
  if (startOf(a) !== startOf(b)) return startOf(a) < startOf(b) ? -1 : 1;
  return Number(a.sprint.id) - Number(b.sprint.id) || (a.sprint.id < b.sprint.id ? -1 : 1);
}
