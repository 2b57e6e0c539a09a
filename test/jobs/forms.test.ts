import { afterEach, describe, expect, it } from 'vitest';
import { listDecisions } from '../../src/store/alerts.ts';
import { listOpenActions } from '../../src/store/minutes.ts';
import { claire, sam } from '../demo/slack/stage.ts';
import { openSlackStage } from './slack-stage.ts';
import type { SlackStage } from './slack-stage.ts';

const apollo = 'C0APOLLO';
let stage: SlackStage;
afterEach(() => stage.close());

const wordsOf = (message: { blocks: readonly unknown[] }) => JSON.stringify(message.blocks);
const whispers = (user: { id: string }) =>
  stage.slack.messages(apollo, user.id).filter(({ onlyFor }) => onlyFor === user.id);

async function openForm(user: { id: string }, open: () => Promise<unknown>) {
  expect(await open()).toMatchObject({ ok: true });
  const views = () => stage.slack.workspace.viewsOf(user.id);
  await expect.poll(() => views().length).toBe(1);
  return views()[0]!;
}
const openMinutes = (user: { id: string }) =>
  openForm(user, () => stage.slack.command({ user: user.id, channel: apollo, text: 'minutes' }));
const send = (user: { id: string }, values: Record<string, string>) => stage.slack.submit({ user: user.id, values });
const minutes = () => stage.app.db.selectFrom('minutes').selectAll().execute();
const action = { 'action-what-1': 'Ask again', 'action-owner-1': claire.id, 'action-due-1': '2030-01-31' };

/** Everything that is asked of Slack from now on is not answered for five seconds. */
function hang(...methods: readonly string[]): void {
  for (const method of methods) stage.slack.faults.next({ kind: 'hang', accepted: false }, { method, times: 50 });
}
const directory = ['users.info', 'users.list', 'conversations.info', 'conversations.members', 'usergroups.users.list'];

describe('a form that is sent twice', () => {
  it('is one entry with one message and its actions once', async () => {
    stage = await openSlackStage();
    await openMinutes(sam);
    const values = { 'minutes-notes': 'Agreed to ship', ...action };
    const both = await Promise.all([send(sam, values), send(sam, values)]);
    expect(both).toMatchObject([
      { ok: true, errors: null },
      { ok: true, errors: null },
    ]);
    const told = () => stage.slack.messages(apollo).filter((message) => wordsOf(message).includes('Agreed to ship'));
    // The form closes before its words are posted.
    await expect.poll(() => told().length).toBe(1);
    await stage.service.round();
    expect(told()).toHaveLength(1);
    expect(await minutes()).toHaveLength(1);
    expect(await listOpenActions(stage.app.db, ['APOLLO'])).toHaveLength(1);
    // Another form with the same words is another entry.
    await openMinutes(sam);
    expect(await send(sam, values)).toMatchObject({ ok: true, errors: null });
    await expect.poll(async () => (await minutes()).length).toBe(2);
  });
});

describe('a form while Slack does not answer', () => {
  it('tells its mistakes at once', async () => {
    stage = await openSlackStage();
    await openMinutes(claire);
    await stage.restart();
    hang(...directory);
    const sent = await send(claire, { ...action, 'action-due-1': '2020-01-31' });
    expect(sent).toMatchObject({ ok: true, errors: { 'action-due-1': 'Ce jour est passé.' } });
    expect(sent.ms).toBeLessThan(1_500);
  });

  it('closes in time, and is taken once it is known that it may be', async () => {
    stage = await openSlackStage();
    await openMinutes(sam);
    await stage.restart();
    stage.slack.faults.next({ kind: 'slow', ms: 3_500 }, { method: 'conversations.info' });
    const sent = await send(sam, { 'minutes-notes': 'Agreed to ship', ...action });
    expect(sent).toMatchObject({ ok: true, errors: null });
    expect(sent.ms).toBeLessThan(2_800);
    expect(await minutes()).toEqual([]);
    const told = () => stage.slack.messages(apollo).map(wordsOf).join(' ');
    await expect.poll(told).toContain('Agreed to ship');
    expect(await listOpenActions(stage.app.db, ['APOLLO'])).toHaveLength(1);
    expect(stage.slack.violations).toEqual([]);
  });

  it('closes in time, and is given back where nobody knows who reads there', async () => {
    stage = await openSlackStage();
    await openMinutes(sam);
    await stage.restart();
    hang('conversations.info');
    const sent = await send(sam, { 'minutes-notes': 'Agreed to ship', ...action });
    expect(sent).toMatchObject({ ok: true, errors: null });
    expect(sent.ms).toBeLessThan(2_800);
    expect(await minutes()).toEqual([]);
    await expect.poll(() => whispers(sam).length).toBe(1);
    expect(wordsOf(whispers(sam)[0]!)).toMatch(/was not taken.*Agreed to ship/);
    expect(await minutes()).toEqual([]);
    expect(stage.slack.violations).toEqual([]);
  });

  it('lets nobody through who was not looked up', async () => {
    stage = await openSlackStage();
    stage.slack.workspace.groups.set('S0PMO', [claire.id]);
    const { ts } = stage.slack.messages(apollo)[0]!;
    await openForm(claire, () =>
      stage.slack.interact({ user: claire.id, channel: apollo, messageTs: ts, actionId: 'alert-re-baseline' }),
    );
    stage.slack.workspace.groups.set('S0PMO', []);
    await stage.restart();
    hang('usergroups.users.list');
    const sent = await send(claire, { 'rebaseline-on': '2030-03-29', 'rebaseline-reason': 'Le périmètre a changé' });
    expect(sent).toMatchObject({ ok: true, errors: null });
    expect(sent.ms).toBeLessThan(2_800);
    await expect.poll(() => whispers(claire).length).toBe(1);
    expect(wordsOf(whispers(claire)[0]!)).toMatch(/Seules les personnes nommées.*Le périmètre a changé/);
    expect(await listDecisions(stage.app.db, 'APOLLO')).toEqual([]);
  });
});
