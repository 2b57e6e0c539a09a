import type { Migration } from 'kysely/migration';
import { createKit } from './kit.ts';

/** Time spent on items: each state of a worklog from the moment at which it was known. */
export const worklogs: Migration = {
  async up(db): Promise<void> {
    const { table, index } = createKit(db);
    await table(
      'worklog',
      {
        source: 'key',
        id: 'key',
        known_at: 'number',
        item_id: 'key',
        author: 'text?',
        created_at: 'number',
        updated_at: 'number',
        started_at: 'number',
        seconds: 'number',
        is_deleted: 'number',
      },
      ['source', 'id', 'known_at'],
    );
    await index('worklog_item', 'worklog', ['source', 'item_id']);
  },
};
