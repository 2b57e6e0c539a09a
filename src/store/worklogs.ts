import type { Selectable } from 'kysely';
import type { ItemId, ProjectId, SourceId } from '../core/model/ids.ts';
import type { Worklog, WorklogVersion } from '../core/model/worklog.ts';
import type { Instant } from '../core/time/instant.ts';
import { inChunks, lastOfEach } from './chunks.ts';
import type { WorklogTable } from './item-tables.ts';
import type { Db } from './tables.ts';
import { upsert } from './upsert.ts';
import type { UpsertInto } from './upsert.ts';

const intoWorklog: UpsertInto<'worklog'> = {
  table: 'worklog',
  key: ['source', 'id', 'known_at'],
  values: ['item_id', 'author', 'created_at', 'updated_at', 'started_at', 'seconds', 'is_deleted'],
};

type State = Selectable<WorklogTable>;

export interface SeenWorklog {
  readonly worklog: Worklog;
  /** It was there before its source was read for the first time. */
  readonly isOld: boolean;
}

/**
 * Keeps what is new: a worklog of an item that is in some project, and each state in which one that is kept is seen from
 * now on. The same state again changes nothing.
 */
export async function saveWorklogs(tx: Db, source: SourceId, seen: readonly SeenWorklog[], at: Instant): Promise<void> {
  await inChunks(
    lastOfEach(seen, ({ worklog }) => worklog.id),
    async (chunk) => {
      const kept = await newestStates(
        tx,
        source,
        chunk.map(({ worklog }) => worklog.id),
      );
      const followed = await followedItems(
        tx,
        source,
        chunk.map(({ worklog }) => worklog.itemId),
      );
      const rows = chunk.flatMap(({ worklog, isOld }): WorklogTable[] => {
        const before = kept.get(worklog.id);
        const state = {
          source,
          id: worklog.id,
          item_id: worklog.itemId,
          author: worklog.by,
          created_at: worklog.createdAt,
          updated_at: worklog.updatedAt,
          started_at: worklog.startedAt,
          seconds: worklog.seconds,
          is_deleted: 0,
        };
        if (before === undefined) {
          if (!followed.has(worklog.itemId)) return [];
          return [{ ...state, known_at: isOld ? Math.min(worklog.createdAt, at) : at }];
        }
        return isSame(before, state) ? [] : [{ ...state, known_at: Math.max(at, before.known_at) }];
      });
      await upsert(tx, intoWorklog, rows);
    },
  );
}

/** These worklogs are deleted; what was known of them before stays. */
export async function markWorklogsGone(tx: Db, source: SourceId, ids: readonly string[], at: Instant): Promise<void> {
  await inChunks([...new Set(ids)], async (chunk) => {
    const kept = await newestStates(tx, source, chunk);
    const rows = [...kept.values()]
      .filter((state) => state.is_deleted === 0)
      .map((state): WorklogTable => ({ ...state, known_at: Math.max(at, state.known_at), is_deleted: 1 }));
    await upsert(tx, intoWorklog, rows);
  });
}

/** All states of the worklogs of a project, those of one worklog together, oldest first. */
export async function loadWorklogs(db: Db, project: ProjectId): Promise<WorklogVersion[]> {
  const rows = await db
    .selectFrom('membership as m')
    .innerJoin('item as i', (join) => join.onRef('i.source', '=', 'm.source').onRef('i.id', '=', 'm.item_id'))
    .innerJoin('worklog as w', (join) => join.onRef('w.source', '=', 'm.source').onRef('w.item_id', '=', 'm.item_id'))
    .selectAll('w')
    .select('i.key')
    .where('m.project', '=', project)
    .orderBy('w.source')
    .orderBy('w.id')
    .orderBy('w.known_at')
    .execute();
  return rows.map((row) => ({
    source: row.source,
    id: row.id,
    itemKey: row.key,
    knownAt: row.known_at,
    isDeleted: row.is_deleted === 1,
    by: row.author,
    createdAt: row.created_at,
    startedAt: row.started_at,
    seconds: row.seconds,
  }));
}

async function newestStates(tx: Db, source: SourceId, ids: readonly string[]): Promise<Map<string, State>> {
  const rows = await tx
    .selectFrom('worklog')
    .selectAll()
    .where('source', '=', source)
    .where('id', 'in', [...ids])
    .orderBy('known_at')
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

async function followedItems(tx: Db, source: SourceId, ids: readonly ItemId[]): Promise<ReadonlySet<ItemId>> {
  const rows = await tx
    .selectFrom('membership')
    .select('item_id')
    .distinct()
    .where('source', '=', source)
    .where('item_id', 'in', [...new Set(ids)])
    .where('gone_at', 'is', null)
    .execute();
  return new Set(rows.map(({ item_id }) => item_id));
}

function isSame(before: State, now: Omit<State, 'known_at'>): boolean {
  return (
    before.is_deleted === now.is_deleted &&
    before.item_id === now.item_id &&
    before.author === now.author &&
    before.started_at === now.started_at &&
    before.seconds === now.seconds
  );
}
