import type { ItemId, ProjectId, SourceId } from '../core/model/ids.ts';
import type { SourceRecord } from '../core/model/record.ts';
import type { Status } from '../core/model/work-item.ts';
import type { Instant } from '../core/time/instant.ts';
import { inChunks, lastOfEach } from './chunks.ts';
import { inTransaction } from './dialect.ts';
import { saveItems } from './items.ts';
import { saveChanges, saveCompleteness } from './changes.ts';
import { noteAbsences } from './absence.ts';
import { endCensus, markGone, saveCensus, saveMembers } from './membership.ts';
import { runningSince } from './pulls.ts';
import { sanitize } from './sanitize.ts';
import { saveServiceFacts } from './service-history.ts';
import { clearSetAside, readOpenSetAside, saveSetAside } from './set-aside.ts';
import type { CameIn } from './set-aside.ts';
import { saveSnapshots } from './snapshots.ts';
import type { Db } from './tables.ts';
import { markWorklogsGone, saveWorklogs } from './worklogs.ts';
import type { Sorted } from './sort-records.ts';
import { sortRecords } from './sort-records.ts';

/** Where a pull stands, in the words of its source. */
export type StoredCursor = { readonly [key: string]: unknown };

export interface StoredPage {
  readonly records: readonly SourceRecord[];
  readonly cursor: StoredCursor;
}

/**
 * Stores a page of a pull and its cursor in one transaction: after a crash at any point both are there, or neither.
 * The same page again changes nothing but times of sight. Records that cannot be stored are set aside, with the reason.
 */
export async function savePage(db: Db, source: SourceId, page: StoredPage, seenAt: Instant): Promise<void> {
  const sorted = await sortRecords(page.records);
  await inTransaction(db, async (tx) => {
    await noteArrivals(tx, source, sorted, seenAt);
    await saveItems(tx, source, sorted.items);
    await saveMembers(tx, source, sorted.members, seenAt);
    await saveChanges(tx, source, sorted.changes);
    await saveCompleteness(tx, source, sorted.histories);
    await saveStatuses(tx, source, sorted.statuses);
    await saveSnapshots(tx, source, sorted.snapshots, seenAt);
    for (const { scope, startedAt, itemIds } of sorted.census) {
      await saveCensus(tx, source, { project: scope, startedAt, itemIds }, seenAt);
    }
    await markGone(tx, source, sorted.gone, seenAt);
    for (const { scope, startedAt } of sorted.censusEnds) {
      await endCensus(tx, source, { project: scope, startedAt }, seenAt);
    }
    await saveServiceFacts(tx, source, sorted);
    await saveWorklogs(tx, source, sorted.worklogs, seenAt);
    await markWorklogsGone(tx, source, sorted.worklogsGone, seenAt);
    await liftSetAside(tx, source, sorted, seenAt);
    await saveSetAside(tx, source, sorted.setAside, seenAt);
    await saveCursor(tx, source, page.cursor, seenAt);
  });
}

export async function readCursor(db: Db, source: SourceId): Promise<StoredCursor | null> {
  const row = await db.selectFrom('cursor').select('value').where('source', '=', source).executeTakeFirst();
  return row ? (JSON.parse(row.value) as StoredCursor) : null;
}

/** Before anything of the page is stored: who is new here, or was gone? */
async function noteArrivals(tx: Db, source: SourceId, sorted: Sorted, at: Instant): Promise<void> {
  const createdAt = new Map(sorted.items.map((item) => [item.id, item.createdAt]));
  const arrive = (project: ProjectId, ids: readonly ItemId[]) =>
    noteAbsences(
      tx,
      { project, source },
      [...new Set(ids)].map((itemId) => ({ itemId, createdAt: createdAt.get(itemId) ?? null })),
      at,
    );
  for (const [project, ids] of sorted.members) await arrive(project, ids);
  for (const { scope, itemIds } of sorted.census) await arrive(scope, itemIds);
}

async function liftSetAside(tx: Db, source: SourceId, sorted: Sorted, at: Instant): Promise<void> {
  const since = (await runningSince(tx, source)) ?? at;
  const open = await readOpenSetAside(tx, source, since);
  if (open.length === 0) return;
  const cameIn = [...sorted.cameIn];
  // A history names its item by id, while what was set aside may name it by the key that people know.
  const ids = sorted.histories.filter((history) => history.isComplete).map((history) => history.itemId);
  await inChunks(ids, async (chunk) => {
    const rows = await tx
      .selectFrom('item')
      .select('key')
      .where('source', '=', source)
      .where('id', 'in', [...chunk])
      .execute();
    cameIn.push(...rows.map(({ key }): CameIn => ({ entity: 'change', refs: [key] })));
  });
  await clearSetAside(tx, open, cameIn, at);
}

async function saveStatuses(tx: Db, source: SourceId, statuses: readonly Status[]): Promise<void> {
  const rows = lastOfEach(statuses, (status) => status.id).map(({ id, name, category }) => ({
    source,
    id,
    name,
    category,
  }));
  await inChunks(rows, (chunk) =>
    tx
      .insertInto('status')
      .values(chunk)
      .onConflict((conflict) =>
        conflict
          .columns(['source', 'id'])
          .doUpdateSet((eb) => ({ name: eb.ref('excluded.name'), category: eb.ref('excluded.category') })),
      )
      .execute(),
  );
}

async function saveCursor(tx: Db, source: SourceId, cursor: StoredCursor, at: Instant): Promise<void> {
  const value = JSON.stringify(sanitize(cursor).value);
  await tx
    .insertInto('cursor')
    .values({ source, value, saved_at: at })
    .onConflict((conflict) => conflict.column('source').doUpdateSet({ value, saved_at: at }))
    .execute();
}
