import type { Migration } from 'kysely/migration';
import { createKit } from './kit.ts';

/** What evaluations of alerts left to the next digest. */
export const digestNotes: Migration = {
  async up(db): Promise<void> {
    await createKit(db).table(
      'digest_note',
      { project: 'key', at: 'number', kind: 'key', alert_key: 'key', note: 'text' },
      ['project', 'at', 'kind', 'alert_key'],
    );
  },
};
