import { afterEach, describe, expect, it } from 'vitest';
import { listDecisions } from '../../src/store/alerts.ts';
import { listOpenActions } from '../../src/store/minutes.ts';
import { claire, sam } from '../demo/slack/stage.ts';
import { openSlackStage } from './slack-stage.ts';
import type { SlackStage } from './slack-stage.ts';

const apollo = 'C0APOLLO';
let stage: SlackStage;
afterEach(() => stage.close());

type Person = { readonly id: string };
interface Seen {
  readonly type: string;
  readonly elements?: readonly { readonly action_id?: string; readonly value?: string }[];
}
const blocksOf = (user: Person) => (stage.slack.workspace.homeOf(user.id)?.content['blocks'] ?? []) as readonly Seen[];
const textOf = (user: Person) => JSON.stringify(blocksOf(user));
const actionsOf = (user: Person) =>
  blocksOf(user).flatMap(({ elements = [] }) => elements.flatMap(({ action_id: action }) => action ?? []));

async function open(user: Person) {
  await stage.slack.event({ type: 'app_home_opened', user: user.id, channel: 'D1', tab: 'home' });
  await expect.poll(() => blocksOf(user).length).toBeGreaterThan(0);
}
const buttonValue = (user: Person, action: string) =>
  blocksOf(user)
    .flatMap(({ elements = [] }) => elements)
    .find(({ action_id: one }) => one === action)!.value!;
const press = (user: Person, actionId: string) =>
  stage.slack.interactHome({ user: user.id, actionId, value: buttonValue(user, actionId) });

async function agree(owner: Person) {
  await stage.slack.command({ user: sam.id, channel: apollo, text: 'minutes' });
  await expect.poll(() => stage.slack.workspace.viewsOf(sam.id).length).toBe(1);
  const values = { 'action-what-1': 'Ask the bank', 'action-owner-1': owner.id, 'action-due-1': '2030-01-31' };
  expect(await stage.slack.submit({ user: sam.id, values })).toMatchObject({ ok: true, errors: null });
}

describe('what awaits a person in App Home', () => {
  it('is what they may decide, and not what others may', async () => {
    stage = await openSlackStage();
    await open(claire);
    await open(sam);
    expect(textOf(claire)).toMatch(/En attente de votre réponse · rien/);
    expect(actionsOf(claire).filter((action) => action.startsWith('alert-'))).toEqual([]);
    expect(textOf(sam)).toMatch(/Awaiting you · 1/);
    // What was found then may have changed since, and the two colours have their names.
    expect(textOf(sam)).toMatch(/moved from 18 Dec to 29 Jan[^"]* · told Wed 25 Nov"/);
    expect(textOf(sam)).toMatch(/[●▲■○] promise · [●▲■○] date/);
    expect(actionsOf(sam)).toEqual(expect.arrayContaining(['alert-acknowledge', 'alert-re-baseline', 'alert-why']));
    await press(sam, 'alert-acknowledge');
    await expect.poll(() => textOf(sam)).toMatch(/Awaiting you · nothing/);
    expect(await listDecisions(stage.app.db, 'APOLLO')).toMatchObject([{ actor: sam.id, kind: 'acknowledged' }]);
    const alert = () => JSON.stringify(stage.slack.messages(apollo)[0]!.blocks);
    await expect.poll(alert).toContain('Acknowledged by sam');
    expect(stage.slack.violations).toEqual([]);
  });

  it('is decided there by a form, too', async () => {
    stage = await openSlackStage();
    await open(sam);
    await press(sam, 'alert-re-baseline');
    await expect.poll(() => stage.slack.workspace.viewsOf(sam.id).length).toBe(1);
    const values = { 'rebaseline-on': '2030-03-29', 'rebaseline-reason': 'Scope grew with the audit' };
    expect(await stage.slack.submit({ user: sam.id, values })).toMatchObject({ ok: true, errors: null });
    await expect.poll(() => textOf(sam)).toMatch(/Awaiting you · nothing/);
    expect(await listDecisions(stage.app.db, 'APOLLO')).toMatchObject([{ actor: sam.id, kind: 're-baselined' }]);
  });

  it('is not decided by who was taken out of the channel meanwhile', async () => {
    stage = await openSlackStage();
    await open(sam);
    stage.slack.workspace.channels.get(apollo)!.members.delete(sam.id);
    await stage.restart();
    await press(sam, 'alert-acknowledge');
    await expect.poll(() => textOf(sam)).not.toMatch(/alert-acknowledge/);
    expect(await listDecisions(stage.app.db, 'APOLLO')).toEqual([]);
  });

  it('is what they agreed to do, until they say that it is done', async () => {
    stage = await openSlackStage();
    await agree(claire);
    await open(sam);
    await open(claire);
    expect(textOf(sam)).not.toContain('Ask the bank');
    expect(textOf(claire)).toMatch(/En attente de votre réponse · 1.*Ask the bank.*answer-done/);
    await press(claire, 'answer-done');
    await expect.poll(() => textOf(claire)).not.toContain('Ask the bank');
    expect(await listOpenActions(stage.app.db, ['APOLLO'])).toEqual([]);
    expect(stage.slack.violations).toEqual([]);
  });
});
