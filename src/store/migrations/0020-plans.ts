import type { Migration } from 'kysely/migration';
import { createKit } from './kit.ts';

/** What other projects wait for, by project; and a row a channel that whoever opens alerts there has to move. */
export const plans: Migration = {
  async up(db): Promise<void> {
    const { table } = createKit(db);
    await table('plan', { project: 'key', made_at: 'number', body: 'text' }, ['project']);
    await table('alert_turn', { channel: 'key', version: 'number' }, ['channel']);
  },
};
