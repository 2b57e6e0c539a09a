import { afterEach, describe, expect, it } from 'vitest';
import { deliverDue } from '../../src/jobs/posting/deliver.ts';
import { tellUnsent } from '../../src/jobs/operator/tell-unsent.ts';
import type { Directory } from '../../src/slack/directory.ts';
import { saveMinutes } from '../../src/store/minutes.ts';
import { enqueue } from '../../src/store/outbox.ts';
import { openJobStage } from './stage.ts';
import type { JobStage } from './stage.ts';

const hourMs = 3_600_000;
const start = Date.parse('2026-11-23T07:30:00Z');
const config = (operator: string) => `slack: { botToken: "\${TOKEN}", signingSecret: "\${SECRET}" }
zone: Europe/Paris
${operator}
sources: { files: { kind: jira-export, path: nowhere } }
projects: { APOLLO: { name: Apollo, scope: { source: files, project: APO }, channel: C1 } }
`;
const withOperator = 'operator: { channel: COPS }';

let stage: JobStage;
afterEach(() => stage.close());

async function planned(key: string, expiresAt = start + 48 * hourMs): Promise<void> {
  const message = { root: { text: key, blocks: [] }, replies: [] };
  const about = { kind: 'digest', channel: 'C1', report: 'project-digest', project: 'APOLLO', scheduleId: null };
  const when = { slot: null, asOf: null, dueAt: start, expiresAt };
  await enqueue(stage.db, { ...about, ...when, key, message }, stage.now);
}

async function wake(now: number): Promise<number> {
  stage.now = now;
  await deliverDue(stage, { signal: new AbortController().signal });
  const count = await tellUnsent(stage);
  await deliverDue(stage, { signal: new AbortController().signal });
  return count;
}
const told = () => stage.poster.posted.filter(({ channel }) => channel === 'COPS').map(({ text }) => text);

describe('what was not sent', () => {
  it('is told to the operator once, with the reason, what is alike in one line', async () => {
    stage = await openJobStage(config(withOperator), start);
    await wake(start);
    for (const key of ['one', 'two']) await planned(key);
    await planned('late', start + hourMs);
    for (let count = 0; count < 2; count += 1)
      stage.poster.answers.push({ kind: 'rejected', reason: 'msg_too_long', todo: null });
    expect(await wake(start + 2 * hourMs)).toBe(3);
    expect(told()).toEqual(['Not sent · 3 messages']);
    const rows = await stage.db.selectFrom('delivery').selectAll().where('channel', '=', 'COPS').execute();
    expect(rows[0]!.payload).toMatch(
      /Digest · Apollo \(2 times\), due 23 Nov 08:30: .*msg_too_long.*it came too late/s,
    );
    expect(await wake(start + 4 * hourMs)).toBe(0);
    expect(told()).toHaveLength(1);
  });

  it('is gathered for half an hour', async () => {
    stage = await openJobStage(config(withOperator), start);
    await wake(start);
    await planned('late', start + 60_000);
    expect(await wake(start + 29 * 60_000)).toBe(0);
    expect(told()).toEqual([]);
    expect(await wake(start + 31 * 60_000)).toBe(1);
    expect(told()).toEqual(['Not sent · 1 message']);
  });

  it('is not told of itself: what tells the operator may fail, too', async () => {
    stage = await openJobStage(config(withOperator), start);
    await wake(start);
    await planned('late', start + 60_000);
    stage.poster.answers.push({ kind: 'rejected', reason: 'channel_not_found', todo: null });
    expect(await wake(start + hourMs)).toBe(1);
    expect(await wake(start + 2 * hourMs)).toBe(0);
    expect(told()).toEqual([]);
  });

  it('stands in the log alone where the config names no channel for the operator', async () => {
    stage = await openJobStage(config(''), start);
    await wake(start);
    await planned('late', start + 60_000);
    expect(await wake(start + hourMs)).toBe(1);
    expect(stage.poster.posted).toEqual([]);
  });

  it('of minutes is told to who entered them, alone, once, with what nobody is reminded of', async () => {
    stage = await openJobStage(config(withOperator), start);
    const directWith = (person: string) => Promise.resolve(`D-${person}`);
    const directory = { directWith } as unknown as Directory;
    const context = { ...stage, directoryOf: () => Promise.resolve(directory) };
    const about = { channel: 'C1', report: 'minutes', project: 'APOLLO', scheduleId: null, slot: null, asOf: start };
    const message = { root: { text: 'Minutes', blocks: [] }, replies: [] };
    const minutes = { project: 'APOLLO', channel: 'C1', at: start, author: 'U0SAM', notes: '', participants: [] };
    const action = { what: 'Ship <!channel> it', owner: 'U0CLAIRE', dueOn: '2026-11-30' } as const;
    await tellUnsent({ ...context, clock: { ...stage.clock, now: () => start } });
    const { id } = await enqueue(
      stage.db,
      { ...about, key: 'minutes:1', kind: 'minutes', dueAt: start, expiresAt: start + hourMs, message },
      start,
    );
    await saveMinutes(stage.db, { ...minutes, actions: [action] }, id);
    const after = async (hours: number) => {
      const now = start + hours * hourMs;
      stage.now = now;
      await deliverDue(stage, { signal: new AbortController().signal });
      await tellUnsent({ ...context, clock: { ...stage.clock, now: () => now } });
    };
    stage.poster.answers.push({ kind: 'rejected', reason: 'is_archived', todo: null });
    await after(0.5);
    await after(2);
    const alone = await stage.db.selectFrom('delivery').selectAll().where('channel', '=', 'D-U0SAM').execute();
    expect(alone).toHaveLength(1);
    expect(alone[0]!.payload).toMatch(
      /Your minutes of Apollo are not in #C1.*is_archived.*Ship <!channel> it, by Mon 30 Nov.*minutes APOLLO/s,
    );
    expect(alone[0]!.payload).not.toMatch(/"type":"broadcast"/);
  });
});
