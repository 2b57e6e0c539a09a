import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sign } from '../../src/demo/slack/sign.ts';
import type { SlackServer } from '../../src/demo/slack/start-slack.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createLogger } from '../../src/lib/logger.ts';
import { createSlackApp } from '../../src/slack/app.ts';
import type { Answers, Below, Question, Reply } from '../../src/slack/answers.ts';
import type { SlackApp } from '../../src/slack/app.ts';
import type { Message } from '../../src/render/message.ts';
import { slackConfig } from '../../src/slack/config.ts';
import { claire, heinz, openStage, sam } from '../demo/slack/stage.ts';

let slack: SlackServer;
let app: SlackApp;
let url: string | null;
let logged: string[];
let asked: Question[];
let seen: Set<string>;

const says = (text: string, replies = 0) => ({
  text,
  blocks: [{ type: 'section', text: { type: 'plain_text', text } }],
  replies: Array.from({ length: replies }, (_, at) => ({ text: `${text} ${at + 1}`, blocks: [] })),
});

const told = (message: Message) => Promise.resolve<Reply>({ kind: 'message', message });

const usual: Answers = {
  ask(question) {
    asked.push(question);
    return told(says(`${question.name} of ${question.words.join(' ')} in ${question.locale}`));
  },
  press: () => Promise.resolve(null),
  submit: () => Promise.resolve({ kind: 'taken' }),
  home: () => Promise.resolve({ type: 'home', blocks: [] }),
  say: (code, data, locale) => says(`${code} ${JSON.stringify(data)} ${locale}`),
};

async function open(options: { answers?: Partial<Answers>; isSocket?: boolean } = {}): Promise<void> {
  const { bot, apiUrl } = slack;
  app = createSlackApp({
    config: slackConfig.parse({
      botToken: bot.botToken,
      signingSecret: bot.signingSecret,
      apiUrl,
      ...(options.isSocket ? { appToken: bot.appToken } : {}),
    }),
    http: {
      host: '127.0.0.1',
      port: 0,
      routes: [{ path: '/healthz', method: 'GET', handler: (_, response) => void response.end('alive') }],
    },
    locale: 'en',
    answers: { ...usual, ...options.answers },
    seen: (id) => Promise.resolve(seen.has(id) || !seen.add(id)),
    clock: systemClock,
    log: createLogger({ level: 'debug', write: (line) => void logged.push(line) }),
  });
  ({ url } = await app.start());
  slack.requestUrl = url && `${url}/slack/events`;
}

beforeEach(async () => {
  slack = await openStage();
  [logged, asked, seen] = [[], [], new Set()];
});
afterEach(async () => {
  await app.stop(500);
  await slack.close();
});

/** What one person sees in a channel, once the app has had its say. */
async function answers(user: { id: string }, count = 1, channel = 'C0APOLLO'): Promise<string[]> {
  await expect.poll(() => slack.messages(channel, user.id).length).toBeGreaterThanOrEqual(count);
  return slack.messages(channel, user.id).map(({ text }) => text);
}
const type = (user: { id: string }, text: string, channel = 'C0APOLLO') =>
  slack.command({ user: user.id, channel, text });

describe.each([
  ['signed HTTP', false],
  ['Socket Mode', true],
])('a command over %s', (_name, isSocket) => {
  it('is answered to the person alone, in their language', async () => {
    await open({ isSocket });
    expect(await type(claire, 'status apollo')).toMatchObject({ ok: true, status: 200 });
    expect(await answers(claire)).toEqual(['status of apollo in fr']);
    expect(slack.messages('C0APOLLO', sam.id)).toEqual([]);
    expect(asked).toMatchObject([
      { name: 'status', words: ['apollo'], channel: 'C0APOLLO', user: claire.id, userName: 'claire', locale: 'fr' },
    ]);
    expect(slack.violations).toEqual([]);
  });

  it('is acknowledged at once however long the answer takes', async () => {
    const { promise: work, resolve: finish } = Promise.withResolvers<void>();
    await open({ isSocket, answers: { ask: () => work.then(() => told(says('at last'))) } });
    // Were the answer waited for, this would never come back.
    const { ok } = await type(sam, 'status');
    expect(ok).toBe(true);
    expect(slack.messages('C0APOLLO', sam.id)).toEqual([]);
    finish();
    expect(await answers(sam)).toEqual(['at last']);
  });
});

describe('an answer', () => {
  it('is told whole, also beyond what one response_url takes', async () => {
    await open({ answers: { ask: () => told(says('long', 7)) } });
    await type(sam, 'digest apollo');
    const lines = ['long', ...Array.from({ length: 7 }, (_, at) => `long ${at + 1}`)];
    expect(await answers(sam, lines.length)).toEqual(lines);
    expect(slack.messages('C0APOLLO', claire.id)).toEqual([]);
    expect(slack.violations).toEqual([]);
  });

  it.each([
    ['help', 'help {"command":"/pmo","asked":null,"nearest":null} en'],
    ['', 'help {"command":"/pmo","asked":null,"nearest":null} en'],
    ['stauts apollo', 'help {"command":"/pmo","asked":"stauts","nearest":"status"} en'],
    ['xyzzy', 'help {"command":"/pmo","asked":"xyzzy","nearest":null} en'],
  ])('to "%s"', async (text, answer) => {
    await open();
    await type(sam, text);
    expect(await answers(sam)).toEqual([answer]);
  });

  it.each([
    ['of a language that we do not write', heinz.id, 'help', 'en'],
    ['when Slack does not say the language', 'U0STRANGER', 'help', 'en'],
  ])('is in the usual language %s', async (_name, user, text, locale) => {
    await open();
    await type({ id: user }, text);
    expect((await answers({ id: user }))[0]).toMatch(new RegExp(`${locale}$`));
  });

  it('asks for the language of a person once', async () => {
    await open();
    for (let count = 1; count <= 3; count += 1) {
      await type(claire, 'status');
      await answers(claire, count);
    }
    expect(slack.calls.filter(({ method }) => method === 'users.info')).toHaveLength(1);
  });

  it('that fails says so with a reference that the log has, and gives nothing away', async () => {
    await open({ answers: { ask: () => Promise.reject(new Error('password is hunter2')) } });
    await type(claire, 'status apollo');
    const [text] = await answers(claire);
    const reference = /"reference":"([0-9a-f]{8})"\} fr$/.exec(text ?? '')?.[1];
    expect(reference).toMatch(/^[0-9a-f]{8}$/);
    expect(text).not.toContain('hunter2');
    expect(logged.filter((line) => line.includes(reference!)).join('')).toContain('hunter2');
  });

  it('goes beside the response_url when that takes nothing', async () => {
    await open();
    await signedCommand();
    expect(await answers(sam)).toEqual(['status of apollo in en']);
    expect(slack.calls.map(({ method, outcome }) => `${method} ${outcome}`)).toContain('chat.postEphemeral ok');
    expect(slack.violations).toEqual(['response_url: unknown_url']);
  });

  it('goes to the person alone where the bot is not in the channel', async () => {
    slack.workspace.channels.get('C0APOLLO')!.members.delete(slack.bot.userId);
    await open();
    await signedCommand();
    const direct = () => slack.messages(slack.workspace.directWith(sam.id).id).map(({ text }) => text);
    await expect.poll(direct).toEqual(['status of apollo in en']);
  });

  it('shows no preview of what it links to, when everybody reads it', async () => {
    const message = says('https://jira.example/browse/APO-1', 5);
    await open({ answers: { ask: () => Promise.resolve({ kind: 'message', message, isForAll: true }) } });
    await type(sam, 'status');
    await expect.poll(() => slack.messages('C0APOLLO', sam.id).length).toBe(6);
    expect(slack.violations).toEqual([]);
  });
});

describe('App Home', () => {
  it('shows what was made last, however long an earlier one took', async () => {
    let isFirst = true;
    const home = async () => {
      const text = isFirst ? 'before' : 'after';
      if (isFirst) {
        isFirst = false;
        await systemClock.sleep(150);
      }
      return { type: 'home' as const, blocks: [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text } }] };
    };
    await open({ answers: { home } });
    const look = () => slack.event({ type: 'app_home_opened', user: sam.id, channel: 'D1', tab: 'home' });
    await Promise.all([look(), look()]);
    const published = () => slack.calls.filter(({ method }) => method === 'views.publish').length;
    await expect.poll(published).toBe(2);
    expect(JSON.stringify(slack.workspace.homeOf(sam.id))).toContain('after');
  });
});

/** A command as Slack would send it, with a response_url that Slack does not know. */
function signedCommand(over: { at?: number; secret?: string; trigger?: string; body?: string } = {}) {
  const body =
    over.body ??
    new URLSearchParams({
      command: '/pmo',
      text: 'status apollo',
      user_id: sam.id,
      channel_id: 'C0APOLLO',
      team_id: 'T1',
      response_url: `${slack.url}/commands/00`,
      trigger_id: over.trigger ?? '1.2.3',
    }).toString();
  const timestamp = String(Math.floor((over.at ?? Date.now()) / 1000));
  return fetch(`${url}/slack/events`, {
    method: 'POST',
    body,
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      'X-Slack-Request-Timestamp': timestamp,
      'X-Slack-Signature': sign(over.secret ?? slack.bot.signingSecret, timestamp, body),
    },
  });
}

describe('at the door', () => {
  const minuteMs = 60_000;
  it.each<[string, Parameters<typeof signedCommand>[0], number, number]>([
    ['a request of now', {}, 200, 1],
    ['one of four minutes ago', { at: Date.now() - 4 * minuteMs }, 200, 1],
    ['one of six minutes ago', { at: Date.now() - 6 * minuteMs }, 401, 0],
    ['one of ten minutes ahead', { at: Date.now() + 10 * minuteMs }, 401, 0],
    ['one with no time', { at: Number.NaN }, 401, 0],
    ['one with another secret', { secret: 'somebody-elses-secret' }, 401, 0],
    ['a body that is too large', { body: `text=${'x'.repeat(1_200_000)}` }, 413, 0],
  ])('%s', async (_name, over, status, taken) => {
    await open();
    expect((await signedCommand(over)).status).toBe(status);
    await app.stop(500);
    expect(asked).toHaveLength(taken);
  });

  it('a replay is acknowledged and not answered again', async () => {
    await open();
    const statuses = [];
    for (const trigger of ['1.1.a', '1.1.a', '1.1.b']) statuses.push((await signedCommand({ trigger })).status);
    await app.stop();
    expect(statuses).toEqual([200, 200, 200]);
    expect(asked).toHaveLength(2);
  });

  it('a health check is let through without a signature, and another path is not there', async () => {
    await open();
    expect(await (await fetch(`${url}/healthz`)).text()).toBe('alive');
    expect((await fetch(`${url}/nothing`)).status).toBe(404);
  });
});

describe('start and stop', () => {
  it('finishes what is under way', async () => {
    let finished = false;
    await open({
      answers: {
        async ask() {
          await systemClock.sleep(300);
          finished = true;
          return told(says('done'));
        },
      },
    });
    await type(sam, 'status');
    await app.stop(2000);
    expect(finished).toBe(true);
    expect(await answers(sam)).toEqual(['done']);
  });

  it('does not wait beyond its deadline', async () => {
    await open({ answers: { ask: () => new Promise(() => {}) } });
    await type(sam, 'status');
    const startedAt = Date.now();
    await app.stop(200);
    expect(Date.now() - startedAt).toBeLessThan(20_000);
    expect(logged.join('')).toContain('stopped before all answers were given');
  });

  it('says which port is not free', async () => {
    await open();
    const taken = Number(new URL(url!).port);
    const second = createSlackApp({
      config: slackConfig.parse({ botToken: 'xoxb-1', signingSecret: 'a-long-secret' }),
      http: { host: '127.0.0.1', port: taken },
      locale: 'en',
      answers: usual,
      seen: () => Promise.resolve(false),
      clock: systemClock,
      log: createLogger({ level: 'silent' }),
    });
    await expect(second.start()).rejects.toThrow(
      `http 127.0.0.1:${taken}: expected a free port, found one that another program uses; set \`http.host\`, \`http.port\` or PORT`,
    );
  });

  it('says what is wrong with the app token', async () => {
    const broken = createSlackApp({
      config: slackConfig.parse({
        botToken: 'xoxb-1',
        signingSecret: 'a-long-secret',
        appToken: 'xapp-wrong',
        apiUrl: slack.apiUrl,
      }),
      http: { host: '127.0.0.1', port: 0 },
      locale: 'en',
      answers: usual,
      seen: () => Promise.resolve(false),
      clock: systemClock,
      log: createLogger({ level: 'silent' }),
    });
    await open();
    await expect(broken.start()).rejects.toThrow('Socket Mode does not open: invalid_auth');
  });
});

describe('a chart below an answer', () => {
  const native = {
    text: 'as bars',
    blocks: [
      {
        type: 'data_visualization',
        title: 'Bars',
        chart: {
          type: 'bar',
          series: [{ name: 'done', data: [{ label: 'May', value: 3 }] }],
          axis_config: { categories: ['May'] },
        },
      },
    ],
  };
  const words = { text: 'in words', blocks: [] };
  let drawn: number;
  const answering = (below: Omit<Below, 'picture'>, shown: Below['native'] = null): Partial<Answers> => ({
    ask: () =>
      Promise.resolve<Reply>({
        kind: 'message',
        message: says('the answer'),
        below: () =>
          Promise.resolve([
            {
              ...below,
              picture() {
                drawn += 1;
                return Promise.resolve({ shown, words });
              },
            },
          ]),
      }),
  });
  const ask = () => slack.command({ user: sam.id, channel: 'C0APOLLO', text: 'dora' });
  beforeEach(() => {
    drawn = 0;
  });

  it('is drawn by Slack itself, and then nobody draws a picture', async () => {
    await open({ answers: answering({ native }) });
    await ask();
    expect(await answers(sam, 2)).toEqual(['the answer', 'as bars']);
    expect(slack.messages('C0APOLLO', sam.id)[1]).toMatchObject({ onlyFor: sam.id, blocks: native.blocks });
    expect(drawn).toBe(0);
    expect(slack.violations).toEqual([]);
  });

  it('is a picture where the workspace has no charts, and words where that is refused', async () => {
    slack.faults.hasCharts = false;
    const picture = { text: 'as a picture', blocks: [{ type: 'divider' }] };
    await open({ answers: answering({ native }, picture) });
    await ask();
    expect(await answers(sam, 2)).toEqual(['the answer', 'as a picture']);
    slack.faults.next({ kind: 'refuse', error: 'invalid_blocks', accepted: false }, { method: 'chat.postEphemeral' });
    await ask();
    expect(await answers(sam, 4)).toEqual(['the answer', 'as a picture', 'the answer', 'in words']);
    expect(slack.violations).toEqual([]);
  });

  it('that fails leaves the answer as it is, and is in the log', async () => {
    const below = () => Promise.reject(new Error('no ink'));
    const failing = () => Promise.resolve<Reply>({ kind: 'message', message: says('the answer'), below });
    await open({ answers: { ask: failing } });
    await ask();
    await expect.poll(() => logged.join('')).toContain('no ink');
    expect(await answers(sam)).toEqual(['the answer']);
  });
});
