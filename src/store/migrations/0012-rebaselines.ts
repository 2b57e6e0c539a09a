import type { Migration } from 'kysely/migration';
import { createKit } from './kit.ts';

/** New promises that people agreed on. */
export const rebaselines: Migration = {
  async up(db): Promise<void> {
    const { table, index } = createKit(db);
    await table(
      'rebaseline',
      {
        id: 'id',
        project: 'key',
        milestone: 'key',
        at: 'number',
        on_day: 'text',
        actor: 'text',
        by_name: 'text',
        reason: 'text',
      },
      ['id'],
    );
    await index('rebaseline_project', 'rebaseline', ['project', 'at']);
  },
};
