import type { Migration } from 'kysely/migration';
import { createKit } from './kit.ts';

/** Pull requests and merge requests, by the service that they change. */
export const pullRequests: Migration = {
  async up(db): Promise<void> {
    const { table } = createKit(db);
    await table(
      'pull_request',
      {
        source: 'key',
        service: 'key',
        id: 'key',
        title: 'text',
        branch: 'text',
        opened_at: 'number',
        first_commit_at: 'number?',
        first_review_at: 'number?',
        merged_at: 'number?',
        closed_at: 'number?',
        merge_sha: 'text?',
        shas: 'text',
        is_bot: 'number',
        is_hotfix: 'number',
        keys: 'text',
      },
      ['source', 'service', 'id'],
    );
  },
};
