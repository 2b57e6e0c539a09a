import type { Migration } from 'kysely/migration';
import { createKit } from './kit.ts';

/** Stretches in which an item was not in a project, so that a report of the past does not know it too early. */
export const absences: Migration = {
  async up(db): Promise<void> {
    await createKit(db).table(
      'absence',
      { project: 'key', source: 'key', item_id: 'key', from_at: 'number', until_at: 'number' },
      ['project', 'source', 'item_id', 'from_at'],
    );
  },
};
