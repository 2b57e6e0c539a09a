import type { Absence } from '../core/model/project.ts';
import type { ItemId, ProjectId, SourceId } from '../core/model/ids.ts';
import type { Instant } from '../core/time/instant.ts';
import { inChunks } from './chunks.ts';
import type { Db } from './tables.ts';

/** An item that is found in a project; `createdAt` null where only its id is known. */
export interface Arrival {
  readonly itemId: ItemId;
  readonly createdAt: Instant | null;
}

/**
 * Keeps since when these items are in a project, before they are stored in it. One that had been gone was away until
 * now. One that is older than the newest whole pull, and that no pull has seen, came from elsewhere: a report of the
 * days before did not know it, and must not know it when it is made again.
 */
export async function noteAbsences(
  tx: Db,
  of: { readonly project: ProjectId; readonly source: SourceId },
  arrivals: readonly Arrival[],
  at: Instant,
): Promise<void> {
  const knownSince = await newestWholePull(tx, of);
  await inChunks(arrivals, async (chunk) => {
    const known = await tx
      .selectFrom('membership as m')
      .innerJoin('item as i', (join) => join.onRef('i.source', '=', 'm.source').onRef('i.id', '=', 'm.item_id'))
      .select(['m.item_id', 'm.gone_at'])
      .where('m.project', '=', of.project)
      .where('m.source', '=', of.source)
      .where(
        'm.item_id',
        'in',
        chunk.map(({ itemId }) => itemId),
      )
      .execute();
    const goneAt = new Map(known.map((row) => [row.item_id, row.gone_at]));
    const isFromElsewhere = ({ itemId, createdAt }: Arrival) =>
      !goneAt.has(itemId) && createdAt !== null && knownSince !== null && createdAt < knownSince;
    const away = new Map<ItemId, Instant>();
    for (const arrival of chunk) if (isFromElsewhere(arrival)) away.set(arrival.itemId, 0);
    for (const { item_id, gone_at } of known) if (gone_at !== null && gone_at < at) away.set(item_id, gone_at);
    if (away.size === 0) return;
    await tx
      .insertInto('absence')
      .values([...away].map(([item_id, from_at]) => ({ ...of, item_id, from_at, until_at: at })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  });
}

/** Start of the newest pull that saw the whole project; null while there was none. */
async function newestWholePull(
  tx: Db,
  { project, source }: { readonly project: ProjectId; readonly source: SourceId },
): Promise<Instant | null> {
  const row = await tx
    .selectFrom('pull')
    .innerJoin('pull_project', 'pull_project.pull_id', 'pull.id')
    .select((eb) => eb.fn.max('pull.started_at').as('at'))
    .where('pull.source', '=', source)
    .where('pull.outcome', '=', 'done')
    .where('pull_project.project', '=', project)
    .executeTakeFirst();
  return row?.at ?? null;
}

/** Past absences of the items of a project, by item, oldest first. */
export async function loadAbsences(
  tx: Db,
  { project, source }: { readonly project: ProjectId; readonly source: SourceId },
): Promise<ReadonlyMap<ItemId, readonly Absence[]>> {
  const rows = await tx
    .selectFrom('absence')
    .select(['item_id', 'from_at', 'until_at'])
    .where('project', '=', project)
    .where('source', '=', source)
    .orderBy('item_id')
    .orderBy('from_at')
    .execute();
  const absences = new Map<ItemId, Absence[]>();
  for (const { item_id, from_at, until_at } of rows) {
    const absence = { from: from_at === 0 ? null : from_at, until: until_at };
    const list = absences.get(item_id);
    if (list) list.push(absence);
    else absences.set(item_id, [absence]);
  }
  return absences;
}
