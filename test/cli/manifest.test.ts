import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Io } from '../../src/cli/io.ts';
import { runCli } from '../../src/cli/program.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigie-manifest-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const secrets = 'botToken: "${SLACK_BOT_TOKEN}", signingSecret: "${SLACK_SIGNING_SECRET}"';

async function run(
  { args = [], environment = {} }: { args?: readonly string[]; environment?: Record<string, string> },
  vigie = `slack: { ${secrets} }\n`,
) {
  writeFileSync(join(directory, 'vigie.yaml'), vigie);
  let [out, err] = ['', ''];
  const io: Io = {
    stdin: (async function* () {})(),
    stdout: (text) => void (out += text),
    stderr: (text) => void (err += text),
    environment,
    isTerminal: false,
  };
  const exit = await runCli(['--config', directory, 'manifest', ...args], io);
  return { exit, out, err };
}

const publicUrl = ['--url', 'https://vigie.acme.example/'];

describe('vigie manifest', () => {
  it('needs no secret, and asks for no more than what Vigie uses', async () => {
    const { exit, out, err } = await run({ args: publicUrl });
    expect([exit, err]).toEqual([0, '']);
    expect(parse(out)).toMatchObject({
      display_information: { name: 'Vigie' },
      features: {
        bot_user: { display_name: 'vigie' },
        slash_commands: [{ command: '/pmo', url: 'https://vigie.acme.example/slack/events' }],
      },
      oauth_config: {
        scopes: {
          bot: [
            'chat:write',
            'commands',
            'channels:read',
            'groups:read',
            'channels:history',
            'groups:history',
            'im:write',
            'im:history',
            'files:write',
            'files:read',
            'usergroups:read',
            'users:read',
          ],
        },
      },
      settings: {
        socket_mode_enabled: false,
        interactivity: { is_enabled: true, request_url: 'https://vigie.acme.example/slack/events' },
      },
    });
  });

  it('is the same as JSON', async () => {
    const yaml = await run({ args: publicUrl });
    const json = await run({ args: ['--json', ...publicUrl] });
    expect(JSON.parse(json.out)).toEqual(parse(yaml.out));
  });

  it('keeps within the lengths that Slack allows', async () => {
    const { out } = await run({});
    const made = parse(out) as {
      display_information: { name: string; description: string };
      features: { slash_commands: { command: string; description: string; usage_hint: string }[] };
    };
    expect(made.display_information.name.length).toBeLessThanOrEqual(35);
    expect(made.display_information.description.length).toBeLessThanOrEqual(140);
    for (const command of made.features.slash_commands) {
      expect(command.command.length).toBeLessThanOrEqual(32);
      expect(command.description.length).toBeLessThanOrEqual(2000);
      expect(command.usage_hint.length).toBeLessThanOrEqual(1000);
    }
  });

  it('says what is still to be told when nobody said where we are', async () => {
    const { exit, out, err } = await run({});
    expect(exit).toBe(0);
    expect(out).toContain('https://YOUR-HOST/slack/events');
    expect(err).toMatch(/--url https:\/\/your\.host.*\n.*Socket Mode.*SLACK_APP_TOKEN/);
  });

  it.each<[string, Record<string, string>]>([
    ['not yet there', {}],
    ['there', { SLACK_APP_TOKEN: 'xapp-1', SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'a-secret-of-slack' }],
  ])('is for Socket Mode when the config names an app token that is %s', async (_name, environment) => {
    const { exit, out, err } = await run(
      { environment },
      `slack: { ${secrets}, appToken: "\${SLACK_APP_TOKEN}", command: /lookout }\n`,
    );
    expect([exit, err]).toEqual([0, '']);
    expect(parse(out)).toMatchObject({
      features: { slash_commands: [{ command: '/lookout' }] },
      settings: { socket_mode_enabled: true },
    });
    expect(out).not.toContain('url:');
    expect(out).not.toMatch(/xoxb|xapp|a-secret/);
  });

  it('names where people are sent back, and lets tokens be renewed, where several workspaces install it', async () => {
    const oauth = 'clientId: "1.2", clientSecret: "${CLIENT_SECRET}", stateSecret: "${STATE_SECRET}"';
    const { exit, out, err } = await run(
      { args: publicUrl },
      `slack: { signingSecret: "\${SLACK_SIGNING_SECRET}", oauth: { ${oauth} } }\n`,
    );
    expect([exit, err]).toEqual([0, '']);
    expect(parse(out)).toMatchObject({
      oauth_config: { redirect_urls: ['https://vigie.acme.example/slack/oauth_redirect'] },
      settings: {
        token_rotation_enabled: true,
        event_subscriptions: { bot_events: ['app_home_opened', 'app_uninstalled', 'tokens_revoked'] },
      },
    });
  });

  it('is made for a config that says nothing of Slack yet', async () => {
    const { exit, out } = await run({}, 'locale: fr\n');
    expect(exit).toBe(0);
    expect(parse(out)).toMatchObject({ features: { slash_commands: [{ command: '/pmo' }] } });
  });

  it.each([
    [
      'an address that is not secure',
      ['--url', 'http://vigie.acme.example'],
      undefined,
      /--url: expected .*https:\/\/, found/,
    ],
    ['no address', ['--url', 'vigie'], undefined, /--url: expected .*https:\/\/, found "vigie"/],
    [
      'a variable for what is no secret',
      [],
      `slack: { ${secrets}, command: "\${COMMAND}" }\n`,
      /slack\.command: expected the environment variable COMMAND/,
    ],
    ['a wrong config', [], `slack: { ${secrets}, command: pmo }\n`, /expected a slash command/],
  ])('refuses %s', async (_name, args, vigie, expected) => {
    const { exit, out, err } = await run({ args }, vigie);
    expect([exit, out]).toEqual([2, '']);
    expect(err).toMatch(expected);
  });
});
