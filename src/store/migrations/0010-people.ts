import type { Migration } from 'kysely/migration';
import { createKit } from './kit.ts';

/** What people asked to be told regularly, and how they want to be spoken to. */
export const people: Migration = {
  async up(db): Promise<void> {
    const { table } = createKit(db);
    await table(
      'subscription',
      {
        id: 'id',
        report: 'key',
        subject: 'key',
        channel: 'key',
        every: 'text',
        created_by: 'text',
        created_at: 'number',
      },
      ['id'],
      { unique: ['report', 'subject', 'channel'] },
    );
    await table('person', { id: 'key', locale: 'text?', zone: 'text?' }, ['id']);
  },
};
