import type { Migration } from 'kysely/migration';
import { createKit } from './kit.ts';

/** The workspaces that have installed the app, and which of them a channel belongs to. */
export const installations: Migration = {
  async up(db): Promise<void> {
    const { table } = createKit(db);
    const columns = { team: 'key', name: 'text', installed_at: 'number', body: 'text', lease_until: 'number' } as const;
    await table('installation', columns, ['team']);
    await table('channel_team', { channel: 'key', team: 'key' }, ['channel']);
  },
};
