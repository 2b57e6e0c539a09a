import type { Selectable } from 'kysely';
import type { SourceId } from '../core/model/ids.ts';
import type { StatusCategory, WorkItem } from '../core/model/work-item.ts';
import type { Day } from '../core/time/day.ts';
import { inChunks, lastOfEach } from './chunks.ts';
import type { ItemTable } from './item-tables.ts';
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

/** Writes items over what was known of them. */
export async function saveItems(tx: Db, source: SourceId, items: readonly WorkItem[]): Promise<void> {
  await inChunks(items, (chunk) => {
    const rows = lastOfEach(chunk, (item) => item.id).map((item) => itemRow(source, item));
    return upsert(tx, intoItem, rows);
  });
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
