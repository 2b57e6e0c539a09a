import type { Instant } from '../core/time/instant.ts';
import type { Db } from './tables.ts';

/** A channel as it was last seen. */
export interface SeenChannel {
  readonly id: string;
  /** Empty when Slack has never said it. */
  readonly name: string;
  readonly traits: readonly string[];
  /** `fine`, or why nothing can be posted there. */
  readonly standing: string;
  readonly seenAt: Instant;
}

export async function readChannel(db: Db, id: string): Promise<SeenChannel | null> {
  const row = await db.selectFrom('channel').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return null;
  const { name, standing, seen_at: seenAt } = row;
  return { id, name, traits: JSON.parse(row.traits) as string[], standing, seenAt };
}

/** False when somebody else has seen it meanwhile: they tell what has changed. */
export async function saveChannel(tx: Db, before: SeenChannel | null, now: SeenChannel): Promise<boolean> {
  const { id, name, standing, seenAt } = now;
  const values = { name, traits: JSON.stringify(now.traits), standing, seen_at: seenAt };
  const saved =
    before === null
      ? tx
          .insertInto('channel')
          .values({ id, ...values })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .returning('id')
      : tx
          .updateTable('channel')
          .set(values)
          .where('id', '=', id)
          .where('seen_at', '=', before.seenAt)
          .where('standing', '=', before.standing)
          .returning('id');
  return (await saved.executeTakeFirst()) !== undefined;
}
