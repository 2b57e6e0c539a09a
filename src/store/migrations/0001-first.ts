import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { createKit } from './kit.ts';
import type { Kit } from './kit.ts';

/** Facts, pulls, milestones, schedules, outbox, runs. */
export const first: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const kit = createKit(db);
    await createItems(kit);
    await createSeen(kit);
    await createPulls(kit);
    await createMilestones(kit);
    await createOutbox(kit);
  },
};

async function createItems({ table, index }: Kit): Promise<void> {
  await table(
    'item',
    {
      source: 'key',
      id: 'key',
      key: 'key',
      project_key: 'text',
      summary: 'text',
      type_name: 'text',
      is_subtask: 'number',
      is_epic: 'number',
      created_at: 'number',
      updated_at: 'number',
      status_id: 'text?',
      status_name: 'text?',
      status_category: 'text?',
      resolution: 'text?',
      resolved_at: 'number?',
      assignee: 'text?',
      sprint_ids: 'text',
      fix_version_ids: 'text',
      affects_version_ids: 'text',
      start_on: 'text?',
      due_on: 'text?',
      points: 'real?',
      estimate_seconds: 'number?',
      parent_key: 'text?',
      is_flagged: 'number',
      links: 'text',
      labels: 'text',
      components: 'text',
      priority: 'text?',
    },
    ['source', 'id'],
  );
  await table(
    'membership',
    { project: 'key', source: 'key', item_id: 'key', seen_at: 'number', gone_at: 'number?', census_at: 'number?' },
    ['project', 'source', 'item_id'],
  );
  await table(
    'change',
    {
      source: 'key',
      item_id: 'key',
      id: 'key',
      part: 'number',
      at: 'number',
      author: 'text?',
      field: 'text',
      from_value: 'text?',
      to_value: 'text?',
      from_text: 'text?',
      to_text: 'text?',
    },
    ['source', 'item_id', 'id', 'part'],
  );
  await table('history', { source: 'key', item_id: 'key', is_complete: 'number' }, ['source', 'item_id']);
  await index('item_by_key', 'item', ['source', 'key']);
}

async function createSeen({ table }: Kit): Promise<void> {
  await table('status', { source: 'key', id: 'key', name: 'text', category: 'text' }, ['source', 'id']);
  await table('snapshot', { project: 'key', source: 'key', kind: 'key', id: 'key', seen_at: 'number', value: 'text' }, [
    'project',
    'source',
    'kind',
    'id',
    'seen_at',
  ]);
  await table(
    'set_aside',
    {
      source: 'key',
      project: 'key',
      entity: 'key',
      ref: 'key',
      reason: 'key',
      first_at: 'number',
      last_at: 'number',
      cleared_at: 'number?',
    },
    ['source', 'entity', 'ref', 'project', 'reason'],
  );
}

async function createPulls({ table, index }: Kit): Promise<void> {
  await table('cursor', { source: 'key', value: 'text', saved_at: 'number' }, ['source']);
  await table(
    'pull',
    { id: 'id', source: 'key', started_at: 'number', ended_at: 'number?', outcome: 'text', error: 'text?' },
    ['id'],
  );
  await table('pull_project', { pull_id: 'number', project: 'key' }, ['project', 'pull_id'], {
    foreign: { columns: ['pull_id'], table: 'pull', keys: ['id'] },
  });
  await index('pull_by_source', 'pull', ['source', 'started_at']);
}

async function createMilestones({ table }: Kit): Promise<void> {
  await table('milestone', { project: 'key', id: 'key', name: 'text', scope: 'text', removed_at: 'number?' }, [
    'project',
    'id',
  ]);
  await table(
    'milestone_date',
    { project: 'key', milestone_id: 'key', at: 'number', on_day: 'text?', author: 'text?' },
    ['project', 'milestone_id', 'at'],
    { foreign: { columns: ['project', 'milestone_id'], table: 'milestone', keys: ['project', 'id'] } },
  );
}

async function createOutbox({ table, index }: Kit): Promise<void> {
  await table('schedule_state', { schedule_id: 'key', last_slot: 'number', last_period_end: 'number' }, [
    'schedule_id',
  ]);
  await table(
    'delivery',
    {
      id: 'id',
      dedup_key: 'key',
      kind: 'text',
      channel: 'key',
      root_id: 'number?',
      part_no: 'number',
      report: 'text?',
      project: 'text?',
      schedule_id: 'text?',
      slot: 'number?',
      as_of: 'number?',
      payload: 'text?',
      payload_sha: 'text?',
      due_at: 'number',
      not_before: 'number',
      expires_at: 'number?',
      state: 'key',
      attempt: 'number',
      failures: 'number',
      fence: 'number',
      lease_until: 'number?',
      first_try_at: 'number?',
      last_try_at: 'number?',
      sent_at: 'number?',
      slack_ts: 'text?',
      error: 'text?',
    },
    ['id'],
    { unique: ['dedup_key'], foreign: { columns: ['root_id'], table: 'delivery', keys: ['id'] } },
  );
  await table(
    'delivery_event',
    {
      id: 'id',
      delivery_id: 'number',
      at: 'number',
      from_state: 'text?',
      to_state: 'text',
      attempt: 'number',
      detail: 'text?',
    },
    ['id'],
    { foreign: { columns: ['delivery_id'], table: 'delivery', keys: ['id'] } },
  );
  await table(
    'run',
    {
      id: 'id',
      report: 'key',
      project: 'key',
      channel: 'key?',
      slot: 'number?',
      as_of: 'number',
      made_at: 'number',
      outcome: 'text',
      facts: 'text?',
      error: 'text?',
    },
    ['id'],
  );
  await index('delivery_lane', 'delivery', ['state', 'channel', 'due_at']);
  await index('delivery_by_root', 'delivery', ['root_id', 'part_no']);
  await index('delivery_event_by_delivery', 'delivery_event', ['delivery_id']);
  await index('run_by_report', 'run', ['report', 'project', 'as_of']);
}
