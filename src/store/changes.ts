import type { Selectable } from 'kysely';
import type { Change, ChangeField } from '../core/model/change.ts';
import type { ItemId, SourceId } from '../core/model/ids.ts';
import { inChunks, lastOfEach } from './chunks.ts';
import type { ChangeTable } from './item-tables.ts';
import type { Db } from './tables.ts';
import { upsert } from './upsert.ts';
import type { UpsertInto } from './upsert.ts';

const intoChange: UpsertInto<'change'> = {
  table: 'change',
  key: ['source', 'item_id', 'id', 'part'],
  values: ['at', 'author', 'field', 'from_value', 'to_value', 'from_text', 'to_text'],
};

/** Adds changes to those kept; one with the same id and part replaces. */
export async function saveChanges(
  tx: Db,
  source: SourceId,
  changes: readonly { readonly itemId: string; readonly change: Change }[],
): Promise<void> {
  const keyOf = (row: (typeof changes)[number]) => `${row.itemId} ${row.change.id} ${row.change.part}`;
  await inChunks(changes, (chunk) => {
    const rows = lastOfEach(chunk, keyOf).map(({ itemId, change }) => changeRow(source, itemId, change));
    return upsert(tx, intoChange, rows);
  });
}

/** Keeps whether the whole history of each item is here. */
export async function saveCompleteness(
  tx: Db,
  source: SourceId,
  histories: readonly { readonly itemId: string; readonly isComplete: boolean }[],
): Promise<void> {
  const rows = lastOfEach(histories, (row) => row.itemId).map(({ itemId, isComplete }) => ({
    source,
    item_id: itemId,
    is_complete: isComplete ? 1 : 0,
  }));
  await inChunks(rows, (chunk) =>
    tx
      .insertInto('history')
      .values(chunk)
      .onConflict((conflict) =>
        conflict.columns(['source', 'item_id']).doUpdateSet((eb) => ({ is_complete: eb.ref('excluded.is_complete') })),
      )
      .execute(),
  );
}

function changeRow(source: SourceId, itemId: string, change: Change): ChangeTable {
  return {
    source,
    item_id: itemId,
    id: change.id,
    part: change.part,
    at: change.at,
    author: change.by,
    field: change.field,
    from_value: change.from,
    to_value: change.to,
    from_text: change.fromText,
    to_text: change.toText,
  };
}

/** Of a change as it is read: whose it is, and the rest without its source, which every row would repeat. */
type ChangeRow = Omit<Selectable<ChangeTable>, 'source'>;

export const changeColumns = [
  'item_id',
  'id',
  'part',
  'at',
  'author',
  'field',
  'from_value',
  'to_value',
  'from_text',
  'to_text',
] as const satisfies readonly (keyof ChangeRow)[];

function changeOfRow(row: ChangeRow, intern: (text: string) => string): Change {
  const perhaps = (text: string | null) => (text === null ? null : intern(text));
  const isTitle = row.field === 'summary';
  return {
    // Ids and titles hardly ever come again: to keep them would keep a million of them.
    id: row.id,
    part: row.part,
    at: row.at,
    by: perhaps(row.author),
    field: intern(row.field) as ChangeField,
    from: isTitle ? row.from_value : perhaps(row.from_value),
    to: isTitle ? row.to_value : perhaps(row.to_value),
    fromText: isTitle ? row.from_text : perhaps(row.from_text),
    toText: isTitle ? row.to_text : perhaps(row.to_text),
  };
}

/** Changes of several items, by item. */
export function groupChanges(rows: readonly ChangeRow[], intern: (text: string) => string): Map<ItemId, Change[]> {
  const byItem = new Map<ItemId, Change[]>();
  // Rows of one item mostly come together: then its id is not looked up for each.
  let lastId: ItemId | null = null;
  let changes: Change[] = [];
  for (const row of rows) {
    if (row.item_id !== lastId) {
      lastId = row.item_id;
      changes = byItem.get(lastId) ?? [];
      byItem.set(lastId, changes);
    }
    changes.push(changeOfRow(row, intern));
  }
  return byItem;
}

/** Changes of one item in their order. Tools number them as they come, so that they mostly are: to sort them copies them. */
export function inOrder(changes: Change[]): Change[] {
  const isInOrder = changes.every((change, index) => index === 0 || compareChanges(changes[index - 1]!, change) <= 0);
  return isInOrder ? changes : changes.sort(compareChanges);
}

/** The order of changes: by time, then as the tool numbered them, then by part. */
function compareChanges(one: Change, other: Change): number {
  return one.at - other.at || compareIds(one.id, other.id) || one.part - other.part;
}

/** Numbers by their value, before everything else; ids may be too long for a number, so digits are compared. */
function compareIds(one: string, other: string): number {
  if (one === other) return 0;
  const digits = /^\d+$/;
  const areNumbers = [digits.test(one), digits.test(other)];
  if (areNumbers[0] !== areNumbers[1]) return areNumbers[0] ? -1 : 1;
  if (!areNumbers[0]) return one < other ? -1 : 1;
  const [a, b] = [one.replace(/^0+/, ''), other.replace(/^0+/, '')];
  if (a.length !== b.length) return a.length - b.length;
  return a === b ? 0 : a < b ? -1 : 1;
}
