import type { Migration } from 'kysely/migration';
import { createKit } from './kit.ts';

/** Channels as they were last seen, and what is wrong until somebody mends it. */
export const channels: Migration = {
  async up(db): Promise<void> {
    const { table, index } = createKit(db);
    await table('channel', { id: 'key', name: 'text', traits: 'text', standing: 'key', seen_at: 'number' }, ['id']);
    await table('trouble', { subject: 'key', code: 'key', since: 'number', detail: 'text', told: 'text' }, ['subject']);
    await index('delivery_event_by_time', 'delivery_event', ['at']);
  },
};
