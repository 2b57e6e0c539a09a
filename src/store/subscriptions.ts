import type { Selectable } from 'kysely';
import type { Instant } from '../core/time/instant.ts';
import type { SubscriptionTable } from './people-tables.ts';
import type { Db } from './tables.ts';

/** A report that somebody asked for in Slack, beside those of the config. */
export interface Subscription {
  readonly id: number;
  readonly report: string;
  /** Project or programme, as in a target of the config. */
  readonly subject: string;
  readonly channel: string;
  /** Cron line in the zone of the channel. */
  readonly every: string;
  readonly createdBy: string;
  readonly createdAt: Instant;
}

/** The same report on the same subject is told once in a channel: asked for again, its rhythm changes. */
export async function saveSubscription(db: Db, wish: Omit<Subscription, 'id'>): Promise<void> {
  const { report, subject, channel, every, createdBy, createdAt } = wish;
  const rest = { every, created_by: createdBy, created_at: createdAt };
  await db
    .insertInto('subscription')
    .values({ report, subject, channel, ...rest })
    .onConflict((conflict) => conflict.columns(['report', 'subject', 'channel']).doUpdateSet(rest))
    .execute();
}

/** Whether there was one to take away. */
export async function deleteSubscription(
  db: Db,
  of: Pick<Subscription, 'report' | 'subject' | 'channel'>,
): Promise<boolean> {
  const gone = await db
    .deleteFrom('subscription')
    .where('report', '=', of.report)
    .where('subject', '=', of.subject)
    .where('channel', '=', of.channel)
    .returning('id')
    .executeTakeFirst();
  return gone !== undefined;
}

/** All of them, or those of some channels, in the order in which they were asked for. */
export async function listSubscriptions(db: Db, channels?: readonly string[]): Promise<readonly Subscription[]> {
  if (channels?.length === 0) return [];
  let query = db.selectFrom('subscription').selectAll().orderBy('id');
  if (channels) query = query.where('channel', 'in', [...channels]);
  return (await query.execute()).map(subscriptionOfRow);
}

/** Who asked for a report in a channel; null where nobody did. */
export async function subscriberOf(
  db: Db,
  { report, subject, channel }: Pick<Subscription, 'report' | 'subject' | 'channel'>,
): Promise<string | null> {
  const row = await db
    .selectFrom('subscription')
    .select('created_by')
    .where('report', '=', report)
    .where('subject', '=', subject)
    .where('channel', '=', channel)
    .executeTakeFirst();
  return row?.created_by ?? null;
}

/** What a person is told alone. */
export async function listPersonal(db: Db, person: string): Promise<readonly Subscription[]> {
  const rows = await db
    .selectFrom('subscription')
    .selectAll()
    .where('created_by', '=', person)
    .where('channel', 'like', 'D%')
    .orderBy('id')
    .execute();
  return rows.map(subscriptionOfRow);
}

function subscriptionOfRow(row: Selectable<SubscriptionTable>): Subscription {
  const { id, report, subject, channel, every, created_by: createdBy, created_at: createdAt } = row;
  return { id, report, subject, channel, every, createdBy, createdAt };
}
