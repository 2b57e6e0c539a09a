import type { Migration } from 'kysely/migration';
import { createKit } from './kit.ts';

/** Answers made ahead of being asked for. */
export const sheets: Migration = {
  async up(db): Promise<void> {
    const { table } = createKit(db);
    await table(
      'sheet',
      {
        project: 'key',
        day: 'text',
        made_from: 'text',
        settings: 'text',
        made_at: 'number',
        data_at: 'number?',
        sheet: 'text',
      },
      ['project'],
    );
  },
};
