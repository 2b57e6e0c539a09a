import { afterEach, describe, expect, it } from 'vitest';
import { allTargets } from '../../src/jobs/targets/all-targets.ts';
import { targetFor } from '../../src/jobs/targets/digest-target.ts';
import { postNow } from '../../src/jobs/digests/post-now.ts';
import { watchChannels } from '../../src/jobs/channels/watch-channels.ts';
import { listSubscriptions, saveSubscription } from '../../src/store/subscriptions.ts';
import { listTroubles } from '../../src/store/troubles.ts';
import { claire, heinz, sam } from '../demo/slack/stage.ts';
import { openSlackStage } from './slack-stage.ts';
import type { SlackStage } from './slack-stage.ts';

const apollo = 'C0APOLLO';
let stage: SlackStage;
afterEach(() => stage.close());

const users = [claire, sam, { ...heinz, isGuest: true }];
const members = [claire.id, sam.id];
const places = [
  { id: apollo, name: 'apollo', members },
  { id: 'C0HERMES', name: 'hermes', members },
  { id: 'C0OPS', name: 'ops', members },
];
const open = async (apolloMore = '', locale = 'en') => {
  const yaml = `operator: { channel: C0OPS, locale: ${locale} }\n`;
  stage = await openSlackStage({ yaml, apollo: apolloMore, slack: { users, channels: places, isStrict: false } });
};
const channel = () => stage.slack.workspace.channels.get(apollo)!;
const told = (place = 'C0OPS') =>
  stage.slack.messages(place).map(({ text, blocks }) => `${text} ${JSON.stringify(blocks)}`);
const posted = () => stage.slack.messages(apollo).filter(({ threadTs }) => threadTs === null).length;

/** A digest of now, and whatever has to be told of it. */
async function post(asOf = '2026-11-25T12:00:00Z') {
  const target = { ...targetFor(stage.app.config, 'project-digest', 'APOLLO'), channel: apollo };
  const outcome = await postNow(stage.app, target, { asOf: Date.parse(asOf), signal: AbortSignal.timeout(20_000) });
  await stage.service.round();
  return outcome;
}

describe('a channel', () => {
  it.each<[string, () => void, RegExp, RegExp, string]>([
    [
      'was archived',
      () => void (channel().isArchived = true),
      /is_archived/,
      /#apollo \(C0APOLLO\) is archived/,
      'archived',
    ],
    [
      'was left by the bot',
      () => void channel().members.delete(stage.slack.bot.userId),
      /not_in_channel/,
      /I am not in #apollo .*\/invite @vigie/,
      'bot-not-in-it',
    ],
    [
      'was made private without the bot',
      () => {
        channel().isPrivate = true;
        channel().members.delete(stage.slack.bot.userId);
      },
      /channel_not_found/,
      /#apollo .* is no longer there for me/,
      'not-found',
    ],
    [
      'was shared with another organisation',
      () => void (channel().isShared = true),
      /not for a channel that is or has: shared/,
      /#apollo .* is told nothing any more .*shared with another organisation.*New: shared|New: shared.*told nothing any more/s,
      'not-allowed',
    ],
    [
      'let a guest in',
      () => void channel().members.add(heinz.id),
      /not for a channel that is or has: guests/,
      /guests in it/,
      'not-allowed',
    ],
  ])('that %s is told nothing, and the operator is told once', async (_name, change, reason, words, standing) => {
    await open();
    const before = posted();
    change();
    expect(await post()).toMatchObject({ kind: 'waiting', reason: expect.stringMatching(reason) });
    expect(posted()).toBe(before);
    expect(told().join('\n')).toMatch(words);
    const count = told().length;
    expect(await listTroubles(stage.app.db)).toMatchObject([{ subject: 'channel:C0APOLLO', code: standing }]);
    const health = (await (await fetch(`${stage.service.healthUrl}/readyz`)).json()) as object;
    expect(health).toMatchObject({ ok: true, troubles: { channel: 1 } });
    await post();
    expect(told()).toHaveLength(count);
    expect(stage.slack.violations).toEqual([]);
  });

  it('that is mended gets what waited, and the operator is told that it is', async () => {
    await open();
    channel().isArchived = true;
    await post();
    channel().isArchived = false;
    expect(await post()).toMatchObject({ kind: 'posted' });
    expect(told().at(-1)).toMatch(/#apollo .* can be posted to again/);
    expect(await listTroubles(stage.app.db)).toEqual([]);
  });

  it('that was renamed or made private goes on, and the operator is told', async () => {
    await open();
    channel().name = 'moon <!channel>';
    channel().isPrivate = true;
    expect(await post()).toMatchObject({ kind: 'posted' });
    const words = told().join('\n');
    expect(words).toMatch(/#apollo is now #moon/);
    expect(words).toMatch(/no longer what it was.*New: private.*No longer: public/);
    expect(words).not.toMatch(/"type":"broadcast"/);
    expect(await listTroubles(stage.app.db)).toEqual([]);
  });

  it('that may be told of one project and not of another is told of the one', async () => {
    await open(', access: { channels: [public, guests] }');
    channel().members.add(heinz.id);
    expect(await post()).toMatchObject({ kind: 'posted' });
  });

  it('that no longer sees a project is told no more of its alert, whoever answers it elsewhere', async () => {
    await open();
    const { APOLLO } = stage.app.config.projects;
    Object.assign(stage.app.config.projects, { APOLLO: { ...APOLLO, channel: 'C0HERMES' } });
    const before = stage.slack.messages(apollo).map(({ blocks }) => JSON.stringify(blocks));
    await stage.slack.event({ type: 'app_home_opened', user: sam.id, channel: 'D1', tab: 'home' });
    const home = () => JSON.stringify(stage.slack.workspace.homeOf(sam.id)?.content ?? null);
    await expect.poll(home, { timeout: 20_000 }).toContain('alert-acknowledge');
    await stage.slack.interactHome({ user: sam.id, actionId: 'alert-acknowledge' });
    await expect.poll(home, { timeout: 20_000 }).not.toContain('alert-acknowledge');
    expect(stage.slack.messages(apollo).map(({ blocks }) => JSON.stringify(blocks))).toEqual(before);
  });

  it('that is dead ends what people asked to be told there, and tells them alone', async () => {
    await open();
    const { db, clock } = stage.app;
    const wish = { report: 'project-digest', subject: 'APOLLO', channel: apollo, every: '30 8 * * MON' };
    await saveSubscription(db, { ...wish, createdBy: claire.id, createdAt: clock.now() });
    channel().isArchived = true;
    await post();
    await stage.service.round();
    expect(await listSubscriptions(db)).toEqual([]);
    expect(told().join('\n')).toMatch(/The subscription of that channel has ended/);
    const alone = told(stage.slack.workspace.directWith(claire.id).id);
    expect(alone).toEqual([
      expect.stringMatching(/What you asked for in #apollo has ended.*archived.*Digest · Apollo/s),
    ]);
  });

  it('that nothing is posted to is looked at once a day', async () => {
    await open();
    const calls = () => stage.slack.calls.filter(({ method }) => method === 'conversations.info').length;
    const before = calls();
    expect(await watchChannels(stage.app)).toBe(0);
    expect(calls()).toBe(before);
    const later = { ...stage.app, clock: { ...stage.app.clock, now: () => Date.now() + 25 * 3_600_000 } };
    stage.slack.workspace.channels.get('C0HERMES')!.isArchived = true;
    expect(await watchChannels(later)).toBe(3);
    expect(await listTroubles(stage.app.db)).toMatchObject([{ subject: 'channel:C0HERMES', code: 'archived' }]);
  });

  it('of which Slack does not tell who reads it waits', async () => {
    await open();
    stage.slack.faults.next(
      { kind: 'refuse', error: 'ratelimited', accepted: false },
      { method: 'conversations.info' },
    );
    const target = { ...targetFor(stage.app.config, 'project-digest', 'APOLLO'), channel: apollo };
    expect(
      await postNow(stage.app, target, { asOf: Date.parse('2026-11-25T12:00:00Z'), signal: AbortSignal.timeout(900) }),
    ).toMatchObject({ kind: 'waiting', reason: expect.stringMatching(/not known who reads there/) });
  });

  it('of the operator is told nothing either while others read there, and the probe tells that something is wrong', async () => {
    await open();
    stage.slack.workspace.channels.get('C0OPS')!.members.add(heinz.id);
    channel().isArchived = true;
    await post();
    await stage.service.round();
    expect(told()).toEqual([]);
    const troubles = (await listTroubles(stage.app.db)).map(({ subject, code }) => `${subject} ${code}`);
    expect(troubles).toEqual(['channel:C0APOLLO archived', 'channel:C0OPS not-allowed']);
  });

  it('is told of in French where the operator reads French', async () => {
    await open('', 'fr');
    channel().isArchived = true;
    await post();
    expect(told().join('\n')).toMatch(/#apollo \(C0APOLLO\) est archivé/);
  });
});

describe('a person alone', () => {
  const subscribe = async () => {
    await stage.slack.event({ type: 'app_home_opened', user: sam.id, channel: 'D1', tab: 'home' });
    await expect.poll(() => stage.slack.workspace.homeOf(sam.id)).not.toBe(null);
    await stage.slack.interactHome({ user: sam.id, actionId: 'home-subscribe' });
    await expect.poll(() => stage.slack.workspace.viewsOf(sam.id).length).toBe(1);
    const topic = JSON.stringify(['project-digest', 'APOLLO']);
    const values = { 'subscribe-report': topic, 'subscribe-rhythm': 'daily' };
    expect(await stage.slack.submit({ user: sam.id, values })).toMatchObject({ ok: true, errors: null });
    const [own] = await listSubscriptions(stage.app.db);
    expect(own).toMatchObject({ channel: stage.slack.workspace.directWith(sam.id).id, createdBy: sam.id });
    return own!.channel;
  };
  const tell = (place: string) => {
    const target = { ...targetFor(stage.app.config, 'project-digest', 'APOLLO'), channel: place };
    return postNow(stage.app, target, { asOf: stage.app.clock.now(), signal: AbortSignal.timeout(20_000) });
  };

  it('is told what they asked for in App Home, and ends it there', async () => {
    await open();
    const place = await subscribe();
    expect((await allTargets(stage.app)).map(({ channel: to }) => to)).toEqual([place]);
    expect(await tell(place)).toMatchObject({ kind: 'posted' });
    expect(told(place).join('\n')).toMatch(/Apollo · week/);
    const home = () => JSON.stringify(stage.slack.workspace.homeOf(sam.id)!.content);
    await expect.poll(home).toMatch(/to you alone/);
    const value = JSON.stringify(['project-digest', 'APOLLO', place]);
    await stage.slack.interactHome({ user: sam.id, actionId: 'home-unsubscribe', value });
    await expect.poll(() => listSubscriptions(stage.app.db)).toEqual([]);
    expect(stage.slack.violations).toEqual([]);
  });

  it.each<[string, () => void | Promise<unknown>, RegExp]>([
    ['left the channels that see it', () => void channel().members.delete(sam.id), /may not see it any more/],
    ['no longer asks for it', () => stage.app.db.deleteFrom('subscription').execute(), /nobody asks for it any more/],
  ])('who %s is told nothing', async (_name, change, reason) => {
    await open();
    const place = await subscribe();
    await change();
    expect(await tell(place)).toMatchObject({ kind: 'refused', reason: expect.stringMatching(reason) });
    expect(told(place).filter((words) => words.includes('week'))).toEqual([]);
  });
});
