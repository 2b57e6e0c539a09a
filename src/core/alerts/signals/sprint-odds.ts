import type { ItemKey } from '../../model/ids.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import type { SprintFigures } from '../../metrics/sprint-figures.ts';
import type { Day } from '../../time/day.ts';
import { valueAt } from '../../view/timeline.ts';
import type { ProjectView } from '../../view/view.ts';

/** Closed sprints that are looked back at, and how many it takes: fewer say nothing of a team's habit. */
const lookBack = 12;
const leastSprints = 5;

/** A sprint that kept less than this share of its commitment has missed (metrics.md 4.4). */
export const enoughDone = 0.8;

/**
 * Chance that a running sprint keeps less than four fifths of what it committed to (say/do, metrics.md 2.5, 4.4): each of
 * the last sprints is taken from the same part of its way on, and the share that it then finished of what was open is
 * applied to what is open now. A pace alone cannot know that a team finishes most of its work on the last days. Only
 * sprints of the same board count, and none on grade D (0.2). Smoothed by one sprint of either kind; null with too few
 * closed sprints, or without dates or a commitment.
 */
export function createSprintOdds(view: ProjectView, metrics: Metrics): (sprint: SprintFigures) => number | null {
  const { calendar, today } = view;
  const closed = metrics.sprints
    .filter(({ state, completedAt, grade }) => state === 'closed' && completedAt !== null && grade !== 'D')
    .sort((a, b) => b.completedAt! - a.completedAt!);
  return (sprint) => {
    const past = closed
      .filter(({ boardId }) => boardId === sprint.boardId)
      .flatMap((other) => wayOf(other, view) ?? [])
      .slice(0, lookBack);
    const way = wayOf(sprint, view);
    if (way === null || past.length < leastSprints) return null;
    const passed = Math.min(1, Math.max(0, calendar.distance(way.from, today) / way.workingDays));
    const done = way.doneOn.length;
    const misses = past.filter((other) => {
      const on = calendar.add(other.from, passed * other.workingDays);
      const before = other.doneOn.filter((day) => day < on).length;
      const wasOpen = other.committed - before;
      const kept = wasOpen === 0 ? 1 : (other.doneOn.length - before) / wasOpen;
      return (done + (way.committed - done) * kept) / way.committed < enoughDone;
    });
    return (misses.length + 1) / (past.length + 2);
  };
}

/** How a sprint went through its commitment. */
interface Way {
  readonly from: Day;
  readonly workingDays: number;
  readonly committed: number;
  /** Days on which what was committed and completed was done. */
  readonly doneOn: readonly Day[];
}

function wayOf({ id, activatedAt, endAt, completedAt, classes }: SprintFigures, view: ProjectView): Way | null {
  const { zone } = view.calendar;
  const end = completedAt ?? endAt;
  if (activatedAt === null || end === null) return null;
  const from = zone.dayAt(activatedAt);
  const workingDays = view.calendar.distance(from, zone.dayAt(end));
  const wasIn = (key: ItemKey) => {
    const item = view.itemsByKey.get(key);
    return item !== undefined && item.createdAt <= activatedAt && valueAt(item.past.sprints, activatedAt).includes(id);
  };
  const committed = Object.keys(classes).filter((key) => classes[key] !== 'completed-outside' && wasIn(key));
  if (workingDays <= 0 || committed.length === 0) return null;
  const doneOn = committed
    .filter((key) => classes[key] === 'completed')
    .map((key) => view.itemsByKey.get(key)!.doneAt)
    .map((doneAt) => zone.dayAt(doneAt === null || doneAt > end ? end : doneAt));
  return { from, workingDays, committed: committed.length, doneOn };
}
