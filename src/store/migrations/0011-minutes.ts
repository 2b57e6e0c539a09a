import type { Migration } from 'kysely/migration';
import { createKit } from './kit.ts';

/** Minutes of meetings, and what was agreed to be done. */
export const minutes: Migration = {
  async up(db): Promise<void> {
    const { table, index } = createKit(db);
    await table(
      'minutes',
      {
        id: 'id',
        project: 'key',
        channel: 'key',
        at: 'number',
        author: 'text',
        notes: 'text',
        participants: 'text',
        delivery_id: 'number',
      },
      ['id'],
    );
    await table(
      'action',
      {
        id: 'id',
        minutes_id: 'number',
        project: 'key',
        what: 'text',
        owner: 'text',
        due_on: 'key',
        closed_at: 'number?',
        closed_by: 'text?',
        chased_on: 'text?',
      },
      ['id'],
    );
    await index('action_project', 'action', ['project', 'due_on']);
  },
};
