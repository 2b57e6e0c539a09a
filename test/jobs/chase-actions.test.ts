import { afterEach, describe, expect, it } from 'vitest';
import { chaseActions } from '../../src/jobs/minutes/chase-actions.ts';
import { deliverDue } from '../../src/jobs/posting/deliver.ts';
import { closeAction, listOpenActions, saveMinutes } from '../../src/store/minutes.ts';
import type { NewAction } from '../../src/store/minutes.ts';
import { enqueue } from '../../src/store/outbox.ts';
import { at } from '../builders.ts';
import { openJobStage } from './stage.ts';
import type { JobStage } from './stage.ts';

const config = (locale = 'en') => `slack: { botToken: "\${TOKEN}", signingSecret: "\${SECRET}" }
zone: Europe/Paris
locale: ${locale}
sources: { files: { kind: jira-export, path: nowhere } }
projects: { APOLLO: { name: Apollo, scope: { source: files, project: APO }, channel: C1 } }
`;

let stage: JobStage;
afterEach(() => stage.close());

/** Minutes of Thursday 19 November, in the channel; what follows them goes to their thread. */
async function open(actions: readonly NewAction[], locale?: string): Promise<void> {
  stage = await openJobStage(config(locale), at('2026-11-19T10:00:00Z'));
  const about = { channel: 'C1', report: 'minutes', project: 'APOLLO', scheduleId: null, slot: null, asOf: stage.now };
  const message = { root: { text: 'Minutes', blocks: [] }, replies: [] };
  const { id } = await enqueue(
    stage.db,
    { ...about, key: 'minutes:1', kind: 'minutes', dueAt: stage.now, expiresAt: null, message },
    stage.now,
  );
  const minutes = { project: 'APOLLO', channel: 'C1', at: stage.now, author: 'U0SAM', notes: '', participants: [] };
  await saveMinutes(stage.db, { ...minutes, actions }, id);
  await deliverDue(stage, { signal: new AbortController().signal });
}

async function wake(now: string): Promise<number> {
  stage.now = at(now);
  const chased = await chaseActions(stage);
  await deliverDue(stage, { signal: new AbortController().signal });
  return chased;
}

const ship = { what: 'Ship <!channel> it', owner: 'U0CLAIRE', dueOn: '2026-11-24' } as const;
const reminders = () => stage.poster.posted.filter(({ key }) => key.startsWith('action:'));

describe('actions of minutes', () => {
  it('are left alone before their day, and their owner is reminded on it, at half past eight', async () => {
    await open([ship]);
    expect(await wake('2026-11-23T12:00:00Z')).toBe(0);
    expect(await wake('2026-11-24T07:29:00Z')).toBe(0);
    expect(await wake('2026-11-24T07:30:00Z')).toBe(1);
    expect(await wake('2026-11-24T07:30:15Z')).toBe(0);
    expect(reminders()).toMatchObject([{ channel: 'C1', key: 'action:1:2026-11-24' }]);
    const row = await stage.db
      .selectFrom('delivery')
      .selectAll()
      .where('dedup_key', 'like', 'action:%')
      .executeTakeFirstOrThrow();
    expect(row.root_id).not.toBe(null);
    // The owner is named by id, so that Slack tells them; what was typed stays text; one button ends it.
    expect(row.payload).toContain('{"type":"user","user_id":"U0CLAIRE"}');
    expect(row.payload).toContain('"text":" Ship <!channel> it "');
    expect(row.payload).toContain('"action_id":"answer-done"');
  });

  it('are asked for again once in five working days, until somebody closes them', async () => {
    await open([ship]);
    await wake('2026-11-24T07:30:00Z');
    for (const day of ['25', '26', '27', '30']) expect(await wake(`2026-11-${day}T09:00:00Z`)).toBe(0);
    expect(await wake('2026-12-01T07:30:00Z')).toBe(1);
    const [action] = await listOpenActions(stage.db, ['APOLLO']);
    expect(action).toMatchObject({ chasedOn: '2026-12-01' });
    await closeAction(stage.db, action!.id, { projects: ['APOLLO'], user: 'U0CLAIRE', at: stage.now });
    expect(await wake('2026-12-08T09:00:00Z')).toBe(0);
    expect(reminders()).toHaveLength(2);
  });

  it('wait for a working day', async () => {
    await open([{ ...ship, dueOn: '2026-11-28' }]);
    expect(await wake('2026-11-28T10:00:00Z')).toBe(0);
    expect(await wake('2026-11-29T10:00:00Z')).toBe(0);
    expect(await wake('2026-11-30T10:00:00Z')).toBe(1);
  });

  it('are asked for once by two workers at the same moment', async () => {
    await open([ship, { ...ship, what: 'Tell them' }]);
    stage.now = at('2026-11-24T07:30:00Z');
    const chased = await Promise.all([chaseActions(stage), chaseActions(stage)]);
    expect(chased[0] + chased[1]).toBe(2);
    await deliverDue(stage, { signal: new AbortController().signal });
    expect(reminders().map(({ key }) => key)).toEqual(['action:1:2026-11-24', 'action:2:2026-11-24']);
  });

  it('are noted and told together, or not at all', async () => {
    await open([ship]);
    await stage.db.schema.alterTable('delivery_event').renameTo('delivery_event_gone').execute();
    stage.now = at('2026-11-24T07:30:00Z');
    await expect(chaseActions(stage)).rejects.toThrow(/delivery_event/);
    await stage.db.schema.alterTable('delivery_event_gone').renameTo('delivery_event').execute();
    expect((await listOpenActions(stage.db, ['APOLLO']))[0]).toMatchObject({ chasedOn: null });
    expect(await wake('2026-11-24T07:31:00Z')).toBe(1);
  });

  it('are not chased in the thread of minutes that never reached the channel', async () => {
    await open([ship]);
    await stage.db.updateTable('delivery').set({ state: 'dead', slack_ts: null }).execute();
    expect(await wake('2026-11-24T07:30:00Z')).toBe(0);
    expect(reminders()).toEqual([]);
  });

  it('are told of in the language of the project', async () => {
    await open([ship], 'fr');
    await wake('2026-11-25T07:30:00Z');
    expect(reminders()[0]!.text).toMatch(/24 novembre/);
  });
});
