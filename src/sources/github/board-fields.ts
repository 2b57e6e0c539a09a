import type { Change, ChangeField } from '../../core/model/change.ts';
import { ownValue, readDay, readInstant, readPoints } from '../reading/values.ts';
import type { GithubBoard } from './board.ts';
import type { Seen } from './cursor.ts';
import { nodesOf } from './names.ts';
import type { Names } from './names.ts';

/** A value of a field of the board, with when it was last changed. */
export interface FieldValue {
  readonly value: string;
  readonly text: string | null;
  readonly at: number | null;
}

/** What the board says of one issue; null for a field that is empty or that it does not have. */
export interface BoardFields {
  readonly isOnBoard: boolean;
  readonly option: FieldValue | null;
  readonly sprint: FieldValue | null;
  readonly points: FieldValue | null;
  readonly startOn: FieldValue | null;
  readonly dueOn: FieldValue | null;
  readonly priority: FieldValue | null;
  /** When anything of it changed on the board. */
  readonly changedAt: number | null;
}

const nothing: BoardFields = {
  isOnBoard: false,
  option: null,
  sprint: null,
  points: null,
  startOn: null,
  dueOn: null,
  priority: null,
  changedAt: null,
};

export function readBoardFields(issue: unknown, board: GithubBoard | null, names: Names): BoardFields {
  const item = nodesOf(issue, 'projectItems').find(
    (one) => board !== null && ownValue(ownValue(one, 'project'), 'id') === board.id,
  );
  if (!board || item === undefined) return nothing;
  const values = nodesOf(item, 'fieldValues');
  const find = (field: string | null, key: string, read: (value: unknown) => string | null): FieldValue | null => {
    const raw = values.find((one) => field !== null && ownValue(ownValue(one, 'field'), 'name') === field);
    const value = read(ownValue(raw, key));
    if (value === null) return null;
    const title = ownValue(raw, 'title');
    return {
      value,
      text: typeof title === 'string' ? title : null,
      at: readInstant(ownValue(raw, 'updatedAt')),
    };
  };
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
  const number = (value: unknown) => {
    const points = readPoints(value);
    return points === null ? null : String(points);
  };
  const { fields } = board;
  return {
    isOnBoard: true,
    option: find(fields.status, 'name', text),
    sprint: find(fields.iteration, 'iterationId', (value) => {
      const id = text(value);
      return id === null ? null : names.sprint(id);
    }),
    points: find(fields.points, 'number', number),
    startOn: find(fields.startOn, 'date', readDay),
    dueOn: find(fields.dueOn, 'date', readDay),
    priority: find(fields.priority, 'name', text),
    changedAt: readInstant(ownValue(item, 'updatedAt')),
  };
}

const remembered = ['sprint', 'points', 'dueOn', 'startOn'] as const satisfies readonly ChangeField[];

/** What is kept of an issue to know the next time what changed on the board. */
export function seenOf(fields: BoardFields): Seen {
  return Object.fromEntries(
    remembered.flatMap((field) => {
      const value = fields[field]?.value;
      return value === undefined ? [] : [[field, value]];
    }),
  );
}

/**
 * Changes of fields that GitHub keeps no history of, by what was seen before. A value that is there at first sight was
 * set when it was last changed, and what it was until then nobody knows; what became empty did so by the last change
 * of the item.
 */
export function historyOfFields(fields: BoardFields, before: Seen | undefined, at: number): Change[] {
  return remembered.flatMap((field): Change[] => {
    const now = fields[field];
    const was = before?.[field] ?? null;
    const value = now?.value ?? null;
    if (value === was) return [];
    const changedAt = now?.at ?? fields.changedAt ?? at;
    return [
      {
        id: `board-${field}-${changedAt}`,
        part: 0,
        at: changedAt,
        by: null,
        field,
        from: was,
        to: value,
        fromText: null,
        toText: now?.text ?? null,
      },
    ];
  });
}
