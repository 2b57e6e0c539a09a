import { createHash } from 'node:crypto';
import { App } from '@slack/bolt';
import type { RespondArguments, SlashCommand } from '@slack/bolt';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Message, Part } from '../render/message.ts';
import type { SlackConfig } from './config.ts';
import { classifyFailure } from './failure.ts';
import { slackLogger } from './logger.ts';
import { parseCommand } from './parse-command.ts';
import { createSlackClient } from './post.ts';
import { createReaderLocale } from './reader-locale.ts';
import type { HttpOptions } from './receiver.ts';
import { openHttpDoor, openSocketDoor } from './receiver.ts';

/** Who asks, where, and about what; as the person wrote it. */
export interface StatusQuestion {
  /** Null when they named none. */
  readonly project: string | null;
  readonly channel: string;
  readonly user: string;
  readonly locale: string;
  readonly asOf: string | null;
}

/** What the app says; it is given from outside, since this folder knows no project and no word. */
export interface Answers {
  status(question: StatusQuestion): Promise<Message>;
  /** Words for a code: `help` { command, asked, nearest }, `failed` { command, reference }. */
  say(code: 'help' | 'failed', data: Readonly<Record<string, string | null>>, locale: string): Message;
}

export interface SlackAppOptions {
  readonly config: SlackConfig;
  readonly http: HttpOptions;
  /** For readers whose language we do not write. */
  readonly locale: string;
  /** What we can write. */
  readonly locales?: readonly string[];
  readonly answers: Answers;
  /** True when this id was asked about before; remembers it. */
  readonly seen: (id: string) => Promise<boolean>;
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

/** Slack takes five answers on one response_url. */
const mostAnswers = 5;
const usualDeadlineMs = 10_000;
/** Answers that nobody waits for any more are not worth a longer request. */
const requestTimeoutMs = 5_000;

/** The Bolt app: Socket Mode when the config has an `appToken`, else HTTP on `/slack/events`. */
export function createSlackApp(options: SlackAppOptions): SlackApp {
  const { config, answers, clock, log } = options;
  const door = config.appToken
    ? openSocketDoor({ ...config, appToken: config.appToken }, log)
    : openHttpDoor(config, options.http, { clock, log });
  const app = new App({
    receiver: door.receiver,
    // Nothing is asked of Slack before a request is acknowledged: Bolt would call auth.test within the three seconds.
    authorize: () => Promise.resolve({ botToken: config.botToken }),
    logger: slackLogger(log),
  });
  const client = createSlackClient({ ...config, timeoutMs: requestTimeoutMs, log });
  const readerLocale = createReaderLocale({
    client,
    locales: options.locales ?? ['en', 'fr'],
    fallback: options.locale,
    clock,
    log,
  });
  const underWay = new Set<Promise<void>>();

  app.command(config.command, async ({ ack, command, respond }) => {
    await ack();
    const work = answer(command, respond);
    underWay.add(work);
    try {
      await work;
    } finally {
      underWay.delete(work);
    }
  });
  // What a listener does not handle itself: a failing acknowledgement, an event that nobody listens to.
  app.error((error) => {
    log.error({ error: describe(error) }, 'request failed');
    return Promise.resolve();
  });

  async function answer(command: SlashCommand, respond: Respond): Promise<void> {
    const startedAt = clock.now();
    const { trigger_id: id, user_id: user, channel_id: channel } = command;
    let locale = options.locale;
    try {
      if (await options.seen(`command:${id}`)) {
        log.warn({ id, user }, 'the same command again: not answered twice');
        return;
      }
      locale = await readerLocale(user);
      const ask = parseCommand(command.text);
      const message =
        ask.kind === 'status'
          ? await answers.status({ project: ask.project, asOf: ask.asOf, channel, user, locale })
          : answers.say('help', { command: config.command, asked: ask.asked, nearest: ask.nearest }, locale);
      await tell(message, command, respond);
      log.info({ ask: ask.kind, user, channel, locale, ms: clock.now() - startedAt }, 'command answered');
    } catch (error) {
      const reference = createHash('sha256').update(`${id} ${startedAt}`).digest('hex').slice(0, 8);
      log.error({ reference, user, channel, text: command.text, error: describe(error) }, 'command failed');
      await tell(answers.say('failed', { command: config.command, reference }, locale), command, respond);
    }
  }

  /** To the person alone, through the address that Slack gave; beside it when that is used up or gone. */
  async function tell(message: Message, command: SlashCommand, respond: Respond): Promise<void> {
    for (const { text, blocks } of [message as Part, ...message.replies].slice(0, mostAnswers)) {
      try {
        await respond({ response_type: 'ephemeral', replace_original: false, text, blocks: [...blocks] });
      } catch (error) {
        log.warn({ error: describe(error) }, 'the response_url does not take the answer');
        const { channel_id: channel, user_id: user } = command;
        await client.chat.postEphemeral({ channel, user, text, blocks: [...blocks] });
      }
    }
  }

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

type Respond = (message: RespondArguments) => Promise<unknown>;

/** Slack's errors say in their code what they mean; of ours the stack is what helps. */
function describe(error: unknown): string {
  const failure = classifyFailure(error);
  if (failure.kind !== 'ambiguous') return failure.reason;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
