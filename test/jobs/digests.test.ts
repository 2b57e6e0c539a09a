import { afterEach, describe, expect, it } from 'vitest';
import type { JobContext } from '../../src/jobs/context.ts';
import { deliverDue } from '../../src/jobs/posting/deliver.ts';
import { planDueDigests } from '../../src/jobs/digests/plan-digests.ts';
import { renderDueDigests } from '../../src/jobs/digests/render-digests.ts';
import { savePerson } from '../../src/store/people.ts';
import { endPull, startPull } from '../../src/store/pulls.ts';
import { saveSubscription } from '../../src/store/subscriptions.ts';
import { openJobStage } from './stage.ts';
import type { JobStage } from './stage.ts';

const hourMs = 3_600_000;
const at = (iso: string) => Date.parse(iso);

const config = (every: string, zone = 'Europe/Paris') => `slack: { botToken: "\${TOKEN}", signingSecret: "\${SECRET}" }
sources: { files: { kind: jira-export, path: nowhere } }
projects: { APOLLO: { name: Apollo, scope: { source: files, project: APO }, channel: C1 } }
reports: [{ report: project-digest, every: "${every}", zone: ${zone}, projects: all }]
`;

let stage: JobStage;
afterEach(() => stage.close());

/** What the worker does when it wakes. */
async function wake(now: number, making: JobContext = stage): Promise<void> {
  stage.now = now;
  await planDueDigests(stage);
  await renderDueDigests(making);
  await deliverDue(stage, { signal: new AbortController().signal });
}

const keys = () => stage.poster.posted.filter(({ number }) => number === 0).map(({ key }) => key);
const states = async () =>
  (
    await stage.db
      .selectFrom('delivery')
      .select(['dedup_key', 'state'])
      .where('part_no', '=', 0)
      .orderBy('due_at')
      .execute()
  ).map(({ dedup_key: key, state }) => `${key.match(/\d{4}-\d\d-\d\dT\d\d:\d\d/)?.[0]} ${state}`);

describe('scheduled digests', () => {
  it('owe nothing for the time before the schedule was there', async () => {
    stage = await openJobStage(config('30 8 * * MON'), 0);
    await wake(at('2026-11-24T10:00:00Z'));
    expect(keys()).toEqual([]);
  });

  it('are posted at their due time, once, however often the worker wakes', async () => {
    stage = await openJobStage(config('30 8 * * MON'), 0);
    await wake(at('2026-11-20T10:00:00Z'));
    await wake(at('2026-11-23T07:29:59Z'));
    expect(keys()).toEqual([]);
    await wake(at('2026-11-23T07:30:00Z'));
    await wake(at('2026-11-23T07:30:15Z'));
    await wake(at('2026-11-23T09:00:00Z'));
    expect(keys()).toEqual(['digest:project-digest:APOLLO:C1:2026-11-23T08:30[Europe/Paris]']);
  });

  it('are told once after an outage: the newest slot, and the missed ones are kept as expired', async () => {
    stage = await openJobStage(config('0 9 * * *'), 0);
    await wake(at('2026-11-20T10:00:00Z'));
    await wake(at('2026-11-24T09:30:00Z'));
    expect(keys()).toEqual(['digest:project-digest:APOLLO:C1:2026-11-24T09:00[Europe/Paris]']);
    expect(await states()).toEqual([
      '2026-11-21T09:00 expired',
      '2026-11-22T09:00 expired',
      '2026-11-23T09:00 expired',
      '2026-11-24T09:00 sent',
    ]);
  });

  it('are not posted at all when they are too late to be of use', async () => {
    stage = await openJobStage(config('0 9 * * *'), 0);
    await wake(at('2026-11-20T10:00:00Z'));
    await wake(at('2026-11-21T08:00:00Z') + 13 * hourMs);
    expect(keys()).toEqual([]);
    expect(await states()).toEqual(['2026-11-21T09:00 expired']);
  });

  it('come once on the days on which clocks change', async () => {
    stage = await openJobStage(config('30 2 * * *'), 0);
    await wake(at('2026-03-28T12:00:00Z'));
    for (let now = at('2026-03-29T00:00:00Z'); now < at('2026-03-29T06:00:00Z'); now += hourMs / 2) await wake(now);
    expect(keys()).toHaveLength(1);
    await wake(at('2026-10-24T12:00:00Z'));
    const before = keys().length;
    for (let now = at('2026-10-24T23:00:00Z'); now < at('2026-10-25T06:00:00Z'); now += hourMs / 2) await wake(now);
    expect(keys().slice(before)).toEqual(['digest:project-digest:APOLLO:C1:2026-10-25T02:30[Europe/Paris]']);
  });

  it('do not come again when the clock is set back', async () => {
    stage = await openJobStage(config('0 9 * * *', 'UTC'), 0);
    await wake(at('2026-11-20T10:00:00Z'));
    await wake(at('2026-11-21T09:00:30Z'));
    await wake(at('2026-11-21T08:00:00Z'));
    await wake(at('2026-11-21T09:00:10Z'));
    expect(keys()).toHaveLength(1);
  });
});

describe('a digest that cannot be made', () => {
  /** A server that starts anew while a project is read. */
  const readingFails = (): JobContext => ({
    ...stage,
    db: stage.db.withPlugin({
      transformQuery({ node }) {
        if (JSON.stringify(node).includes('"name":"item"')) throw new Error('Connection terminated unexpectedly');
        return node;
      },
      transformResult: ({ result }) => Promise.resolve(result),
    }),
  });

  it('is made a minute later, when what hindered it has passed', async () => {
    stage = await openJobStage(config('0 9 * * *', 'UTC'), 0);
    await wake(at('2026-11-20T10:00:00Z'));
    await wake(at('2026-11-21T09:00:00Z'), readingFails());
    expect(await states()).toEqual(['2026-11-21T09:00 planned']);
    await wake(at('2026-11-21T09:00:15Z'));
    expect(keys()).toEqual([]);
    await wake(at('2026-11-21T09:01:00Z'));
    expect(await states()).toEqual(['2026-11-21T09:00 sent']);
    const { failures, error } = await stage.db
      .selectFrom('delivery')
      .select(['failures', 'error'])
      .executeTakeFirstOrThrow();
    expect({ failures, error }).toEqual({ failures: 0, error: null });
  });

  it('is given up after five tries, and the channel goes on', async () => {
    stage = await openJobStage(config('0 9,10 * * *', 'UTC'), 0);
    await wake(at('2026-11-20T10:00:00Z'));
    const nine = at('2026-11-21T09:00:00Z');
    for (let minute = 0; minute < 59; minute++) await wake(nine + minute * 60_000, readingFails());
    expect(await states()).toEqual(['2026-11-21T09:00 dead']);
    await wake(at('2026-11-21T10:00:00Z'));
    expect(await states()).toEqual(['2026-11-21T09:00 dead', '2026-11-21T10:00 sent']);
    const runs = await stage.db.selectFrom('run').select(['outcome', 'error']).orderBy('id').execute();
    expect(runs).toEqual([
      { outcome: 'failed', error: 'Connection terminated unexpectedly' },
      { outcome: 'made', error: null },
    ]);
  });
});

describe('a digest that one person asked for alone', () => {
  it('is told as they chose in App Home, and due when it was before', async () => {
    stage = await openJobStage(config('0 9 * * *').replace('channel: C1', 'channel: C1, visibleIn: [C2]'), 0);
    const { db } = stage;
    const pulled = at('2026-11-20T16:30:00Z');
    const pull = await startPull(db, { source: 'files', projects: ['APOLLO'], startedAt: pulled });
    await endPull(db, pull, { outcome: 'done', error: null, endedAt: pulled });
    const wish = { report: 'project-digest', subject: 'APOLLO', every: '30 8 * * *', createdAt: pulled };
    await saveSubscription(db, { ...wish, channel: 'D1', createdBy: 'U1' });
    await saveSubscription(db, { ...wish, channel: 'D2', createdBy: 'U2' });
    await saveSubscription(db, { ...wish, channel: 'C2', createdBy: 'U1' });
    await wake(at('2026-11-20T17:00:00Z'));
    await savePerson(db, 'U1', { locale: 'fr', zone: 'America/Sao_Paulo' });
    await savePerson(db, 'U2', { locale: 'xx', zone: null });
    await wake(at('2026-11-21T08:30:00Z'));
    const rows = await db.selectFrom('delivery').select(['dedup_key', 'payload']).where('part_no', '=', 0).execute();
    const payloadIn = (channel: string) =>
      rows.find(({ dedup_key: key }) => key === `digest:project-digest:APOLLO:${channel}:2026-11-21T08:30[UTC]:0`)
        ?.payload;
    expect(payloadIn('D1')).toMatch(/Données du 20\snovembre à 13\sh\s30/);
    for (const channel of ['D2', 'C2']) expect(payloadIn(channel)).toMatch(/Data of 20\sNov 16:30/);
  });
});

describe('delivery', () => {
  it('looks for a message whose fate is unknown before it posts again', async () => {
    stage = await openJobStage(config('0 9 * * *', 'UTC'), 0);
    await wake(at('2026-11-20T10:00:00Z'));
    stage.poster.answers.push({ kind: 'unknown', reason: 'reset' });
    await wake(at('2026-11-21T09:00:00Z'));
    await wake(at('2026-11-21T09:00:30Z'));
    expect(await states()).toEqual(['2026-11-21T09:00 uncertain']);
    await wake(at('2026-11-21T09:02:00Z'));
    expect(await states()).toEqual(['2026-11-21T09:00 sent']);
    expect(keys()).toHaveLength(1);
  });

  it('keeps what a person can mend and gives up what is wrong with the message itself', async () => {
    stage = await openJobStage(config('0 9 * * *', 'UTC'), 0);
    await wake(at('2026-11-20T10:00:00Z'));
    stage.poster.answers.push({ kind: 'rejected', reason: 'not_in_channel', todo: 'invite the bot' });
    await wake(at('2026-11-21T09:00:00Z'));
    expect(await states()).toEqual(['2026-11-21T09:00 planned']);
    await wake(at('2026-11-21T09:06:00Z'));
    expect(await states()).toEqual(['2026-11-21T09:00 sent']);
    stage.poster.answers.push({ kind: 'rejected', reason: 'invalid_blocks', todo: null });
    await wake(at('2026-11-22T09:00:00Z'));
    expect((await states()).at(-1)).toBe('2026-11-22T09:00 dead');
  });

  it('posts what was rendered first, whatever changed since', async () => {
    stage = await openJobStage(config('0 9 * * *', 'UTC'), 0);
    await wake(at('2026-11-20T10:00:00Z'));
    stage.poster.answers.push({ kind: 'retry', at: at('2026-11-21T09:05:00Z'), reason: 'ratelimited' });
    await wake(at('2026-11-21T09:00:00Z'));
    const { payload } = await stage.db.selectFrom('delivery').select('payload').executeTakeFirstOrThrow();
    await wake(at('2026-11-21T11:00:00Z'));
    expect(stage.poster.posted[0]!.text).toBe((JSON.parse(payload!) as { text: string }).text);
    expect(keys()).toHaveLength(1);
  });
});
