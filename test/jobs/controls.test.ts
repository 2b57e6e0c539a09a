import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SlackServer } from '../../src/demo/slack/start-slack.ts';
import { listDecisions } from '../../src/store/alerts.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { listSubscriptions } from '../../src/store/subscriptions.ts';
import { claire, sam } from '../demo/slack/stage.ts';
import { isPicture } from './seen.ts';
import { openSlackStage } from './slack-stage.ts';
import type { SlackStage } from './slack-stage.ts';

const apollo = 'C0APOLLO';
const hermes = 'C0HERMES';
let stage: SlackStage;
let slack: SlackServer;
beforeAll(async () => {
  // Apollo may be shown in the channel of Hermes: there, a question has to say which of the two it means.
  stage = await openSlackStage({ apollo: `, visibleIn: [${hermes}]` });
  ({ slack } = stage);
});
afterAll(() => stage.close());

interface Where {
  readonly user?: string;
  readonly channel?: string;
}
const own = ({ user = sam.id, channel = apollo }: Where = {}) =>
  slack.messages(channel, user).filter((message) => message.onlyFor === user && !isPicture(message));
const words = ({ blocks }: { readonly blocks: readonly unknown[] }) => JSON.stringify(blocks);

/** The first thing that only this person is told after an act. */
async function toldAfter(act: () => Promise<unknown>, where: Where = {}) {
  const before = own(where).length;
  expect(await act()).toMatchObject({ ok: true, status: 200 });
  await expect.poll(() => own(where).length).toBeGreaterThan(before);
  for (let count = -1; count !== own(where).length; await systemClock.sleep(250)) count = own(where).length;
  return own(where)[before]!;
}
const ask = (text: string, { user = sam.id, channel = apollo }: Where = {}) =>
  toldAfter(() => slack.command({ user, channel, text }), { user, channel });
const press = (ts: string, actionId: string, more: Where & { readonly value?: string } = {}) => {
  const { user = sam.id, channel = apollo, ...chosen } = more;
  return slack.interact({ user, channel, messageTs: ts, actionId, ...chosen });
};
const formOf = async (act: () => Promise<unknown>) => {
  expect(await act()).toMatchObject({ ok: true, status: 200 });
  await expect.poll(() => slack.workspace.viewsOf(sam.id).length).toBe(1);
  return slack.workspace.viewsOf(sam.id)[0]!.content;
};

describe('under an answer', () => {
  it.each([
    ['milestones', 'answer-ask:status', /current date/],
    ['status', 'answer-ask:milestones', /moved from 18 Dec to 29 Jan/],
    ['status', 'answer-ask:risks', /risks/],
    ['status', 'answer-ask:forecast', /of its own history/],
  ])('%s: the button %s answers, to the person alone', async (command, action, said) => {
    const { ts } = await ask(command);
    const public_ = slack.messages(apollo).length;
    expect(words(await toldAfter(() => press(ts, action)))).toMatch(said);
    expect(slack.messages(apollo)).toHaveLength(public_);
    expect(slack.violations).toEqual([]);
  });

  it.each(['status', 'forecast', 'digest', 'risks'])('%s is shared as it is, by name', async (command) => {
    const { ts } = await ask(command);
    // A picture of an earlier answer may come between.
    const shared = () => slack.messages(apollo).filter((message) => !isPicture(message));
    const before = shared().length;
    expect(await press(ts, 'answer-share')).toMatchObject({ ok: true });
    await expect.poll(() => shared().length).toBeGreaterThan(before);
    expect(words(shared()[before]!)).toMatch(/Apollo.*Shared by sam/);
    expect(slack.violations).toEqual([]);
  });
});

describe('which project', () => {
  it.each([
    ['status', /current date/],
    ['milestones as-of 2026-11-20', /18 Dec/],
    ['forecast --items 4', /4 items/],
    ['digest', /Apollo · week/],
  ])('is asked by a menu after %s, and what was asked is answered for the one chosen', async (text, said) => {
    const asked = await ask(text, { channel: hermes });
    const menu = /"action_id":"(answer-choose:(?:[^"\\]|\\.)*)"/.exec(words(asked))![1]!;
    const actionId = JSON.parse(`"${menu}"`) as string;
    expect(words(asked)).toMatch(/"options":\[.*Apollo.*Hermes/);
    const choose = () => press(asked.ts, actionId, { channel: hermes, value: 'APOLLO' });
    expect(words(await toldAfter(choose, { channel: hermes }))).toMatch(said);
    expect(slack.violations).toEqual([]);
  });

  it('opens the form of minutes for the one chosen', async () => {
    const asked = await ask('minutes', { channel: hermes });
    const menu = /"action_id":"(answer-choose:(?:[^"\\]|\\.)*)"/.exec(words(asked))![1]!;
    const actionId = JSON.parse(`"${menu}"`) as string;
    const form = await formOf(() => press(asked.ts, actionId, { channel: hermes, value: 'HERMES' }));
    expect(form).toMatchObject({ callback_id: 'form-minutes', private_metadata: expect.stringContaining('HERMES') });
    slack.workspace.closeViews(sam.id);
  });
});

describe('open alerts', () => {
  it('are listed with a button each: why', async () => {
    const { ts } = await ask('why');
    expect(words(await toldAfter(() => press(ts, 'alert-why')))).toMatch(/What happened/);
  });

  it('are listed with a button each: snooze', async () => {
    const { ts } = await ask('snooze');
    await press(ts, 'alert-snooze');
    const kinds = async () => (await listDecisions(stage.app.db, 'APOLLO')).map(({ kind, actor }) => [kind, actor]);
    await expect.poll(kinds).toEqual([['snoozed', sam.id]]);
    await expect.poll(() => words(slack.messages(apollo)[0]!)).toContain('Quiet until');
    expect(slack.violations).toEqual([]);
  });
});

describe('what a channel is told', () => {
  it('is a review of each sprint, too, which comes at no time of day', async () => {
    const form = await formOf(() => slack.command({ user: sam.id, channel: apollo, text: 'subscribe' }));
    expect(JSON.stringify(form)).toMatch(/Sprint review · Apollo/);
    const report = JSON.stringify(['sprint-review', 'APOLLO']);
    const values = { 'subscribe-report': report, 'subscribe-rhythm': 'weekly' };
    const told = await toldAfter(() => slack.submit({ user: sam.id, values }));
    expect(told.text).toMatch(/Sprint review · Apollo comes to this channel from now on: when a sprint closes/);
    expect(await listSubscriptions(stage.app.db)).toMatchObject([{ report: 'sprint-review', every: 'sprint-close' }]);
    const list = await ask('unsubscribe');
    expect(words(list)).toMatch(/Sprint review · Apollo · when a sprint closes/);
    expect((await toldAfter(() => press(list.ts, 'answer-unsubscribe'))).text).not.toBe('');
    expect(await listSubscriptions(stage.app.db)).toEqual([]);
  });

  it('is added by a form, listed, and ended by a button, once', async () => {
    const form = await formOf(() => slack.command({ user: sam.id, channel: apollo, text: 'subscribe' }));
    expect(JSON.stringify(form)).toMatch(/Apollo.*Mondays/);
    expect(JSON.stringify(form)).not.toContain('Hermes');
    const report = JSON.stringify(['project-digest', 'APOLLO']);
    const send = () =>
      slack.submit({ user: sam.id, values: { 'subscribe-report': report, 'subscribe-rhythm': 'monthly' } });
    const told = await toldAfter(send);
    expect(told.text).toMatch(/comes to this channel from now on/);
    const kept = () => listSubscriptions(stage.app.db);
    expect(await kept()).toMatchObject([{ channel: apollo, every: '30 8 1 * *', createdBy: sam.id }]);
    const list = await ask('unsubscribe');
    expect(words(list)).toMatch(/Apollo.*answer-unsubscribe/);
    const end = () => toldAfter(() => press(list.ts, 'answer-unsubscribe'));
    expect((await end()).text).toMatch(/no longer|ended|not told/i);
    expect(await kept()).toEqual([]);
    const first = own().length;
    await end();
    expect(own()).toHaveLength(first + 1);
    expect(slack.violations).toEqual([]);
  });

  it('is not ended by who is not in the channel', async () => {
    await formOf(() => slack.command({ user: sam.id, channel: apollo, text: 'subscribe' }));
    const values = { 'subscribe-report': JSON.stringify(['project-digest', 'APOLLO']), 'subscribe-rhythm': 'daily' };
    await toldAfter(() => slack.submit({ user: sam.id, values }));
    slack.workspace.channels.get(apollo)!.members.delete(claire.id);
    await slack.event({ type: 'app_home_opened', user: claire.id, channel: 'D1', tab: 'home' });
    await expect.poll(() => slack.workspace.homeOf(claire.id)).not.toBe(null);
    expect(JSON.stringify(slack.workspace.homeOf(claire.id)!.content)).not.toContain('home-unsubscribe');
    expect(await listSubscriptions(stage.app.db)).toHaveLength(1);
  });
});
