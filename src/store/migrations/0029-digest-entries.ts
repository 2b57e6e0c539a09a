import type { Migration } from 'kysely/migration';
import { createKit } from './kit.ts';

/** What digests tell of a project, made ahead of being asked for, and whether the sheet beside it has them. */
export const digestEntries: Migration = {
  async up(db): Promise<void> {
    await createKit(db).table('digest_entry', { project: 'key', since: 'number', made_at: 'number', entry: 'text' }, [
      'project',
      'since',
    ]);
    await db.schema
      .alterTable('sheet')
      .addColumn('has_entries', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
  },
};
