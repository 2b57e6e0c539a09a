import type { ItemId, ProjectId, SourceId } from '../core/model/ids.ts';
import type { Instant } from '../core/time/instant.ts';
import { inChunks } from './chunks.ts';
import type { Db } from './tables.ts';

/** Which items a page says something about, by project. */
export type Members = ReadonlyMap<ProjectId, readonly ItemId[]>;

/** These items are in their projects: one that had been gone is back. */
export async function saveMembers(tx: Db, source: SourceId, members: Members, at: Instant): Promise<void> {
  for (const [project, ids] of members) {
    const rows = [...new Set(ids)].map((itemId) => ({ project, source, item_id: itemId, seen_at: at, gone_at: null }));
    await inChunks(rows, (chunk) =>
      tx
        .insertInto('membership')
        .values(chunk)
        .onConflict((conflict) =>
          conflict
            .columns(['project', 'source', 'item_id'])
            .doUpdateSet((eb) => ({ seen_at: eb.ref('excluded.seen_at'), gone_at: null })),
        )
        .execute(),
    );
  }
}

/** These items are no longer in their projects; when that was first found stays. */
export async function markGone(tx: Db, source: SourceId, members: Members, at: Instant): Promise<void> {
  for (const [project, ids] of members) {
    await inChunks([...new Set(ids)], (chunk) =>
      tx
        .updateTable('membership')
        .set({ gone_at: at })
        .where('project', '=', project)
        .where('source', '=', source)
        .where('item_id', 'in', [...chunk])
        .where('gone_at', 'is', null)
        .execute(),
    );
  }
}

/** A portion of a census: these items are there, whether or not they have come in yet. */
export async function saveCensus(
  tx: Db,
  source: SourceId,
  portion: { readonly project: ProjectId; readonly startedAt: Instant; readonly itemIds: readonly ItemId[] },
  at: Instant,
): Promise<void> {
  const rows = [...new Set(portion.itemIds)].map((itemId) => ({
    project: portion.project,
    source,
    item_id: itemId,
    seen_at: at,
    gone_at: null,
    census_at: portion.startedAt,
  }));
  await inChunks(rows, (chunk) =>
    tx
      .insertInto('membership')
      .values(chunk)
      .onConflict((conflict) =>
        conflict
          .columns(['project', 'source', 'item_id'])
          .doUpdateSet((eb) => ({ census_at: eb.ref('excluded.census_at'), gone_at: null })),
      )
      .execute(),
  );
}

/** The census is complete: members that it did not name are gone, but for those that came in as items since it began. */
export async function endCensus(
  tx: Db,
  source: SourceId,
  census: { readonly project: ProjectId; readonly startedAt: Instant },
  at: Instant,
): Promise<void> {
  await tx
    .updateTable('membership')
    .set({ gone_at: at })
    .where('project', '=', census.project)
    .where('source', '=', source)
    .where('gone_at', 'is', null)
    .where('seen_at', '<', census.startedAt)
    .where((eb) => eb.or([eb('census_at', 'is', null), eb('census_at', '!=', census.startedAt)]))
    .execute();
}
