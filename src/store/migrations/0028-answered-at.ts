import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { isPostgres } from '../dialect.ts';

/** When a forecast was told: it may have been made some hours before. Until now both were one. */
export const answeredAt: Migration = {
  async up(db): Promise<void> {
    const type = isPostgres(db) ? 'bigint' : 'integer';
    await db.schema
      .alterTable('answered_forecast')
      .addColumn('told_at', type, (column) => column.notNull().defaultTo(0))
      .execute();
    await db
      .updateTable('answered_forecast')
      .set({ told_at: sql.ref('as_of') })
      .execute();
  },
};
