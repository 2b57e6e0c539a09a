import type { ItemKey, ProjectId } from '../core/model/ids.ts';
import type { Instant } from '../core/time/instant.ts';
import { inChunks } from './chunks.ts';
import type { Db } from './tables.ts';

/** The projects that these items were in at an instant, in order of their ids. */
export async function findOwners(db: Db, keys: readonly ItemKey[], at: Instant): Promise<readonly ProjectId[]> {
  const owners = new Set<ProjectId>();
  await inChunks(keys, async (chunk) => {
    const rows = await db
      .selectFrom('item as i')
      .innerJoin('membership as m', (join) => join.onRef('m.source', '=', 'i.source').onRef('m.item_id', '=', 'i.id'))
      .select('m.project')
      .distinct()
      .where('i.key', 'in', [...chunk])
      .where((eb) => eb.or([eb('m.gone_at', 'is', null), eb('m.gone_at', '>', at)]))
      .execute();
    for (const { project } of rows) owners.add(project);
  });
  return [...owners].sort();
}

/** How many items of a project had been made by an instant. */
export async function countItemsBy(db: Db, project: ProjectId, at: Instant): Promise<number> {
  const row = await db
    .selectFrom('membership as m')
    .innerJoin('item as i', (join) => join.onRef('i.source', '=', 'm.source').onRef('i.id', '=', 'm.item_id'))
    .select((eb) => eb.fn.countAll<number>().as('items'))
    .where('m.project', '=', project)
    .where('i.created_at', '<=', at)
    .executeTakeFirstOrThrow();
  return row.items;
}
