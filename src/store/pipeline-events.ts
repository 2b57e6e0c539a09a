import type { SourceId } from '../core/model/ids.ts';
import type { Instant } from '../core/time/instant.ts';
import { sanitize } from './sanitize.ts';
import type { Db } from './tables.ts';

/** Keeps an event, and gives all that came about the same thing, in the order in which they came. */
export async function addEvent(
  tx: Db,
  event: { readonly source: SourceId; readonly ref: string; readonly at: Instant; readonly body: unknown },
): Promise<readonly unknown[]> {
  const { source, ref, at } = event;
  const body = JSON.stringify(sanitize({ body: event.body }).value.body);
  await tx.insertInto('pipeline_event').values({ source, ref, received_at: at, body }).execute();
  const rows = await tx
    .selectFrom('pipeline_event')
    .select('body')
    .where('source', '=', source)
    .where('ref', '=', ref)
    .orderBy('id')
    .execute();
  return rows.map((row) => JSON.parse(row.body) as unknown);
}

/** Under which name the inbox knows deliveries to a source of events. */
export const inboxOf = (source: SourceId): string => `events:${source}`;

/** When the last event of a source came, hints included as long as the inbox remembers them; null while there was none. */
export async function lastEventAt(db: Db, source: SourceId): Promise<Instant | null> {
  const event = await db
    .selectFrom('pipeline_event')
    .select((eb) => eb.fn.max('received_at').as('at'))
    .where('source', '=', source)
    .executeTakeFirst();
  const delivery = await db
    .selectFrom('inbox')
    .select((eb) => eb.fn.max('received_at').as('at'))
    .where('source', '=', inboxOf(source))
    .executeTakeFirst();
  const times = [event?.at, delivery?.at].filter((at) => at !== null && at !== undefined);
  return times.length === 0 ? null : Math.max(...times.map(Number));
}
