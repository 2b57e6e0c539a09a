import type { StatusId } from '../model/ids.ts';
import type { Board, Seen } from '../model/plan.ts';
import type { ProjectOutline } from '../model/project.ts';
import type { Instant } from '../time/instant.ts';
import type { StatusValue } from './view.ts';

/** The newest of the snapshots that were seen by then; null before the first. Snapshots are oldest first. */
export function newestSeen<T>(snapshots: readonly Seen<T>[], asOf: Instant): Seen<T> | null {
  return snapshots.findLast(({ at }) => at <= asOf) ?? null;
}

/** The boards as they were last seen by then; none that nobody had seen yet. */
export function boardsAsOf(history: ProjectOutline, asOf: Instant): readonly Board[] {
  return history.boards.flatMap((snapshots) => newestSeen(snapshots, asOf)?.value ?? []);
}

/** Whether a status counts as done where sprints are kept. */
export type DoneForBoard = (status: StatusValue) => boolean;

/**
 * "Done" of a board is its last column (metrics.md 0.1). A status of a done category that stands on no column counts
 * too: boards leave "Closed" out so that it does not fill the wall. Without a board, the category decides.
 */
export function createDoneForBoard(boards: readonly Board[], boardId: string | null): DoneForBoard {
  const board = boards.find(({ id }) => id === boardId) ?? (boards.length === 1 ? boards[0]! : null);
  const last = new Set<StatusId>(board?.columns.at(-1)?.statusIds);
  if (!board || last.size === 0) return ({ phase }) => phase === 'done';
  const placed = new Set(board.columns.flatMap(({ statusIds }) => statusIds));
  return ({ id, phase }) => (id !== null && placed.has(id) ? last.has(id) : phase === 'done');
}
