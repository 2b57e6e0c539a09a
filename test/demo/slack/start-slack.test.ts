import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSlack } from '../../../src/demo/slack/start-slack.ts';
import type { SlackServer } from '../../../src/demo/slack/start-slack.ts';
import { claire, monday, openStage, sam, standingClock } from './stage.ts';

const clock = standingClock(monday);
let slack: SlackServer;

beforeEach(async () => {
  clock.advance(monday - clock.now());
  slack = await openStage({ clock });
});
afterEach(() => slack.close());

type Answer = Record<string, unknown>;

/** A call as any client makes it: JSON, with the bot's token unless another is given. */
async function call(method: string, args: object = {}, token: string | null = slack.bot.botToken): Promise<Answer> {
  const response = await fetch(`${slack.apiUrl}${method}`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(args),
  });
  return { status: response.status, retryAfter: response.headers.get('retry-after'), ...(await bodyOf(response)) };
}

async function bodyOf(response: Response): Promise<Answer> {
  return (await response.json()) as Answer;
}

const apollo = 'C0APOLLO';

async function post(text: string, over: object = {}): Promise<string> {
  clock.advance(1000);
  const { ok, error, ts } = await call('chat.postMessage', { channel: apollo, text, ...over });
  if (ok !== true) throw new Error(String(error));
  return ts as string;
}

const texts = (answer: Answer) => (answer['messages'] as { text: string }[]).map(({ text }) => text);
const history = (args: object = {}) => call('conversations.history', { channel: apollo, ...args });

describe('who may call', () => {
  it.each<[string, () => string | null, string]>([
    ['nobody', () => null, 'not_authed'],
    ['somebody else', () => 'xoxb-of-somebody-else', 'invalid_auth'],
    ['the app with the wrong token', () => slack.bot.appToken, 'not_allowed_token_type'],
  ])('%s is refused', async (_name, token, error) => {
    expect(await call('auth.test', {}, token())).toMatchObject({ status: 200, ok: false, error });
  });

  it('a token that was revoked is refused', async () => {
    slack.bot.isRevoked = true;
    expect(await call('auth.test')).toMatchObject({ ok: false, error: 'token_revoked' });
  });

  it('the bot is told who it is, what it may do and what time it is', async () => {
    const response = await fetch(`${slack.apiUrl}auth.test`, {
      method: 'POST',
      body: new URLSearchParams({ token: slack.bot.botToken }),
    });
    expect(await response.json()).toMatchObject({ ok: true, team: 'Acme', user: 'vigie', user_id: slack.bot.userId });
    expect(response.headers.get('x-oauth-scopes')).toBe(slack.bot.scopes.join(','));
    expect(response.headers.get('date')).toBe('Tue, 24 Nov 2026 08:30:00 GMT');
  });

  it.each<[string, object, string]>([
    ['chat.postMessage', { channel: apollo, text: 'x' }, 'chat:write'],
    ['conversations.info', { channel: apollo }, 'channels:read'],
    ['conversations.info', { channel: 'C0SECRET' }, 'groups:read'],
    ['conversations.history', { channel: apollo }, 'channels:history'],
    ['conversations.history', { channel: 'C0SECRET' }, 'groups:history'],
    ['users.info', { user: sam.id }, 'users:read'],
  ])('%s needs its scope', async (method, args, needed) => {
    slack.bot.scopes = slack.bot.scopes.filter((scope) => scope !== needed);
    const provided = slack.bot.scopes.join(',');
    expect(await call(method, args)).toMatchObject({ ok: false, error: 'missing_scope', needed, provided });
  });

  it.each([
    ['chat.shout', {}, 'unknown_method'],
    ['constructor', {}, 'unknown_method'],
    ['chat.update', { channel: apollo }, 'invalid_arguments'],
    ['users.info', { user: 'U0NOBODY' }, 'user_not_found'],
  ])('%s is refused: %s', async (method, args, error) => {
    expect(await call(method, args)).toMatchObject({ ok: false, error });
  });

  it('what is no JSON is refused, and another path is not there', async () => {
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${slack.bot.botToken}` };
    const response = await fetch(`${slack.apiUrl}auth.test`, { method: 'POST', headers, body: '{' });
    expect(await response.json()).toMatchObject({ ok: false, error: 'invalid_json' });
    expect((await fetch(`${slack.url}/admin`)).status).toBe(404);
  });
});

describe('posting', () => {
  it.each<[string, object, string]>([
    ['a channel without the bot', { channel: 'C0FAR' }, 'not_in_channel'],
    ['a private channel without the bot', { channel: 'C0HIDDEN' }, 'channel_not_found'],
    ['no such channel', { channel: 'C0NONE' }, 'channel_not_found'],
    ['an archived channel', { channel: 'C0OLD' }, 'is_archived'],
    ['nothing to say', { text: '' }, 'no_text'],
    ['text that is too long', { text: 'x'.repeat(4001) }, 'msg_too_long'],
    ['a thread that is not there', { thread_ts: '1.000000' }, 'thread_not_found'],
    ['metadata that is no object', { metadata: '[1]' }, 'invalid_metadata_schema'],
    ['metadata that is no JSON', { metadata: '{' }, 'invalid_metadata_format'],
    ['blocks that are no list', { blocks: { type: 'divider' } }, 'invalid_blocks_format'],
    ['51 blocks', { blocks: Array.from({ length: 51 }, () => ({ type: 'divider' })) }, 'invalid_blocks'],
    [
      'too much in the blocks together',
      {
        blocks: Array.from({ length: 5 }, () => ({
          type: 'section',
          text: { type: 'plain_text', text: 'x'.repeat(2900) },
        })),
      },
      'msg_blocks_too_long',
    ],
  ])('%s is refused and leaves nothing', async (_name, over, error) => {
    const answer = await call('chat.postMessage', { channel: apollo, text: 'hello', ...over });
    expect(answer).toMatchObject({ status: 200, ok: false, error });
    expect(slack.messages(apollo)).toEqual([]);
  });

  it('wrong blocks are refused with a pointer to each thing that is wrong, and remembered as our mistake', async () => {
    const blocks = [{ type: 'divider' }, { type: 'header', text: { type: 'plain_text', text: 'h'.repeat(151) } }];
    const answer = await call('chat.postMessage', { channel: apollo, text: 'x', blocks });
    expect(answer['errors']).toMatchObject([
      { pointer: '/blocks/1/text/text', constraint: { type: 'max_length', expected: 150, got: 151 } },
    ]);
    expect(JSON.stringify(answer['response_metadata'])).toContain('[json-pointer:/blocks/1/text/text]');
    expect(slack.violations).toHaveLength(1);
  });

  it('a form is taken as well as JSON, with blocks as JSON inside it', async () => {
    const blocks = [{ type: 'divider' }];
    const response = await fetch(`${slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${slack.bot.botToken}` },
      body: new URLSearchParams({ channel: apollo, text: 'a', blocks: JSON.stringify(blocks) }),
    });
    expect(await bodyOf(response)).toMatchObject({ ok: true, channel: apollo });
    expect(slack.messages(apollo)).toMatchObject([{ text: 'a', blocks, user: slack.bot.userId, isBot: true }]);
  });

  it('goes into a thread, but not under a reply', async () => {
    const root = await post('root');
    const reply = await post('reply', { thread_ts: root });
    await expect(post('deeper', { thread_ts: reply })).rejects.toThrow('cannot_reply_to_message');
    expect(texts(await call('conversations.replies', { channel: apollo, ts: root }))).toEqual(['root', 'reply']);
    expect((await history())['messages']).toMatchObject([{ text: 'root', reply_count: 1, latest_reply: reply }]);
  });

  it('takes one message a second and channel', async () => {
    const say = (channel: string) => call('chat.postMessage', { channel, text: 'x' });
    expect(await say(apollo)).toMatchObject({ status: 200, ok: true });
    expect(await say(apollo)).toMatchObject({ status: 429, error: 'ratelimited', retryAfter: '1' });
    expect(await say('C0HERMES')).toMatchObject({ ok: true });
    clock.advance(999);
    expect(await say(apollo)).toMatchObject({ status: 429 });
    expect(slack.violations).toEqual([]);
    clock.advance(1);
    expect(await say(apollo)).toMatchObject({ ok: true });
    slack.isStrict = false;
    expect(await say(apollo)).toMatchObject({ ok: true });
  });

  it('remembers who does not wait as long as they were told', async () => {
    slack.faults.next({ kind: 'rate-limit', retryAfter: '30' });
    expect(await call('chat.postMessage', { channel: apollo, text: 'x' })).toMatchObject({ retryAfter: '30' });
    clock.advance(20_000);
    await call('chat.postMessage', { channel: apollo, text: 'x' });
    expect(slack.violations).toEqual(['chat.postMessage: called 10000 ms before Retry-After was over']);
  });

  it('gives each message a name of its own, in the order of time', async () => {
    slack.isStrict = false;
    for (let count = 0; count < 20; count += 1) await call('chat.postMessage', { channel: apollo, text: `${count}` });
    const names = slack.messages(apollo).map(({ ts }) => ts);
    expect(new Set(names).size).toBe(20);
    expect(names).toEqual(names.toSorted());
    expect(names[0]).toMatch(/^\d{10}\.\d{6}$/);
    expect(slack.messages(apollo).map(({ text }) => Number(text))).toEqual(Array.from({ length: 20 }, (_, at) => at));
  });
});

describe('changing', () => {
  const divider = [{ type: 'divider' }];

  it('text without blocks takes the blocks away and marks the message; blocks do not mark it', async () => {
    const ts = await post('before', { blocks: divider });
    await call('chat.update', { channel: apollo, ts, text: 'after', blocks: divider });
    expect(slack.messages(apollo)).toMatchObject([{ ts, text: 'after', blocks: divider, editedTs: null }]);
    await call('chat.update', { channel: apollo, ts, text: 'later' });
    expect(slack.messages(apollo)).toMatchObject([{ ts, text: 'later', blocks: [] }]);
    expect(slack.messages(apollo)[0]!.editedTs).not.toBeNull();
  });

  it.each([
    ['chat.update', 'cant_update_message'],
    ['chat.delete', 'cant_delete_message'],
  ])('%s does not touch what others wrote', async (method, error) => {
    const { ts } = slack.say({ user: sam.id, channel: apollo, text: 'mine' });
    expect(await call(method, { channel: apollo, ts, text: 'x' })).toMatchObject({ ok: false, error });
    expect(await call(method, { channel: apollo, ts: '1.000000', text: 'x' })).toMatchObject({
      error: 'message_not_found',
    });
    expect(slack.messages(apollo)).toMatchObject([{ text: 'mine' }]);
  });

  it('tells whoever listens, until they stop', async () => {
    const told: string[] = [];
    const stop = slack.workspace.onChange(({ kind, ts }) => void told.push(`${kind} ${ts}`));
    const ts = await post('a');
    await call('chat.update', { channel: apollo, ts, text: 'b' });
    await call('chat.delete', { channel: apollo, ts });
    stop();
    await post('c');
    expect(told).toEqual([`posted ${ts}`, `updated ${ts}`, `deleted ${ts}`]);
  });
});

describe('reading', () => {
  it('history is newest first, within its bounds, without what only one person sees', async () => {
    const [first, second, third] = [await post('1'), await post('2'), await post('3')];
    await call('chat.postEphemeral', { channel: apollo, user: sam.id, text: 'for Sam' });
    expect(texts(await history())).toEqual(['3', '2', '1']);
    expect(texts(await history({ oldest: first, latest: third }))).toEqual(['2']);
    expect(texts(await history({ oldest: first, latest: second, inclusive: true }))).toEqual(['2', '1']);
    expect(slack.messages(apollo, sam.id)).toHaveLength(4);
    expect(slack.messages(apollo, claire.id)).toHaveLength(3);
  });

  it('gives pages by cursor, and refuses a cursor that it did not give', async () => {
    for (const text of ['1', '2', '3']) await post(text);
    const first = await history({ limit: 2 });
    expect([texts(first), first['has_more']]).toEqual([['3', '2'], true]);
    const { next_cursor: cursor } = first['response_metadata'] as { next_cursor: string };
    const second = await history({ limit: 2, cursor });
    expect([texts(second), second['has_more']]).toEqual([['1'], false]);
    expect(await history({ cursor: 'page2' })).toMatchObject({ ok: false, error: 'invalid_cursor' });
  });

  it('gives metadata only to who asks for all of it', async () => {
    const metadata = { event_type: 'e', event_payload: { key: 'k' } };
    await post('a', { metadata });
    expect(((await history())['messages'] as Answer[])[0]).not.toHaveProperty('metadata');
    expect((await history({ include_all_metadata: true }))['messages']).toMatchObject([{ metadata }]);
  });

  it('is as far behind as it was told to be', async () => {
    await post('a');
    slack.faults.historyLagMs = 5_000;
    clock.advance(4_999);
    expect(texts(await history())).toEqual([]);
    clock.advance(1);
    expect(texts(await history())).toEqual(['a']);
  });

  it.each([
    ['C0FAR', 'not_in_channel'],
    ['C0HIDDEN', 'channel_not_found'],
  ])('history of %s is refused', async (channel, error) => {
    expect(await history({ channel })).toMatchObject({ ok: false, error });
  });

  it('shows channels as the bot sees them', async () => {
    const ids = (answer: Answer) => (answer['channels'] as { id: string }[]).map(({ id }) => id);
    expect(ids(await call('conversations.list'))).toEqual([apollo, 'C0HERMES', 'C0FAR', 'C0OLD']);
    const all = { types: 'public_channel,private_channel', exclude_archived: true };
    expect(ids(await call('conversations.list', all))).toEqual([apollo, 'C0HERMES', 'C0SECRET', 'C0FAR']);
    const info = (channel: string) => call('conversations.info', { channel });
    expect(await info('C0FAR')).toMatchObject({ channel: { is_member: false, is_private: false } });
    expect(await info('C0OLD')).toMatchObject({ channel: { is_archived: true } });
    expect(await info('C0HIDDEN')).toMatchObject({ error: 'channel_not_found' });
  });

  it('shows the time zone of people, and their language to who asks', async () => {
    const info = (args: object) => call('users.info', { user: claire.id, ...args });
    expect((await info({}))['user']).not.toHaveProperty('locale');
    expect(await info({ include_locale: true })).toMatchObject({ user: { tz: 'Europe/Paris', locale: 'fr-FR' } });
  });

  it('gives the address of a message', async () => {
    const ts = await post('a');
    expect(await call('chat.getPermalink', { channel: apollo, message_ts: ts })).toMatchObject({
      permalink: `https://demo.slack.com/archives/${apollo}/p${ts.replace('.', '')}`,
    });
  });

  it('lets the bot into a public channel that is in use', async () => {
    slack.bot.scopes = [...slack.bot.scopes, 'channels:join'];
    const join = (channel: string) => call('conversations.join', { channel });
    expect(await join('C0FAR')).toMatchObject({ ok: true, channel: { is_member: true } });
    expect(await call('chat.postMessage', { channel: 'C0FAR', text: 'hello' })).toMatchObject({ ok: true });
    expect(await join('C0OLD')).toMatchObject({ error: 'is_archived' });
    expect(await join('C0SECRET')).toMatchObject({ error: 'method_not_supported_for_channel_type' });
  });
});

describe('to one person', () => {
  it('an ephemeral message needs the person in the channel', async () => {
    const tell = (user: string) => call('chat.postEphemeral', { channel: 'C0SECRET', user, text: 'psst' });
    expect(await tell(sam.id)).toMatchObject({ ok: true });
    expect(await tell(claire.id)).toMatchObject({ error: 'user_not_in_channel' });
  });

  it.each([
    ['in time', 2_999, { ok: true }],
    ['too late', 3_001, { ok: false, error: 'expired_trigger_id' }],
  ])('a modal opens within three seconds: %s', async (_name, ms, expected) => {
    const trigger = await makeTrigger();
    clock.advance(ms);
    const view = { type: 'modal', title: { type: 'plain_text', text: 'T' }, blocks: [{ type: 'divider' }] };
    expect(await call('views.open', { trigger_id: trigger, view })).toMatchObject(expected);
  });

  /** The trigger of a command, as the app gets it. */
  async function makeTrigger(): Promise<string> {
    const { createServer } = await import('node:http');
    let body = '';
    const app = createServer((request, response) => {
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => response.end());
    });
    await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
    const { port } = app.address() as { port: number };
    slack.requestUrl = `http://127.0.0.1:${port}/`;
    await slack.command({ user: sam.id, channel: apollo, text: '' });
    await new Promise((resolve) => app.close(resolve));
    return new URLSearchParams(body).get('trigger_id')!;
  }

  it('a home tab is validated as one', async () => {
    const publish = (blocks: object[]) => call('views.publish', { user_id: sam.id, view: { type: 'home', blocks } });
    expect(await publish([{ type: 'divider' }])).toMatchObject({ ok: true });
    expect(await publish([{ type: 'markdown', text: 'x' }])).toMatchObject({ ok: false, error: 'invalid_arguments' });
  });
});

describe('faults', () => {
  it('hit as many calls of their method as was said', async () => {
    slack.faults.next({ kind: 'status', status: 503, accepted: false }, { method: 'users.list', times: 2 });
    const status = async (method: string) => (await fetch(`${slack.apiUrl}${method}`, { method: 'POST' })).status;
    const found = [];
    for (const method of ['users.list', 'auth.test', 'users.list', 'users.list']) found.push(await status(method));
    expect(found).toEqual([503, 200, 503, 200]);
  });

  it('are the same for the same seed, and stop', () => {
    const { faults } = slack;
    const draw = (seed: number) => {
      faults.randomly({
        seed,
        rate: 0.5,
        among: [
          { kind: 'drop', accepted: true },
          { kind: 'drop', accepted: false },
        ],
      });
      return Array.from({ length: 40 }, () => JSON.stringify(faults.take('x')));
    };
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    expect(new Set(draw(3)).size).toBe(3);
    faults.clear();
    expect(faults.take('x')).toBeNull();
  });

  it('are written down with every call', async () => {
    slack.faults.next({ kind: 'html', accepted: true });
    const page = await fetch(`${slack.apiUrl}auth.test`, { method: 'POST' });
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html']);
    await page.text();
    await call('auth.test');
    await call('auth.test', {}, 'xoxb-wrong');
    expect(slack.calls.map(({ method, outcome }) => `${method} ${outcome}`)).toEqual([
      'auth.test html',
      'auth.test ok',
      'auth.test invalid_auth',
    ]);
  });
});

describe('starting', () => {
  it('says when the port is taken', async () => {
    const port = Number(new URL(slack.url).port);
    await expect(startSlack({ port, team: { name: 'B' }, users: [], channels: [] })).rejects.toThrow('EADDRINUSE');
  });
});
