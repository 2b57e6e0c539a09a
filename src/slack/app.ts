import { App } from '@slack/bolt';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Answers } from './answers.ts';
import type { SlackConfig } from './config.ts';
import { listen } from './listen.ts';
import { slackLogger } from './logger.ts';
import { createReaderOf, noPreferences } from './reader.ts';
import type { Preferences } from './reader.ts';
import { createReaderLocale } from './reader-locale.ts';
import type { Installations } from './installed-client.ts';
import { NotInstalled } from './not-installed.ts';
import type { HttpOptions } from './receiver.ts';
import { openHttpDoor, openSocketDoor } from './receiver.ts';
import { openWorkspaces, perWorkspace } from './workspaces.ts';

export interface SlackAppOptions {
  readonly config: SlackConfig;
  readonly http: HttpOptions;
  /** For readers whose language we do not write. */
  readonly locale: string;
  /** What we can write. */
  readonly locales?: readonly string[];
  readonly answers: Answers;
  /** What people chose for themselves; nothing when left out. */
  readonly preferences?: Preferences;
  /** True when this id was asked about before; remembers it. */
  readonly seen: (id: string) => Promise<boolean>;
  /** Where workspaces are kept that installed the app; needed where the config has `oauth`. */
  readonly installations?: Installations;
  /** A channel was heard of in a workspace. */
  readonly heard?: (channel: string, team: string) => Promise<void>;
  /** A workspace has taken the app out, or its token away. */
  readonly uninstalled?: (team: string) => Promise<void>;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface SlackApp {
  /** The address that listens for Slack; null over Socket Mode. */
  start(): Promise<{ readonly url: string | null }>;
  /** Takes nothing more, finishes what is under way, for at most `deadlineMs`. */
  stop(deadlineMs?: number): Promise<void>;
  /** Whether Slack can bring us something now, as far as we can tell. */
  isOpen(): boolean;
}

const usualDeadlineMs = 10_000;
/** Answers that nobody waits for any more are not worth a longer request. */
const requestTimeoutMs = 5_000;

/** The Bolt app: Socket Mode when the config has an `appToken`, else HTTP on `/slack/events`. */
export function createSlackApp(options: SlackAppOptions): SlackApp {
  const { config, clock, log } = options;
  const installations = options.installations ?? null;
  const door = config.appToken
    ? openSocketDoor({ ...config, appToken: config.appToken }, log)
    : openHttpDoor(config, options.http, { installations, clock, log });
  const app = new App({
    receiver: door.receiver,
    authorize: authorizer(config, installations),
    logger: slackLogger(log),
  });
  const workspaces = openWorkspaces({ config, installations, timeoutMs: requestTimeoutMs, clock, log });
  const locales = options.locales ?? ['en', 'fr'];
  const localeOf = perWorkspace((team) =>
    createReaderLocale({
      client: () => workspaces.client(team),
      locales,
      fallback: options.locale,
      clock,
      log,
    }),
  );
  const underWay = listen({
    ...options,
    app,
    command: config.command,
    workspaces,
    // One workspace is not told from another, however it calls itself.
    isOfMany: config.oauth !== undefined,
    readerOf: (user, team, shown) =>
      createReaderOf(localeOf(team), options.preferences ?? noPreferences)(
        user,
        locales.find((locale) => locale === shown),
      ),
  });

  return {
    async start() {
      return { url: await door.open() };
    },
    async stop(deadlineMs = usualDeadlineMs) {
      const finished = door.close().then(() => Promise.allSettled(underWay));
      const late = new AbortController();
      await Promise.race([finished, clock.sleep(deadlineMs, late.signal).catch(() => undefined)]);
      late.abort(new Error('stopped'));
      if (underWay.size > 0) log.warn({ left: underWay.size }, 'stopped before all answers were given');
      door.cut();
    },
    isOpen: () => door.isOpen(),
  };
}

/**
 * Nothing is asked of Slack before a request is acknowledged: Bolt would call auth.test, or renew a token, within the
 * three seconds. Our own clients have tokens of their own.
 */
function authorizer(
  { botToken, oauth }: SlackConfig,
  installations: Installations | null,
): (source: { readonly teamId?: string | undefined }) => Promise<{ botToken: string }> {
  if (oauth === undefined) return () => Promise.resolve({ botToken: botToken! });
  return async ({ teamId }) => {
    const found = teamId === undefined ? null : await installations?.find(teamId);
    if (!found?.bot) throw new NotInstalled(teamId ?? null);
    return { botToken: found.bot.token };
  };
}
