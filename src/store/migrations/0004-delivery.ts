import type { Migration } from 'kysely/migration';
import { createKit } from './kit.ts';

/** Commits, deployments and incidents, by the service that they belong to. */
export const delivery: Migration = {
  async up(db): Promise<void> {
    const { table } = createKit(db);
    await table(
      'code_commit',
      {
        source: 'key',
        service: 'key',
        sha: 'key',
        parents: 'text',
        authored_at: 'number',
        committed_at: 'number',
        subject: 'text',
        keys: 'text',
      },
      ['source', 'service', 'sha'],
    );
    await table(
      'deployment',
      {
        source: 'key',
        service: 'key',
        id: 'key',
        finished_at: 'number',
        is_successful: 'number',
        is_planned: 'number',
        remediates: 'text?',
        sha: 'text?',
        version: 'text?',
      },
      ['source', 'service', 'id'],
    );
    await table(
      'incident',
      { source: 'key', service: 'key', id: 'key', opened_at: 'number', resolved_at: 'number?', cause: 'text?' },
      ['source', 'service', 'id'],
    );
  },
};
