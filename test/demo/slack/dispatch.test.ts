import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { verifySlackRequest } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SlackServer } from '../../../src/demo/slack/start-slack.ts';
import { claire, monday, openStage, sam, standingClock } from './stage.ts';

interface Taken {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const clock = standingClock(monday);
let slack: SlackServer;
let app: Server;
let taken: Taken[];
/** What the app answers with; null never answers. */
let reply: { readonly status: number; readonly body?: string; readonly type?: string } | null;

beforeEach(async () => {
  clock.advance(monday - clock.now());
  slack = await openStage({ clock });
  [taken, reply] = [[], { status: 200 }];
  app = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      taken.push({ headers: request.headers, body });
      if (reply) response.writeHead(reply.status, { 'Content-Type': reply.type ?? 'text/plain' }).end(reply.body);
    });
  });
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  slack.requestUrl = `http://127.0.0.1:${(app.address() as AddressInfo).port}/slack/events`;
});
afterEach(async () => {
  app.closeAllConnections();
  await new Promise((resolve) => app.close(resolve));
  await slack.close();
});

const apollo = 'C0APOLLO';
const command = (text = 'status') => slack.command({ user: sam.id, channel: apollo, text });
const seenBy = (user: { id: string }) => slack.messages(apollo, user.id).map(({ text, user: by }) => [by, text]);
const form = (at = 0) => new URLSearchParams(taken[at]?.body);

async function answer(url: string, body: object): Promise<{ status: number; error: unknown }> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  return { status: response.status, error: ((await response.json()) as { error?: unknown }).error };
}

describe('a command', () => {
  it('reaches the app as Slack sends it, signed so that Bolt takes it', async () => {
    expect(await command('status apollo & co')).toMatchObject({ ok: true, status: 200, error: null });
    expect(Object.fromEntries(form())).toMatchObject({
      command: '/pmo',
      text: 'status apollo &amp; co',
      user_id: sam.id,
      channel_id: apollo,
      channel_name: 'apollo',
      team_domain: 'demo',
      api_app_id: slack.bot.appId,
    });
    const [{ headers, body }] = taken as [Taken];
    const verify = (signingSecret: string, changed = body) =>
      verifySlackRequest({
        signingSecret,
        body: changed,
        headers: {
          'x-slack-signature': String(headers['x-slack-signature']),
          'x-slack-request-timestamp': Number(headers['x-slack-request-timestamp']),
        },
        nowMilliseconds: clock.now(),
      });
    expect(() => verify(slack.bot.signingSecret)).not.toThrow();
    expect(() => verify('another-secret')).toThrow('signature mismatch');
    expect(() => verify(slack.bot.signingSecret, `${body}&text=other`)).toThrow('signature mismatch');
    expect(seenBy(sam)).toEqual([]);
  });

  it.each<[string, string, string | undefined, [string, string][]]>([
    ['text', 'on its way', undefined, [['U0VIGIE0001', 'on its way']]],
    ['JSON', '{"text":"on its way"}', 'application/json', [['U0VIGIE0001', 'on its way']]],
    ['nothing', '', undefined, []],
  ])('may be answered by %s in the acknowledgement', async (_name, body, type, seen) => {
    reply = { status: 200, body, ...(type ? { type } : {}) };
    await command();
    expect(seenBy(sam)).toEqual(seen);
    expect(seenBy(claire)).toEqual([]);
  });

  it('may be answered for all', async () => {
    reply = { status: 200, body: '{"response_type":"in_channel","text":"hear, hear"}', type: 'application/json' };
    await command();
    expect(seenBy(claire)).toEqual([['U0VIGIE0001', 'hear, hear']]);
  });

  const failed = (word: string) => [['USLACKBOT', `/pmo failed with the error "${word}"`]];

  it('that fails is told to the person by Slack', async () => {
    reply = { status: 500 };
    expect(await command()).toMatchObject({ ok: false, status: 500, error: 'http_service_error' });
    expect(seenBy(sam)).toEqual(failed('http_service_error'));
    expect(seenBy(claire)).toEqual([]);
  });

  it('that nobody listens for is told to the person by Slack', async () => {
    slack.requestUrl = null;
    expect(await command()).toMatchObject({ ok: false, status: null, error: 'dispatch_failed' });
    slack.requestUrl = 'http://127.0.0.1:9/';
    expect(await command()).toMatchObject({ ok: false, status: null, error: 'http_client_error' });
    expect(seenBy(sam)).toEqual([...failed('dispatch_failed'), ...failed('http_client_error')]);
  });

  it('waits three seconds and no longer', async () => {
    reply = null;
    const startedAt = performance.now();
    expect(await command()).toMatchObject({ ok: false, status: null, error: 'operation_timeout' });
    const ms = performance.now() - startedAt;
    expect(ms).toBeGreaterThan(2900);
    expect(seenBy(sam)).toEqual(failed('operation_timeout'));
  });

  it('of another app is not sent to ours', async () => {
    expect(await slack.command({ user: sam.id, channel: apollo, text: '', command: '/giphy' })).toMatchObject({
      ok: false,
      error: 'unknown_command',
    });
    expect(taken).toEqual([]);
    expect(seenBy(sam)).toEqual([['USLACKBOT', '/giphy is not a valid command.']]);
  });
});

describe('a response_url', () => {
  const open = async () => {
    await command();
    return form(taken.length - 1).get('response_url')!;
  };

  it('takes five answers, to the person alone or to all', async () => {
    const url = await open();
    const found = [];
    for (const type of ['ephemeral', 'in_channel', undefined, 'ephemeral', 'ephemeral', 'ephemeral'])
      found.push((await answer(url, { text: type ?? 'none', response_type: type })).status);
    expect(found).toEqual([200, 200, 200, 200, 200, 404]);
    expect(seenBy(claire).map(([, text]) => text)).toEqual(['in_channel']);
    expect(seenBy(sam)).toHaveLength(5);
    expect(slack.violations).toEqual(['response_url: used_url']);
  });

  it.each([
    ['30 minutes', 30 * 60_000, 200, undefined],
    ['a moment more', 30 * 60_000 + 1, 404, 'expired_url'],
  ])('lives for %s', async (_name, ms, status, error) => {
    const url = await open();
    clock.advance(ms);
    expect(await answer(url, { text: 'late' })).toEqual({ status, error });
  });

  it.each<[string, object, string]>([
    ['nothing', {}, 'no_text'],
    ['wrong blocks', { text: 'x', blocks: [{ type: 'header' }] }, 'invalid_blocks'],
  ])('refuses %s', async (_name, body, error) => {
    const url = await open();
    expect(await answer(url, body)).toEqual({ status: 400, error });
    expect(slack.violations).toHaveLength(1);
  });

  it('is not to be guessed', async () => {
    await open();
    expect(await answer(`${slack.url}/commands/0`, { text: 'x' })).toMatchObject({ status: 404, error: 'unknown_url' });
  });
});

describe('a button', () => {
  const blocks = [
    {
      type: 'actions',
      block_id: 'b1',
      elements: [{ type: 'button', action_id: 'more', value: 'v1', text: { type: 'plain_text', text: 'More' } }],
    },
  ];

  async function press(actionId: string) {
    const { ts } = slack.workspace.add({
      channel: apollo,
      user: slack.bot.userId,
      isBot: true,
      text: 'a',
      blocks,
      threadTs: null,
      metadata: null,
      landsAt: clock.now(),
      onlyFor: null,
    });
    const pressed = await slack.interact({ user: sam.id, channel: apollo, messageTs: ts, actionId });
    return { ts, pressed };
  }

  it('reaches the app with its message, which the app may replace or delete', async () => {
    const { ts, pressed } = await press('more');
    expect(pressed).toMatchObject({ ok: true });
    const payload = JSON.parse(form().get('payload')!) as { response_url: string };
    expect(payload).toMatchObject({
      type: 'block_actions',
      user: { id: sam.id },
      container: { message_ts: ts, channel_id: apollo },
      actions: [{ action_id: 'more', block_id: 'b1', value: 'v1' }],
    });
    await answer(payload.response_url, { text: 'done', replace_original: true });
    expect(slack.messages(apollo)).toMatchObject([{ ts, text: 'done', blocks: [] }]);
    await answer(payload.response_url, { delete_original: true });
    expect(slack.messages(apollo)).toEqual([]);
  });

  it('that is not there is not sent', async () => {
    expect((await press('other')).pressed).toMatchObject({ ok: false, error: 'action_not_found' });
    expect(taken).toEqual([]);
  });
});

describe('an event', () => {
  const tell = () => slack.event({ type: 'app_mention', user: sam.id, channel: apollo, text: 'hello' });

  it('comes once when it is taken', async () => {
    expect(await tell()).toMatchObject([{ ok: true }]);
    expect(JSON.parse(taken[0]!.body)).toMatchObject({ type: 'event_callback', event: { type: 'app_mention' } });
    expect(taken[0]!.headers['x-slack-retry-num']).toBeUndefined();
  });

  it('comes again three times, with the same id, when it is not', async () => {
    reply = { status: 500 };
    expect(await tell()).toHaveLength(4);
    expect(taken.map(({ headers }) => headers['x-slack-retry-num'])).toEqual([undefined, '1', '2', '3']);
    expect(taken[1]!.headers['x-slack-retry-reason']).toBe('http_error');
    expect(new Set(taken.map(({ body }) => (JSON.parse(body) as { event_id: string }).event_id)).size).toBe(1);
    expect(clock.now() - monday).toBe(360_000);
  });
});
