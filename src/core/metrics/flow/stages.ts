import type { Board } from '../../model/plan.ts';
import type { StatusValue } from '../../view/view.ts';

/** The stages that work goes through, from left to right. */
export interface Stages {
  readonly names: readonly string[];
  /** Where a status stands among them, from 0. */
  readonly stageOf: (status: StatusValue) => number;
}

/**
 * `created`, then the columns of the one board; with several boards or none, what a status means: `started`, `done`.
 * Columns without a status are left out: nothing can stand in them.
 */
export function stagesOf(boards: readonly Board[]): Stages {
  const columns = columnsOf(boards);
  if (columns.length < 2)
    return {
      names: ['created', 'started', 'done'],
      stageOf: ({ phase }) => (phase === 'done' ? 2 : phase === 'started' ? 1 : 0),
    };
  const stages = new Map(columns.flatMap(({ statusIds }, index) => statusIds.map((id) => [id, index + 1] as const)));
  return {
    names: ['created', ...columns.map(({ name }) => name)],
    // Done and on no column: boards leave "Closed" out so that it does not fill the wall.
    stageOf: ({ id, phase }) => (id === null ? undefined : stages.get(id)) ?? (phase === 'done' ? columns.length : 0),
  };
}

/** The place on the board at which work in progress stands: its column, or its status where no one board is known. */
export function placeReader(boards: readonly Board[]): (status: StatusValue) => string | null {
  const columns = columnsOf(boards);
  const places = new Map(columns.flatMap(({ name, statusIds }) => statusIds.map((id) => [id, name] as const)));
  return ({ id, name, phase }) => (phase === 'started' ? ((id === null ? undefined : places.get(id)) ?? name) : null);
}

function columnsOf(boards: readonly Board[]): Board['columns'] {
  return boards.length === 1 ? boards[0]!.columns.filter(({ statusIds }) => statusIds.length > 0) : [];
}
