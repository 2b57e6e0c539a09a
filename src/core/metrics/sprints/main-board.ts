import { dayMs } from '../../time/instant.ts';
import type { Instant } from '../../time/instant.ts';
import type { SprintFigures } from '../sprint-figures.ts';

/** A project that closed no sprint for half a year plans by sprints no more. */
const recentDays = 182;

export interface MainBoard {
  /** Null is a board, too: that of sprints kept on none. */
  readonly boardId: string | null;
}

/**
 * The board on which most sprints that held something were closed in the half-year up to as-of, of several the one with
 * the newest (metrics.md 2.4: boards are never averaged). Null: the project does not plan by sprints.
 */
export function mainBoardOf(sprints: readonly SprintFigures[], asOf: Instant): MainBoard | null {
  const closed = sprints.filter(
    ({ state, completedAt, classes }) =>
      state === 'closed' &&
      completedAt !== null &&
      completedAt > asOf - recentDays * dayMs &&
      Object.keys(classes).length > 0,
  );
  const newestOf = (some: readonly SprintFigures[]) => Math.max(...some.map(({ completedAt }) => completedAt!));
  const [main] = [...Map.groupBy(closed, ({ boardId }) => boardId)].sort(
    ([, a], [, b]) => b.length - a.length || newestOf(b) - newestOf(a),
  );
  return main === undefined ? null : { boardId: main[0] };
}

/**
 * Closed sprints of a board in turn, the earliest start first. Two side by side count once: one that was half over when
 * the last counted one ended follows it in no sense.
 */
export function sprintsInTurn(sprints: readonly SprintFigures[], { boardId }: MainBoard): readonly ClosedSprint[] {
  const closed = sprints
    .filter((sprint): sprint is ClosedSprint => sprint.boardId === boardId && isClosed(sprint))
    .sort((a, b) => a.activatedAt - b.activatedAt || a.completedAt - b.completedAt);
  const turn: ClosedSprint[] = [];
  for (const sprint of closed) if (middleOf(sprint) >= (turn.at(-1)?.completedAt ?? -Infinity)) turn.push(sprint);
  return turn;
}

export type ClosedSprint = SprintFigures & { readonly activatedAt: Instant; readonly completedAt: Instant };

function isClosed({ state, activatedAt, completedAt }: SprintFigures): boolean {
  return state === 'closed' && activatedAt !== null && completedAt !== null;
}

/** A sprint belongs to the time in which its middle is. */
export function middleOf({ activatedAt, completedAt }: ClosedSprint): Instant {
  return (activatedAt + completedAt) / 2;
}
