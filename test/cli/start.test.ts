import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openApp } from '../../src/app.ts';
import type { App } from '../../src/app.ts';
import { startService } from '../../src/cli/start.ts';
import type { Service } from '../../src/cli/start.ts';
import { sign } from '../../src/demo/slack/sign.ts';
import type { SlackServer } from '../../src/demo/slack/start-slack.ts';
import { ConfigError } from '../../src/lib/errors.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { eventsPath } from '../../src/slack/receiver.ts';
import { claire, openStage, sam } from '../demo/slack/stage.ts';

let directory: string;
let slack: SlackServer;
let app: App;
let service: Service | null;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vigie-start-'));
  slack = await openStage();
  service = null;
});
afterEach(async () => {
  await service?.stop();
  await app.close();
  await slack.close();
  rmSync(directory, { recursive: true, force: true });
});

const withHttp = () => `slack: { ${secrets()} }\n`;
const withSocket = () => `slack: { ${secrets()}, appToken: "\${APP_TOKEN}" }\n`;
const withoutSlack = () => '';
const secrets = () => `botToken: "\${BOT_TOKEN}", signingSecret: "\${SIGNING_SECRET}", apiUrl: "${slack.apiUrl}"`;

async function open(slackSection: () => string): Promise<void> {
  writeFileSync(join(directory, 'vigie.yaml'), `${slackSection()}locale: en\n`);
  app = await openApp({
    config: directory,
    environment: {
      BOT_TOKEN: slack.bot.botToken,
      SIGNING_SECRET: slack.bot.signingSecret,
      APP_TOKEN: slack.bot.appToken,
      DATABASE_URL: `file:${join(directory, 'vigie.db')}`,
    },
    needs: ['sources', 'slack', 'words'],
    log: silentLogger,
  });
}

async function start(port = '0'): Promise<Service> {
  service = await startService(app, port);
  if (service.url !== null) slack.requestUrl = `${service.url}${eventsPath}`;
  return service;
}

async function ask(path: string): Promise<[number, unknown]> {
  const response = await fetch(`${service!.healthUrl}${path}`);
  return [response.status, await response.json()];
}

describe('the service', () => {
  it.each<[string, () => string, object]>([
    ['over HTTP', withHttp, { database: 'ok', slack: 'ok' }],
    ['over Socket Mode', withSocket, { database: 'ok', slack: 'ok' }],
    ['without Slack', withoutSlack, { database: 'ok' }],
  ])('tells probes that it lives and is ready %s', async (_name, section, checks) => {
    await open(section);
    await start();
    expect(await ask('/healthz')).toEqual([200, { ok: true }]);
    expect(await ask('/readyz')).toEqual([200, { ok: true, checks }]);
  });

  it('lives but is not ready when the database does not answer', async () => {
    await open(withHttp);
    await start();
    await app.close();
    expect(await ask('/healthz')).toEqual([200, { ok: true }]);
    expect(await ask('/readyz')).toEqual([503, { ok: false, checks: { database: 'failed', slack: 'ok' } }]);
  });

  it('lives but is not ready while Slack has cut the line of Socket Mode', async () => {
    await open(withSocket);
    await start();
    await slack.close();
    await expect
      .poll(() => ask('/readyz'))
      .toEqual([503, { ok: false, checks: { database: 'ok', slack: 'not connected' } }]);
    slack = await openStage();
  });

  it.each([
    ['over HTTP', withHttp],
    ['over Socket Mode', withSocket],
  ])('answers with the words of the templates, in the language of the reader, %s', async (_name, section) => {
    await open(section);
    await start();
    const say = async (user: { id: string }, text: string) => {
      expect(await slack.command({ user: user.id, channel: 'C0APOLLO', text })).toMatchObject({ ok: true });
      await expect.poll(() => slack.messages('C0APOLLO', user.id).length).toBe(1);
      return JSON.stringify(slack.messages('C0APOLLO', user.id)[0]!.blocks);
    };
    expect(await say(sam, 'hlep')).toMatch(/I don’t know.*Did you mean.*\/pmo help.*What you can ask me/s);
    expect(await say(claire, 'status')).toMatch(/Il n’y a aucun projet que je puisse montrer dans ce canal/);
    expect(slack.violations).toEqual([]);
  });

  it.each([
    ['over HTTP', withHttp],
    ['over Socket Mode', withSocket],
  ])('says which port is taken, and leaves nothing open, %s', async (_name, section) => {
    await open(section);
    const { port } = new URL(slack.url);
    await expect(start(port)).rejects.toThrow(`http 127.0.0.1:${port}: expected a free port`);
    await expect.poll(() => slack.isSocketConnected()).toBe(false);
  });

  it.each(['http', '-1', '70000', '80.5'])('refuses PORT=%s', async (port) => {
    await open(withHttp);
    await expect(start(port)).rejects.toThrow(ConfigError);
    await expect(start(port)).rejects.toThrow(`PORT: expected a port from 0 to 65535, found "${port}"`);
  });
});

describe('the same request again', () => {
  /** Slack, or whoever has seen a request of it, sends the same signed bytes. */
  async function send(body: string, seconds: number): Promise<number> {
    const timestamp = String(seconds);
    const headers = {
      'Content-Type': 'application/x-www-form-urlencoded',
      'X-Slack-Request-Timestamp': timestamp,
      'X-Slack-Signature': sign(slack.bot.signingSecret, timestamp, body),
    };
    return (await fetch(`${service!.url}${eventsPath}`, { method: 'POST', headers, body })).status;
  }
  const own = () => slack.messages('C0APOLLO', sam.id).filter(({ onlyFor }) => onlyFor === sam.id);

  it('is answered once, also by the process that comes after', async () => {
    await open(withHttp);
    await start();
    const body = new URLSearchParams({
      command: '/pmo',
      text: 'help',
      trigger_id: '1.2.same',
      user_id: sam.id,
      user_name: 'sam',
      channel_id: 'C0APOLLO',
      team_id: 'T0DEMO0001',
    }).toString();
    const now = Math.floor(Date.now() / 1000);
    expect(await send(body, now)).toBe(200);
    await expect.poll(() => own().length).toBe(1);
    await service!.stop();
    await start();
    expect(await send(body, now)).toBe(200);
    // What comes after it is answered: the same again would have been by then.
    expect(await send(body.replace('same', 'other'), now)).toBe(200);
    await expect.poll(() => own().length).toBe(2);
    await service!.stop();
    expect(own()).toHaveLength(2);
  });
});
