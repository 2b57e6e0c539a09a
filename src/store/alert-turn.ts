import type { ProjectId } from '../core/model/ids.ts';
import type { Day } from '../core/time/day.ts';
import { inTransaction } from './dialect.ts';
import type { Db } from './tables.ts';

/** What the message of a flood of alerts is known by among deliveries. */
export const rollUpReport = 'alert-roll-up';

/** Messages about new alerts of other projects in a channel on a day: they share its cap. */
export async function countOpenedByOthers(
  db: Db,
  of: { readonly channel: string; readonly on: Day; readonly project: ProjectId },
): Promise<number> {
  const alone = await db
    .selectFrom('alert')
    .select((eb) => eb.fn.countAll<number | string>().as('count'))
    .where('channel', '=', of.channel)
    .where('episode', '=', of.on)
    .where('project', '!=', of.project)
    .executeTakeFirstOrThrow();
  const together = await db
    .selectFrom('delivery')
    .select((eb) => eb.fn.countAll<number | string>().as('count'))
    .where('report', '=', rollUpReport)
    .where('channel', '=', of.channel)
    .where('project', '!=', of.project)
    .where('dedup_key', 'like', `%:${of.on}:0`)
    .executeTakeFirstOrThrow();
  return Number(alone.count) + Number(together.count);
}

/** Whose turn it is to open alerts in a channel: to be read before what is open there is counted. */
export async function readTurn(db: Db, channel: string): Promise<number> {
  return inTransaction(db, async (tx) => {
    await tx
      .insertInto('alert_turn')
      .values({ channel, version: 0 })
      .onConflict((conflict) => conflict.column('channel').doNothing())
      .execute();
    const turn = tx.selectFrom('alert_turn').select('version').where('channel', '=', channel);
    return (await turn.executeTakeFirstOrThrow()).version;
  });
}

/** False when somebody else has opened an alert there since: the cap of the channel may be used up. */
export async function takeTurn(tx: Db, channel: string, version: number): Promise<boolean> {
  const moved = await tx
    .updateTable('alert_turn')
    .set({ version: version + 1 })
    .where('channel', '=', channel)
    .where('version', '=', version)
    .returning('channel')
    .executeTakeFirst();
  return moved !== undefined;
}
