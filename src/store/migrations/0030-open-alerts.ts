import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { isPostgres } from '../dialect.ts';

/** How an alert stands, beside its message: what is open is found without reading what is over. */
export const openAlerts: Migration = {
  async up(db): Promise<void> {
    await db.schema
      .alterTable('alert')
      .addColumn('state', 'text', (column) => column.notNull().defaultTo('open'))
      .execute();
    const state = isPostgres(db) ? sql`card::json ->> 'state'` : sql`json_extract(card, '$.state')`;
    await sql`update alert set state = ${state}`.execute(db);
  },
};
