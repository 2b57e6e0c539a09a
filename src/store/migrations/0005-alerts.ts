import type { Migration } from 'kysely/migration';
import { createKit } from './kit.ts';

/** Alerts between evaluations, what was posted of them, what people answered, and requests that were taken. */
export const alerts: Migration = {
  async up(db): Promise<void> {
    const { table, index } = createKit(db);
    await table(
      'alert_state',
      { project: 'key', version: 'number', last_due: 'number', next_at: 'number', state: 'text' },
      ['project'],
    );
    await table(
      'alert',
      { project: 'key', alert_key: 'key', episode: 'key', channel: 'key', delivery_id: 'number', card: 'text' },
      ['project', 'alert_key', 'episode'],
    );
    await index('alert_channel', 'alert', ['channel', 'episode']);
    await table(
      'decision',
      {
        id: 'id',
        at: 'number',
        actor: 'text',
        kind: 'text',
        project: 'key',
        alert_key: 'key',
        episode: 'key',
        detail: 'text',
      },
      ['id'],
    );
    await table('inbox', { source: 'key', event_id: 'key', received_at: 'number' }, ['source', 'event_id']);
  },
};
