import type { Migration } from 'kysely/migration';
import { createKit } from './kit.ts';

/** Pictures that Slack has, by what is in them: however often a message is tried, its picture is uploaded once. */
export const pictures: Migration = {
  async up(db): Promise<void> {
    const { table } = createKit(db);
    await table('picture', { channel: 'key', sha: 'key', file: 'key', uploaded_at: 'number' }, ['channel', 'sha']);
  },
};
