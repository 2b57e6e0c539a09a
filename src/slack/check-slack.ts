import type { WebClient } from '@slack/web-api';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { ChannelTrait, SlackConfig } from './config.ts';
import { createDirectory } from './directory.ts';
import type { Directory } from './directory.ts';
import { classifyFailure } from './failure.ts';
import { createSlackClient } from './post.ts';
import { botScopes } from './scopes.ts';

export interface SlackProblem {
  readonly severity: 'error' | 'warning';
  readonly what: string;
  readonly expected: string;
  readonly found: string;
  readonly todo: string;
}

type TokenConfig = SlackConfig & { readonly botToken: string };

export interface CheckSlackOptions {
  /** Of one workspace: with the token that it gave. */
  readonly config: TokenConfig;
  /** The channels that the config names, by id, with what they may be for what they are told. */
  readonly channels: ReadonlyMap<string, readonly ChannelTrait[]>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Beyond this, requests of Slack are refused as stale and digests come at the wrong time. */
const mostSkewMs = 120_000;
const reinstall = 'update the app with `vigie manifest` and install it again';

/** Is Slack reachable with these secrets, may the bot do what it must, and is it in its channels? None: all is well. */
export async function checkSlack(options: CheckSlackOptions): Promise<readonly SlackProblem[]> {
  const { config, clock, log } = options;
  let serverDate: string | null = null;
  const client = createSlackClient({
    ...config,
    log,
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      serverDate = response.headers.get('date') ?? serverDate;
      return response;
    },
  });
  const problems: SlackProblem[] = [];
  try {
    const who = await client.auth.test();
    problems.push(...checkScopes(who.response_metadata?.scopes ?? null));
  } catch (error) {
    return [unreachable(error, config)];
  }
  problems.push(...checkClock(serverDate, clock.now()));
  if (config.appToken) problems.push(...(await checkSocket({ ...config, botToken: config.appToken }, log)));
  const directory = createDirectory({ client: () => Promise.resolve(client), clock, log });
  for (const [channel, allowed] of options.channels)
    problems.push(...(await checkChannel(client, channel)), ...(await checkAudience(directory, channel, allowed)));
  return problems;
}

function unreachable(error: unknown, { apiUrl }: SlackConfig): SlackProblem {
  const failure = classifyFailure(error);
  const todo =
    failure.kind === 'rejected' && failure.todo
      ? failure.todo
      : 'check the network, the proxy and `slack.apiUrl` from this machine';
  return {
    severity: 'error',
    what: apiUrl ?? 'https://slack.com/api/',
    expected: 'an answer to auth.test with this bot token',
    found: failure.reason,
    todo,
  };
}

function checkScopes(granted: readonly string[] | null): SlackProblem[] {
  if (granted === null) return [];
  const missing = Object.keys(botScopes).filter((scope) => !granted.includes(scope));
  const excess = granted.filter((scope) => !(scope in botScopes));
  return [
    ...missing.map((scope) => ({
      severity: 'error' as const,
      what: 'scopes of the bot token',
      expected: `${scope} (to ${botScopes[scope]})`,
      found: 'not granted',
      todo: reinstall,
    })),
    ...excess.map((scope) => ({
      severity: 'warning' as const,
      what: 'scopes of the bot token',
      expected: 'no more than Vigie uses',
      found: scope,
      todo: `take it away from the app: ${reinstall}`,
    })),
  ];
}

function checkClock(serverDate: string | null, now: number): SlackProblem[] {
  const skewMs = serverDate === null ? Number.NaN : now - Date.parse(serverDate);
  if (Number.isNaN(skewMs) || Math.abs(skewMs) <= mostSkewMs) return [];
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  return [
    {
      severity: 'error',
      what: 'clock',
      expected: `the same time as Slack within ${mostSkewMs / 1000} s`,
      found: `${seconds} s ${skewMs > 0 ? 'ahead' : 'behind'}`,
      todo: 'let this machine set its clock by NTP',
    },
  ];
}

async function checkSocket(config: TokenConfig, log: Logger): Promise<SlackProblem[]> {
  try {
    await createSlackClient({ ...config, log }).apps.connections.open({});
    return [];
  } catch (error) {
    return [
      {
        severity: 'error',
        what: 'Socket Mode',
        expected: 'a connection with this app token',
        found: classifyFailure(error).reason,
        todo: 'make an app-level token with connections:write and put it in SLACK_APP_TOKEN',
      },
    ];
  }
}

async function checkChannel(client: WebClient, channel: string): Promise<SlackProblem[]> {
  const problem = (expected: string, found: string, todo: string): SlackProblem[] => [
    { severity: 'error', what: `channel ${channel}`, expected, found, todo },
  ];
  try {
    const { channel: info } = await client.conversations.info({ channel });
    const name = info?.name ? `#${info.name}` : channel;
    if (info?.is_archived) return problem('a channel in use', `${name} is archived`, 'unarchive it or name another');
    if (!info?.is_member) return problem('the bot in it', `${name} without the bot`, `/invite @vigie in ${name}`);
  } catch (error) {
    const failure = classifyFailure(error);
    const todo = 'check the id (channel details, at the end); a private channel needs /invite @vigie first';
    return problem('a channel that the bot can see', failure.reason, todo);
  }
  try {
    await client.conversations.history({ channel, limit: 1, include_all_metadata: true });
    return [];
  } catch (error) {
    const { reason } = classifyFailure(error);
    return problem('a history that can be read, to post each digest once', reason, reinstall);
  }
}

/** Who else reads there; what else is wrong with the channel has been said. */
async function checkAudience(
  directory: Directory,
  channel: string,
  allowed: readonly ChannelTrait[],
): Promise<SlackProblem[]> {
  const state = await directory.channel(channel, 0);
  if (state.kind !== 'open' || !state.hasBot) return [];
  const refused = state.traits.filter((trait) => !allowed.includes(trait));
  if (refused.length === 0) return [];
  return [
    {
      severity: 'error',
      what: `channel ${channel}`,
      expected: `a channel that is or has nothing but: ${allowed.join(', ')}`,
      found: `#${state.name}, which is or has: ${refused.join(', ')}`,
      todo: 'change the channel, or allow it under `access.channels` of its projects; nothing of them is posted there now',
    },
  ];
}
