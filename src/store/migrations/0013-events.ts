import type { Migration } from 'kysely/migration';
import { createKit } from './kit.ts';

/** Events of pipelines as they came in: what is told of one thing in several of them is put together each time. */
export const events: Migration = {
  async up(db): Promise<void> {
    const { table, index } = createKit(db);
    await table('pipeline_event', { id: 'id', source: 'key', ref: 'key', received_at: 'number', body: 'text' }, ['id']);
    await index('pipeline_event_ref', 'pipeline_event', ['source', 'ref']);
  },
};
