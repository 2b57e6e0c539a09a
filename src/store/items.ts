import type { Selectable } from 'kysely';
import type { Change, ChangeField } from '../core/model/change.ts';
import type { ItemId, SourceId } from '../core/model/ids.ts';
import type { StatusCategory, WorkItem } from '../core/model/work-item.ts';
import type { Day } from '../core/time/day.ts';
import { inChunks, lastOfEach } from './chunks.ts';
import type { ChangeTable, ItemTable } from './item-tables.ts';
import type { Db } from './tables.ts';
import { upsert } from './upsert.ts';
import type { UpsertInto } from './upsert.ts';

const intoItem: UpsertInto<'item'> = {
  table: 'item',
  key: ['source', 'id'],
  values: [
    'key',
    'project_key',
    'summary',
    'type_name',
    'is_subtask',
    'is_epic',
    'created_at',
    'updated_at',
    'status_id',
    'status_name',
    'status_category',
    'resolution',
    'resolved_at',
    'assignee',
    'sprint_ids',
    'fix_version_ids',
    'affects_version_ids',
    'start_on',
    'due_on',
    'points',
    'estimate_seconds',
    'parent_key',
    'is_flagged',
    'links',
    'labels',
    'components',
    'priority',
    'has_description',
  ],
};

const intoChange: UpsertInto<'change'> = {
  table: 'change',
  key: ['source', 'item_id', 'id', 'part'],
  values: ['at', 'author', 'field', 'from_value', 'to_value', 'from_text', 'to_text'],
};

/** Writes items over what was known of them. */
export async function saveItems(tx: Db, source: SourceId, items: readonly WorkItem[]): Promise<void> {
  await inChunks(items, (chunk) => {
    const rows = lastOfEach(chunk, (item) => item.id).map((item) => itemRow(source, item));
    return upsert(tx, intoItem, rows);
  });
}

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

function itemRow(source: SourceId, item: WorkItem): ItemTable {
  return {
    source,
    id: item.id,
    key: item.key,
    project_key: item.projectKey,
    summary: item.summary,
    type_name: item.type.name,
    is_subtask: item.type.isSubtask ? 1 : 0,
    is_epic: item.type.isEpic ? 1 : 0,
    created_at: item.createdAt,
    updated_at: item.updatedAt,
    status_id: item.status?.id ?? null,
    status_name: item.status?.name ?? null,
    status_category: item.status?.category ?? null,
    resolution: item.resolution,
    resolved_at: item.resolvedAt,
    assignee: item.assignee,
    sprint_ids: JSON.stringify(item.sprintIds),
    fix_version_ids: JSON.stringify(item.fixVersionIds),
    affects_version_ids: JSON.stringify(item.affectsVersionIds),
    start_on: item.startOn,
    due_on: item.dueOn,
    points: item.points,
    estimate_seconds: item.estimateSeconds === null ? null : Math.round(item.estimateSeconds),
    parent_key: item.parentKey,
    is_flagged: item.isFlagged ? 1 : 0,
    links: JSON.stringify(item.links),
    labels: JSON.stringify(item.labels),
    components: JSON.stringify(item.components),
    priority: item.priority,
    has_description: bitOrNull(item.hasDescription ?? null),
  };
}

function bitOrNull(value: boolean | null): 0 | 1 | null {
  return value === null ? null : value ? 1 : 0;
}

const noTexts: readonly never[] = [];

const unsaid: Pick<WorkItem, 'hasDescription'> = {};
const described: Pick<WorkItem, 'hasDescription'> = { hasDescription: true };
const bare: Pick<WorkItem, 'hasDescription'> = { hasDescription: false };

/** The item that a row holds. `intern` gives one copy of texts that come again and again. */
export function itemOfRow(row: Selectable<ItemTable>, intern: (text: string) => string): WorkItem {
  const texts = (json: string) => (json === '[]' ? noTexts : (JSON.parse(json) as string[]).map(intern));
  const perhaps = (text: string | null) => (text === null ? null : intern(text));
  return {
    id: row.id,
    key: row.key,
    projectKey: intern(row.project_key),
    summary: row.summary,
    type: { name: intern(row.type_name), isSubtask: row.is_subtask === 1, isEpic: row.is_epic === 1 },
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    status:
      row.status_id === null
        ? null
        : {
            id: intern(row.status_id),
            name: intern(row.status_name ?? ''),
            category: intern(row.status_category ?? 'unknown') as StatusCategory,
          },
    resolution: perhaps(row.resolution),
    resolvedAt: row.resolved_at,
    assignee: perhaps(row.assignee),
    sprintIds: texts(row.sprint_ids),
    fixVersionIds: texts(row.fix_version_ids),
    affectsVersionIds: texts(row.affects_version_ids),
    startOn: row.start_on as Day | null,
    dueOn: row.due_on as Day | null,
    points: row.points,
    estimateSeconds: row.estimate_seconds,
    parentKey: perhaps(row.parent_key),
    isFlagged: row.is_flagged === 1,
    links: row.links === '[]' ? noTexts : (JSON.parse(row.links) as WorkItem['links']),
    labels: texts(row.labels),
    components: texts(row.components),
    priority: perhaps(row.priority),
    ...(row.has_description === null ? unsaid : row.has_description === 1 ? described : bare),
  };
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
