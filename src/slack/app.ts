import { createHash } from 'node:crypto';
import { App } from '@slack/bolt';
import type { BlockAction, ButtonAction, RespondArguments, SlashCommand } from '@slack/bolt';
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

/** A button of ours that somebody pressed. */
export interface Press {
  /** `alert-acknowledge`: the action of the button. */
  readonly action: string;
  /** What the button carries; it came over the network. */
  readonly value: string;
  readonly channel: string;
  readonly user: string;
  /** What the person calls themselves. */
  readonly userName: string;
  readonly locale: string;
}

/** What the app says; it is given from outside, since this folder knows no project and no word. */
export interface Answers {
  status(question: StatusQuestion): Promise<Message>;
  /** What the person who pressed is told, and nobody else; null when the message itself tells it. */
  press(press: Press): Promise<Message | null>;
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
    await follow(answer(command, respond));
  });
  app.action<BlockAction<ButtonAction>>(/^alert-/, async ({ ack, body, action, respond }) => {
    await ack();
    await follow(answerPress(body, action, respond));
  });
  // What a listener does not handle itself: a failing acknowledgement, an event that nobody listens to.
  app.error((error) => {
    log.error({ error: describe(error) }, 'request failed');
    return Promise.resolve();
  });

  /** Remembers what is under way: a stop waits for it. */
  async function follow(work: Promise<void>): Promise<void> {
    underWay.add(work);
    try {
      await work;
    } finally {
      underWay.delete(work);
    }
  }

  async function answerPress(body: BlockAction, button: ButtonAction, respond: Respond): Promise<void> {
    const startedAt = clock.now();
    const { trigger_id: id, user } = body;
    const place = { channel_id: body.channel?.id ?? '', user_id: user.id };
    let locale = options.locale;
    try {
      if (await options.seen(`press:${id}`)) {
        log.warn({ id, user: user.id }, 'the same press again: not answered twice');
        return;
      }
      locale = await readerLocale(user.id);
      const { action_id: action, value = '' } = button;
      const press = { action, value, channel: place.channel_id, user: user.id, userName: user.username, locale };
      const message = await answers.press(press);
      if (message) await tell(message, place, respond);
      log.info({ action, ...place, ms: clock.now() - startedAt }, 'press answered');
    } catch (error) {
      const reference = referenceOf(id, startedAt);
      log.error({ reference, ...place, error: describe(error) }, 'press failed');
      await tell(answers.say('failed', { command: config.command, reference }, locale), place, respond);
    }
  }

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
      const reference = referenceOf(id, startedAt);
      log.error({ reference, user, channel, text: command.text, error: describe(error) }, 'command failed');
      await tell(answers.say('failed', { command: config.command, reference }, locale), command, respond);
    }
  }

  /** To the person alone, through the address that Slack gave; beside it when that is used up or gone. */
  async function tell(message: Message, place: AskedAt, respond: Respond): Promise<void> {
    for (const { text, blocks } of [message as Part, ...message.replies].slice(0, mostAnswers)) {
      try {
        await respond({ response_type: 'ephemeral', replace_original: false, text, blocks: [...blocks] });
      } catch (error) {
        log.warn({ error: describe(error) }, 'the response_url does not take the answer');
        const { channel_id: channel, user_id: user } = place;
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

type AskedAt = Pick<SlashCommand, 'channel_id' | 'user_id'>;

/** What a person can tell us of, to be found in the log. */
function referenceOf(id: string, startedAt: number): string {
  return createHash('sha256').update(`${id} ${startedAt}`).digest('hex').slice(0, 8);
}

type Respond = (message: RespondArguments) => Promise<unknown>;

/** Slack's errors say in their code what they mean; of ours the stack is what helps. */
function describe(error: unknown): string {
  const failure = classifyFailure(error);
  if (failure.kind !== 'ambiguous') return failure.reason;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
