import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../src/demo/slack/faults.ts';
import type { SlackServer } from '../../src/demo/slack/start-slack.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import type { Poster, PostResult } from '../../src/slack/post.ts';
import { aPoster, monday, openStage, sam, standingClock } from '../demo/slack/stage.ts';

const clock = standingClock(monday);
/** Short, since some answers never come; long enough for those that do on a busy machine. */
const timeoutMs = 1_500;
let slack: SlackServer;
let poster: Poster;

beforeEach(async () => {
  slack = await openStage({ clock });
  poster = aPoster({ botToken: slack.bot.botToken, apiUrl: slack.apiUrl, timeoutMs, clock, log: silentLogger });
});
afterEach(() => slack.close());

const part = { text: 'Apollo: on track', blocks: [{ type: 'header', text: { type: 'plain_text', text: 'Apollo' } }] };
const place = { channel: 'C0APOLLO', threadTs: null, key: 'digest:weekly:2026-11-24:C0APOLLO' };
const post = (over: object = {}) => poster.post({ ...place, part, ...over });
const find = (over: object = {}) => poster.find({ ...place, since: monday, ...over });
const posts = () => slack.calls.filter(({ method }) => method === 'chat.postMessage').length;
const landed = () => slack.messages('C0APOLLO').length;

describe('update', () => {
  const blocks = [{ type: 'header', text: { type: 'plain_text', text: 'Apollo, again' } }];
  const edit = { channel: 'C0APOLLO', part: { text: 'Apollo: late', blocks } };

  it('says something else in the same message, which is still known by its key', async () => {
    const posted = await post();
    if (posted.kind !== 'posted') throw new Error(posted.kind);
    expect(await poster.update({ ...edit, ts: posted.ts })).toEqual(posted);
    expect(await poster.update({ ...edit, ts: posted.ts })).toEqual(posted);
    expect(slack.messages('C0APOLLO')).toMatchObject([{ ts: posted.ts, text: 'Apollo: late', blocks }]);
    expect(await find()).toEqual({ kind: 'found', ts: posted.ts, later: [] });
  });

  it('is refused where the message was taken away', async () => {
    const refused = await poster.update({ ...edit, ts: '1795509000.000009' });
    expect(refused).toEqual({ kind: 'rejected', reason: 'message_not_found', todo: null });
  });
});

describe('post', () => {
  it('posts once, with its key and without unfurling', async () => {
    const posted = await post();
    expect(posted).toEqual({ kind: 'posted', ts: '1795509000.000000' });
    const [message] = slack.messages('C0APOLLO');
    expect(message).toMatchObject({
      text: part.text,
      blocks: part.blocks,
      metadata: { event_type: 'vigie_delivery', event_payload: { key: place.key, part: 0 } },
    });
    expect(slack.violations).toEqual([]);
  });

  it('replies in the thread', async () => {
    const root = await post();
    if (root.kind !== 'posted') throw new Error(root.kind);
    clock.advance(1100);
    const reply = await post({ threadTs: root.ts, number: 1 });
    expect(reply.kind).toBe('posted');
    expect(slack.messages('C0APOLLO').map(({ threadTs }) => threadTs)).toEqual([null, root.ts]);
  });

  const at = (ms: number) => ({ kind: 'retry', at: monday + ms });
  it.each<[string, Fault, object, number]>([
    ['429 with a time', { kind: 'rate-limit', retryAfter: '7' }, at(7_000), 0],
    ['429 with no time', { kind: 'rate-limit', retryAfter: null }, at(30_000), 0],
    ['429 with nonsense', { kind: 'rate-limit', retryAfter: 'soon' }, at(30_000), 0],
    ['429 with 0', { kind: 'rate-limit', retryAfter: '0' }, at(1_000), 0],
    ['403 of a proxy', { kind: 'status', status: 403, accepted: false }, at(30_000), 0],
    ['ratelimited in the body', { kind: 'refuse', error: 'ratelimited', accepted: false }, at(30_000), 0],
    ['a workspace that moves', { kind: 'refuse', error: 'team_added_to_org', accepted: false }, at(300_000), 0],
    ['a connection that breaks before', { kind: 'drop', accepted: false }, { kind: 'unknown' }, 0],
    ['a connection that breaks after', { kind: 'drop', accepted: true }, { kind: 'unknown' }, 1],
    ['500 before', { kind: 'status', status: 500, accepted: false }, { kind: 'unknown' }, 0],
    ['500 after', { kind: 'status', status: 500, accepted: true }, { kind: 'unknown' }, 1],
    ['408', { kind: 'status', status: 408, accepted: true }, { kind: 'unknown' }, 1],
    ['HTML with 200', { kind: 'html', accepted: true }, { kind: 'unknown', reason: 'the answer is no JSON' }, 1],
    ['no answer', { kind: 'hang', accepted: true }, { kind: 'unknown' }, 1],
    ['internal_error', { kind: 'refuse', error: 'internal_error', accepted: true }, { kind: 'unknown' }, 1],
    ['fatal_error', { kind: 'refuse', error: 'fatal_error', accepted: true }, { kind: 'unknown' }, 1],
    ['a late landing', { kind: 'late', ms: 60_000 }, { kind: 'unknown' }, 0],
    [
      'a refusal',
      { kind: 'refuse', error: 'restricted_action', accepted: false },
      { kind: 'rejected', reason: 'restricted_action' },
      0,
    ],
  ])('%s', async (_name, fault, expected, there) => {
    clock.advance(monday - clock.now());
    slack.faults.next(fault, { method: 'chat.postMessage' });
    expect(await post()).toMatchObject(expected);
    expect(posts()).toBe(1);
    expect(landed()).toBe(there);
  });

  it.each<[string, object, string, RegExp]>([
    ['a channel without the bot', { channel: 'C0FAR' }, 'not_in_channel', /invite @vigie/],
    ['a private channel without the bot', { channel: 'C0HIDDEN' }, 'channel_not_found', /invite @vigie/],
    ['a channel that does not exist', { channel: 'C0NONE' }, 'channel_not_found', /channel id/],
    ['an archived channel', { channel: 'C0OLD' }, 'is_archived', /unarchive/],
    [
      'blocks that Slack refuses',
      { part: { text: 'x', blocks: [{ type: 'header' }] } },
      'invalid_blocks: [ERROR] missing required field: text [json-pointer:/blocks/0]',
      /^null$/,
    ],
  ])('%s is refused with what to do', async (_name, over, reason, todo) => {
    const result = await post(over);
    expect(result).toMatchObject({ kind: 'rejected', reason });
    expect(String('todo' in result && result.todo)).toMatch(todo);
  });

  it('is refused with a token that was revoked', async () => {
    slack.bot.isRevoked = true;
    expect(await post()).toMatchObject({
      kind: 'rejected',
      reason: 'token_revoked',
      todo: expect.stringMatching(/SLACK_BOT_TOKEN/),
    });
  });

  it('is to be tried again when nothing listens', async () => {
    await slack.close();
    expect(await post()).toMatchObject({ kind: 'retry', reason: 'ECONNREFUSED' });
    slack = await openStage({ clock });
  });

  it('is to be tried again when the name does not resolve', async () => {
    const lost = aPoster({
      botToken: 'xoxb-1',
      apiUrl: 'http://nowhere.invalid/api',
      timeoutMs,
      clock,
      log: silentLogger,
    });
    expect(await lost.post({ ...place, part })).toMatchObject({
      kind: 'retry',
      reason: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/),
    });
  });

  it('takes a redirect for nobody knows what', async () => {
    const elsewhere = createServer((_, response) => response.writeHead(302, { Location: 'http://127.0.0.1:9/' }).end());
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    const apiUrl = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/api/`;
    const redirected = aPoster({ botToken: 'xoxb-1', apiUrl, timeoutMs, clock, log: silentLogger });
    expect((await redirected.post({ ...place, part })).kind).toBe('unknown');
    await new Promise((resolve) => elsewhere.close(resolve));
  });

  it('is told to wait when it comes faster than one a second', async () => {
    expect((await post()).kind).toBe('posted');
    expect(await post({ number: 1 })).toMatchObject({ kind: 'retry', at: clock.now() + 1000 });
    expect((await post({ number: 1, channel: 'C0HERMES' })).kind).toBe('posted');
    clock.advance(1000);
    expect((await post({ number: 1 })).kind).toBe('posted');
  });
});

describe('find', () => {
  it.each<[string, Fault, 'found' | 'absent']>([
    ['before it landed', { kind: 'drop', accepted: false }, 'absent'],
    ['after it landed', { kind: 'drop', accepted: true }, 'found'],
    ['with 500 after it landed', { kind: 'status', status: 500, accepted: true }, 'found'],
  ])('says whether it is there when the connection broke %s', async (_name, fault, kind) => {
    slack.faults.next(fault, { method: 'chat.postMessage' });
    await post();
    expect((await find()).kind).toBe(kind);
  });

  it('does not see a late one before it lands, nor one that history does not show yet', async () => {
    slack.faults.next({ kind: 'late', ms: 5_000 }, { method: 'chat.postMessage' });
    slack.faults.historyLagMs = 2_000;
    await post();
    clock.advance(5_000);
    expect(landed()).toBe(1);
    expect((await find()).kind).toBe('absent');
    clock.advance(2_000);
    expect((await find()).kind).toBe('found');
  });

  it('knows the key and the part', async () => {
    await post();
    expect((await find({ key: 'digest:weekly:2026-11-17:C0APOLLO' })).kind).toBe('absent');
    expect((await find({ number: 1 })).kind).toBe('absent');
    expect((await find({ channel: 'C0HERMES' })).kind).toBe('absent');
  });

  it('finds what it posted although our clock is well ahead of the one that names messages', async () => {
    await post();
    expect((await find({ since: monday + 50 * 60_000 })).kind).toBe('found');
  });

  it('pays no heed to another app that uses the key in another event', async () => {
    slack.workspace.add({
      channel: 'C0APOLLO',
      user: sam.id,
      isBot: false,
      text: place.key,
      blocks: [],
      threadTs: null,
      onlyFor: null,
      metadata: { event_type: 'other_app', event_payload: { key: place.key, part: 0 } },
      landsAt: clock.now(),
    });
    expect((await find()).kind).toBe('absent');
  });

  it('reads on over many pages and gives all copies in order', async () => {
    slack.isStrict = false;
    const first = await post();
    for (let at = 0; at < 450; at += 1) slack.say({ user: sam.id, channel: 'C0APOLLO', text: `message ${at}` });
    const second = await post();
    if (first.kind !== 'posted' || second.kind !== 'posted') throw new Error('not posted');
    expect(await find()).toEqual({ kind: 'found', ts: first.ts, later: [second.ts] });
    expect(slack.calls.filter(({ method }) => method === 'conversations.history')).toHaveLength(3);
  });

  it('looks in the thread for a reply', async () => {
    const root = (await post()) as Extract<PostResult, { kind: 'posted' }>;
    clock.advance(1000);
    const reply = (await post({ threadTs: root.ts, number: 1 })) as typeof root;
    expect(await find({ threadTs: root.ts, number: 1 })).toEqual({ kind: 'found', ts: reply.ts, later: [] });
    expect((await find({ number: 1 })).kind).toBe('absent');
  });

  it.each<[string, () => void, string]>([
    ['the scope is missing', () => void (slack.bot.scopes = ['chat:write']), 'missing_scope'],
    [
      'the bot was thrown out',
      () => void slack.workspace.channels.get('C0APOLLO')!.members.delete(slack.bot.userId),
      'not_in_channel',
    ],
    ['the token is revoked', () => void (slack.bot.isRevoked = true), 'token_revoked'],
    ['Slack limits', () => slack.faults.next({ kind: 'rate-limit', retryAfter: '1' }), 'ratelimited'],
    ['Slack fails', () => slack.faults.next({ kind: 'status', status: 500, accepted: true }), 'http 500'],
    ['somebody else answers', () => slack.faults.next({ kind: 'html', accepted: true }), 'the answer is no JSON'],
  ])('cannot tell when %s', async (_name, spoil, reason) => {
    await post();
    spoil();
    expect(await find()).toMatchObject({ kind: 'unreadable', reason });
  });
});

/** Ours in short: post, and after a doubt wait and look before posting again (reliability.md 3.3). */
async function deliver(number: number, settleMs: number): Promise<void> {
  const since = clock.now();
  for (let tries = 0; tries < 40; tries += 1) {
    const result = await post({ number });
    if (result.kind === 'posted') return;
    if (result.kind === 'retry') clock.advance(Math.max(0, result.at - clock.now()));
    if (result.kind === 'rejected') throw new Error(result.reason);
    while (result.kind === 'unknown') {
      clock.advance(settleMs);
      const found = await find({ number, since });
      if (found.kind === 'found') return;
      if (found.kind === 'absent') break;
    }
  }
  throw new Error('never posted');
}

describe('post and find together', () => {
  const among: readonly Fault[] = [
    { kind: 'drop', accepted: false },
    { kind: 'drop', accepted: true },
    { kind: 'late', ms: 20_000 },
    { kind: 'status', status: 500, accepted: true },
    { kind: 'status', status: 503, accepted: false },
    { kind: 'html', accepted: true },
    { kind: 'refuse', error: 'internal_error', accepted: true },
    { kind: 'rate-limit', retryAfter: '2' },
    { kind: 'rate-limit', retryAfter: null },
  ];
  const copies = () =>
    Array.from({ length: 10 }, (_, number) =>
      slack.messages('C0APOLLO').filter(({ metadata }) => JSON.stringify(metadata).includes(`"part":${number}}`)),
    ).map((found) => found.length);

  it.each(Array.from({ length: 20 }, (_, seed) => seed))('put each message there once, seed %i', async (seed) => {
    slack.faults.historyLagMs = 5_000;
    slack.faults.randomly({ seed, rate: 0.6, among });
    for (let number = 0; number < 10; number += 1) await deliver(number, 60_000);
    clock.advance(60_000);
    expect(copies()).toEqual(Array.from({ length: 10 }, () => 1));
    expect(slack.violations).toEqual([]);
  });

  it('would put it there twice if we did not wait for what is under way', async () => {
    slack.faults.historyLagMs = 5_000;
    slack.faults.next({ kind: 'late', ms: 20_000 }, { method: 'chat.postMessage' });
    await deliver(0, 10_000);
    clock.advance(60_000);
    expect(copies()[0]).toBe(2);
  });
});

describe('remove', () => {
  it('takes a message away, and counts one that is gone as removed', async () => {
    const posted = (await post()) as Extract<PostResult, { kind: 'posted' }>;
    const place = { channel: 'C0APOLLO', ts: posted.ts };
    expect(await poster.remove(place)).toEqual({ kind: 'removed' });
    expect(landed()).toBe(0);
    expect(await poster.remove(place)).toEqual({ kind: 'removed' });
  });

  it('does not touch what others wrote', async () => {
    const { ts } = slack.say({ user: sam.id, channel: 'C0APOLLO', text: 'mine' });
    expect(await poster.remove({ channel: 'C0APOLLO', ts })).toEqual({ kind: 'failed', reason: 'cant_delete_message' });
    expect(landed()).toBe(1);
  });
});
