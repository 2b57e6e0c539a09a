import type { Instant } from '../core/time/instant.ts';
import type { Db } from './tables.ts';

/** Takes a request from outside, once: false when it was taken before, by whichever process. */
export async function takeOnce(
  db: Db,
  request: { readonly source: string; readonly id: string; readonly at: Instant },
): Promise<boolean> {
  const row = await db
    .insertInto('inbox')
    .values({ source: request.source, event_id: request.id, received_at: request.at })
    .onConflict((conflict) => conflict.columns(['source', 'event_id']).doNothing())
    .returning('event_id')
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * The same for several at once: the ids that were not taken before. One commit, and so one wait for the disk, however many
 * there are.
 */
export async function takeEach(
  db: Db,
  requests: { readonly source: string; readonly ids: ReadonlySet<string>; readonly at: Instant },
): Promise<ReadonlySet<string>> {
  const { source, ids, at } = requests;
  if (ids.size === 0) return new Set();
  const rows = await db
    .insertInto('inbox')
    .values([...ids].map((id) => ({ source, event_id: id, received_at: at })))
    .onConflict((conflict) => conflict.columns(['source', 'event_id']).doNothing())
    .returning('event_id')
    .execute();
  return new Set(rows.map((row) => row.event_id));
}

/** Nobody asks the same again after days: what came before this instant is let go. */
export async function forgetInbox(db: Db, before: Instant): Promise<void> {
  await db.deleteFrom('inbox').where('received_at', '<', before).execute();
}
