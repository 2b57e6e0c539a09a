import type { ItemKey, ProjectId } from '../core/model/ids.ts';
import { inChunks } from './chunks.ts';
import { inTransaction } from './dialect.ts';
import type { Db } from './tables.ts';

/** Keeps which items outside a project its figures were made from, stored by now or not, in place of those of before. */
export async function saveNeighbours(db: Db, project: ProjectId, keys: ReadonlySet<ItemKey>): Promise<void> {
  const rows = await db.selectFrom('neighbour').select('key').where('project', '=', project).execute();
  if (rows.length === keys.size && rows.every(({ key }) => keys.has(key))) return;
  await inTransaction(db, async (tx) => {
    await tx.deleteFrom('neighbour').where('project', '=', project).execute();
    await inChunks([...keys].sort(), async (some) => {
      await tx
        .insertInto('neighbour')
        .values(some.map((key) => ({ project, key })))
        .execute();
    });
  });
}
