import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SlackServer } from '../../src/demo/slack/start-slack.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { checkSlack } from '../../src/slack/check-slack.ts';
import { slackConfig } from '../../src/slack/config.ts';
import { createManifest } from '../../src/slack/manifest.ts';
import { monday, openStage, standingClock } from '../demo/slack/stage.ts';

const serverClock = standingClock(monday);
let slack: SlackServer;
beforeEach(async () => {
  slack = await openStage({ clock: serverClock });
});
afterEach(() => slack.close());

async function check(channels: readonly string[], over: { config?: object; now?: number } = {}): Promise<string[]> {
  const { bot, apiUrl } = slack;
  const problems = await checkSlack({
    config: {
      botToken: bot.botToken,
      ...slackConfig.parse({ botToken: bot.botToken, signingSecret: bot.signingSecret, apiUrl, ...over.config }),
    } as Parameters<typeof checkSlack>[0]['config'],
    channels: new Map(channels.map((id) => [id, ['public', 'private'] as const])),
    clock: standingClock(over.now ?? monday),
    log: silentLogger,
  });
  return problems.map(({ severity, what, expected, found, todo }) =>
    [severity, what, expected, found, todo].join(' | '),
  );
}

describe('the check of Slack', () => {
  it('finds nothing where all is well, over HTTP and Socket Mode', async () => {
    expect(await check(['C0APOLLO', 'C0SECRET'], { config: { appToken: slack.bot.appToken } })).toEqual([]);
  });

  it.each<[string, readonly string[], () => void, RegExp[]]>([
    [
      'a channel without the bot',
      ['C0FAR'],
      () => {},
      [/^error \| channel C0FAR \| the bot in it \| #far without the bot \| \/invite @vigie in #far$/],
    ],
    [
      'a private channel without the bot',
      ['C0HIDDEN'],
      () => {},
      [/channel C0HIDDEN .* channel_not_found .* \/invite @vigie/],
    ],
    ['an archived channel', ['C0OLD'], () => {}, [/#old is archived/]],
    [
      'a missing scope',
      ['C0APOLLO'],
      () => void (slack.bot.scopes = slack.bot.scopes.filter((scope) => scope !== 'channels:history')),
      [
        /^error .* channels:history \(to look up whether a digest was posted .* not granted .*vigie manifest/,
        /^error \| channel C0APOLLO \| a history that can be read, to post each digest once \| missing_scope/,
      ],
    ],
    [
      'a scope too many',
      [],
      () => void (slack.bot.scopes = [...slack.bot.scopes, 'canvases:write']),
      [/^warning .* no more than Vigie uses \| canvases:write/],
    ],
    [
      'a revoked token',
      ['C0APOLLO'],
      () => void (slack.bot.isRevoked = true),
      [/^error .* token_revoked .* SLACK_BOT_TOKEN/],
    ],
    [
      'a proxy that answers for Slack',
      [],
      () => slack.faults.next({ kind: 'html', accepted: false }),
      [/the answer is no JSON .* check the network/],
    ],
  ])('finds %s', async (_name, channels, spoil, expected) => {
    spoil();
    const problems = await check(channels);
    expect(problems).toHaveLength(expected.length);
    for (const [index, pattern] of expected.entries()) expect(problems[index]).toMatch(pattern);
  });

  it.each([
    [100, []],
    [
      130,
      ['error | clock | the same time as Slack within 120 s | 130 s ahead | let this machine set its clock by NTP'],
    ],
    [
      -4000,
      ['error | clock | the same time as Slack within 120 s | 4000 s behind | let this machine set its clock by NTP'],
    ],
  ])('compares the clocks: %i s', async (seconds, expected) => {
    expect(await check([], { now: monday + seconds * 1000 })).toEqual(expected);
  });

  it.each([
    ['another bot token', { botToken: 'xoxb-wrong' }, /invalid_auth .* SLACK_BOT_TOKEN/],
    ['another app token', { appToken: 'xapp-wrong' }, /Socket Mode .* invalid_auth .* SLACK_APP_TOKEN/],
    ['nothing at the address', { apiUrl: 'http://127.0.0.1:1/' }, /127\.0\.0\.1:1.* bad port .*slack\.apiUrl/],
  ])('finds %s', async (_name, config, pattern) => {
    const problems = await check([], { config });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(pattern);
  });
});

describe('the manifest', () => {
  it('asks for the scopes that the check wants, and no more', async () => {
    slack.bot.scopes = createManifest({ config: { command: '/pmo' } }).oauth_config.scopes.bot;
    expect(await check(['C0APOLLO', 'C0SECRET'])).toEqual([]);
  });

  it('keeps to the lengths of Slack', () => {
    const { display_information: about, features } = createManifest({ config: { command: '/pmo' } });
    expect(about.name.length).toBeLessThanOrEqual(35);
    expect(about.description.length).toBeLessThanOrEqual(140);
    expect(features.slash_commands[0]!.command.length).toBeLessThanOrEqual(32);
  });

  it.each([
    [{ command: '/pmo', appToken: 'xapp-1' }, undefined, true, undefined],
    [{ command: '/pmo' }, 'https://vigie.acme.com/', false, 'https://vigie.acme.com/slack/events'],
    [{ command: '/pmo' }, undefined, false, 'https://YOUR-HOST/slack/events'],
  ])('%j', (config, publicUrl, isSocket, url) => {
    const manifest = createManifest({ config, ...(publicUrl ? { publicUrl } : {}) });
    expect(manifest.settings.socket_mode_enabled).toBe(isSocket);
    expect((manifest.features.slash_commands[0] as { url?: string }).url).toBe(url);
  });
});

describe('the settings', () => {
  const oauth = { clientId: '1.2', clientSecret: 'a-client-secret', stateSecret: 'a-state-secret-of-ours' };
  it.each([
    [{ botToken: 'xoxp-user-token' }, /a bot token/],
    [{ appToken: 'xoxb-1' }, /app-level token/],
    [{ signingSecret: '' }, /signingSecret/],
    [{ command: 'pmo' }, /slash command/],
    [{ command: '/PMO' }, /slash command/],
    [{ settle: -1 }, /settle/],
    [{ apiUrl: 'ftp://x' }, /apiUrl/],
    [{ chanel: 'C1' }, /chanel/],
    [{ botToken: undefined }, /a bot token, or `oauth`/],
    [{ oauth }, /either `botToken` or `oauth`/],
    [{ botToken: undefined, oauth, appToken: 'xapp-1' }, /no `appToken` with `oauth`/],
    [{ botToken: undefined, oauth: { ...oauth, stateSecret: 'short' } }, /stateSecret/],
    [{ botToken: undefined, oauth: { ...oauth, workspaces: ['acme'] } }, /the id of a workspace/],
  ])('%j is refused', (over, message) => {
    const result = slackConfig.safeParse({ botToken: 'xoxb-1', signingSecret: 'a-long-secret', ...over });
    expect(JSON.stringify(result.error?.issues)).toMatch(message);
  });
});
