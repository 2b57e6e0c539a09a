import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { isPostgres } from '../dialect.ts';
import { createKit } from './kit.ts';

/** Whose direct conversation is whose; and when minutes were sent to those who do not read their channel. */
export const direct: Migration = {
  async up(db): Promise<void> {
    await createKit(db).table('direct', { channel: 'key', person: 'key' }, ['channel']);
    const type = isPostgres(db) ? 'bigint' : 'integer';
    await db.schema.alterTable('minutes').addColumn('shared_at', type).execute();
    // Those of before were told by a mention in their channel.
    await db
      .updateTable('minutes')
      .set({ shared_at: sql.ref('at') })
      .execute();
  },
};
