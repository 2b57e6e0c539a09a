import type { ItemKey } from '../../model/ids.ts';
import type { Instant } from '../../time/instant.ts';
import type { SprintFigures } from '../sprint-figures.ts';

export interface Carried {
  /** Sprints in a row, up to its newest, that it was in and was not done in. */
  readonly sprints: number;
  /** When the newest of them was completed; Infinity while it runs. */
  readonly newestAt: Instant;
}

/**
 * Carry-over age of every item that was part of a sprint that started (metrics.md 2.5, 7.5 H14), the one that runs
 * included. In a row means one after the other on one board: who was put back for a sprint begins anew, and several boards,
 * or sprints side by side on one, make one turn. 0 sprints when its newest one ended, or goes on, with it done or without
 * it. Of several boards the longest row counts.
 */
export function carriedItems(sprints: readonly SprintFigures[]): ReadonlyMap<ItemKey, Carried> {
  const carried = new Map<ItemKey, Carried>();
  const boards = Map.groupBy(sprints.filter(hasStarted), ({ boardId }) => boardId);
  for (const ofBoard of boards.values()) {
    for (const [key, { sprints: age, newestAt }] of rowsOf(turnsOf(ofBoard))) {
      const known = carried.get(key);
      if (!known || age > known.sprints || (age === known.sprints && newestAt > known.newestAt))
        carried.set(key, { sprints: age, newestAt });
    }
  }
  return carried;
}

type Started = SprintFigures & { readonly activatedAt: Instant };

function hasStarted(sprint: SprintFigures): sprint is Started {
  return sprint.activatedAt !== null && (sprint.state === 'active' || sprint.completedAt !== null);
}

/** The sprints of a board by turns, oldest first: those that run side by side are one turn. */
function turnsOf(sprints: readonly Started[]): Started[][] {
  const turns: Started[][] = [];
  for (const sprint of sprints.toSorted((a, b) => a.activatedAt - b.activatedAt)) {
    const last = turns.at(-1);
    if (last?.some((other) => areSideBySide(other, sprint))) last.push(sprint);
    else turns.push([sprint]);
  }
  return turns;
}

/** Most of the shorter one lies within the other. A sprint that was closed late goes to its planned end. */
function areSideBySide(one: Started, other: Started): boolean {
  const [a, b] = [one, other].map((sprint) => ({
    from: sprint.activatedAt,
    to: Math.min(sprint.completedAt ?? Infinity, sprint.endAt ?? Infinity),
  })) as [{ from: Instant; to: Instant }, { from: Instant; to: Instant }];
  const common = Math.min(a.to, b.to) - Math.max(a.from, b.from);
  return common > 0 && common > Math.min(a.to - a.from, b.to - b.from) / 2;
}

interface Row extends Carried {
  /** The oldest turn of the row so far. */
  readonly turn: number;
  readonly isOver: boolean;
}

/** One pass over the turns, newest first. */
function rowsOf(turns: readonly (readonly Started[])[]): ReadonlyMap<ItemKey, Row> {
  const rows = new Map<ItemKey, Row>();
  for (let turn = turns.length - 1; turn >= 0; turn--) {
    for (const [key, { isOpen, newestAt }] of standingsIn(turns[turn]!)) {
      const row = rows.get(key);
      if (!row) rows.set(key, { sprints: isOpen ? 1 : 0, newestAt, turn, isOver: !isOpen });
      else if (!row.isOver) {
        const goesOn = isOpen && row.turn === turn + 1;
        rows.set(key, goesOn ? { ...row, sprints: row.sprints + 1, turn } : { ...row, isOver: true });
      }
    }
  }
  return rows;
}

/** How each item came out of a turn: open when one of its sprints has it so, and none has it done. */
function standingsIn(turn: readonly Started[]): ReadonlyMap<ItemKey, { isOpen: boolean; newestAt: Instant }> {
  const standings = new Map<ItemKey, { isOpen: boolean; isDone: boolean; newestAt: Instant }>();
  for (const { classes, completedAt } of turn) {
    const endedAt = completedAt ?? Infinity;
    for (const key in classes) {
      const isOpen = classes[key] === 'not-completed';
      const isDone = !isOpen && classes[key] !== 'removed';
      const known = standings.get(key);
      const wasDone = known?.isDone ?? false;
      standings.set(key, {
        isOpen: (isOpen || (known?.isOpen ?? false)) && !isDone && !wasDone,
        isDone: isDone || wasDone,
        newestAt: Math.max(endedAt, known?.newestAt ?? -Infinity),
      });
    }
  }
  return standings;
}
