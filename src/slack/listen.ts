import { createHash } from 'node:crypto';
import type { App, BlockAction, SlashCommand, ViewSubmitAction } from '@slack/bolt';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { createLanes } from '../lib/lanes.ts';
import { createTurns } from '../lib/turns.ts';
import type { Answers, Asker, Press, Reply } from './answers.ts';
import { isDirect } from './directory.ts';
import { describeFailure } from './failure.ts';
import { parseCommand } from './parse-command.ts';
import type { Reader } from './reader.ts';
import { createTeller } from './tell.ts';
import type { Listener, Respond } from './tell.ts';
import { channelOf, fieldsOf, localeOf, valueOf, writtenIn } from './read-interaction.ts';
import type { Workspaces } from './workspaces.ts';

/** Our own buttons, menus and forms begin so; a link button, which needs no answer, does not. */
const ownActions = /^(alert|answer|home|form)-/;
const ownForms = /^form-/;

export interface ListenOptions {
  readonly app: App;
  readonly command: string;
  readonly workspaces: Workspaces;
  /** Several workspaces: each is asked by its own client. */
  readonly isOfMany: boolean;
  readonly answers: Answers;
  readonly locale: string;
  /** `shown`: the language of what they have before them. */
  readonly readerOf: (user: string, team: string | null, shown?: string | null) => Promise<Reader>;
  readonly heard?: (channel: string, team: string) => Promise<void>;
  readonly uninstalled?: (team: string) => Promise<void>;
  /** True when this id was asked about before; remembers it. */
  readonly seen: (id: string) => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Logger;
}

/** An answer is for one person, and has to come within a second: who else is in the channel may be a minute old. */
const freshEnoughMs = 60_000;
/** Whoever fills in a form was shown what it is about minutes ago. */
const freshEnoughForFormsMs = 600_000;
/** Slack waits three seconds for a form to close; what it comes to by then is told in it, and else after it. */
const longestForFormsMs = 1_800;

/** One request of a person: what to remember it by, and how to tell them something. */
interface Asked extends Listener {
  readonly id: string;
  readonly userName: string;
}

type Who = Omit<Asked, 'id' | 'respond'>;

/** Everything that people do to us in Slack: acknowledged first, answered after. What is under way, to be waited for. */
export function listen(options: ListenOptions): ReadonlySet<Promise<void>> {
  const { app, workspaces, answers, clock, log } = options;
  const underWay = new Set<Promise<void>>();
  const { tell, show } = createTeller({ workspaces, log });
  const turn = createTurns();
  const homes = createLanes();

  app.command(options.command, async ({ ack, command, respond }) => {
    await ack();
    const asked = askedBy(`command:${command.trigger_id}`, { ...command, team: teamOf(command.team_id) }, respond);
    await follow(handle('command', asked, (asker) => answerCommand(command, asked, asker)));
  });
  app.action<BlockAction>(ownActions, async ({ ack, body, action, respond }) => {
    await ack();
    const team = teamOf(body.team?.id ?? body.user.team_id);
    const who = { team, channel_id: body.channel?.id ?? '', user_id: body.user.id, user_name: body.user.username };
    const asked = askedBy(`press:${body.trigger_id}`, who, body.response_url ? respond : null);
    await follow(
      handle('press', asked, async (asker) => {
        const view = body.view?.callback_id ?? body.view?.type ?? null;
        const press: Press = { ...asker, action: action.action_id, value: valueOf(action), view };
        const reply = await answers.press(press);
        if (reply) await give(reply, asked, body.trigger_id);
        // What was pressed may have been the language: the reader is asked for anew.
        if (body.view?.type === 'home')
          await showHome({ ...asker, ...(await options.readerOf(asker.user, team)) }, team);
      }),
    );
  });
  app.view<ViewSubmitAction>(ownForms, async ({ ack, body, view }) => {
    const team = teamOf(body.team?.id ?? body.user.team_id);
    const about = view.private_metadata;
    const { id: user, name: userName } = body.user;
    const who = { team, channel: channelOf(about), user, userName };
    const asked: Asked = { id: `form:${view.id}:${view.hash}`, ...who, respond: null };
    const { values } = view.state;
    const submitted = options.readerOf(user, team, localeOf(about)).then((reader) => {
      const asker = askerOf(who, reader, freshEnoughForFormsMs);
      return answers.submit({ ...asker, id: view.id, form: view.callback_id, about, fields: fieldsOf(values) });
    });
    const soon = await within(longestForFormsMs, submitted);
    if (soon?.kind === 'mistakes') return ack({ response_action: 'errors', errors: soon.mistakes });
    await ack();
    await follow(
      handle('form', asked, async (asker) => {
        const taken = await submitted;
        if (taken.kind === 'mistakes') {
          const data = { mistakes: Object.values(taken.mistakes), written: writtenIn(values) };
          return tell(answers.say('not-taken', data, asker.locale), asked);
        }
        const message = await taken.after?.();
        if (message) await tell(message, asked);
        // A form without a channel was opened in App Home.
        if (asker.channel === '') await showHome(asker, team);
      }),
    );
  });
  app.event('app_home_opened', async ({ event, body }) => {
    if (event.tab !== 'home') return;
    const team = teamOf(body.team_id);
    const asked = { id: `event:${body.event_id}`, team, channel: '', user: event.user, userName: '', respond: null };
    await follow(handle('home', asked, (asker) => showHome(asker, team)));
  });
  // Bolt leaves what it knows of a workspace that is gone where it is.
  app.event('app_uninstalled', async ({ body }) => gone(body));
  app.event('tokens_revoked', async ({ event, body }) => {
    if ((event.tokens.bot ?? []).length > 0) await gone(body);
  });
  // What a listener does not handle itself: a failing acknowledgement, an event that nobody listens to.
  app.error((error) => {
    log.error({ error: describeFailure(error) }, 'request failed');
    return Promise.resolve();
  });
  return underWay;

  function teamOf(id: string | undefined): string | null {
    return options.isOfMany ? (id ?? null) : null;
  }

  async function gone({ event_id: id, team_id: team }: { readonly event_id: string; readonly team_id: string }) {
    if (await options.seen(`event:${id}`)) return;
    log.error({ team }, 'a workspace has taken the app or its token away');
    await options.uninstalled?.(team);
  }

  function askerOf({ team, ...who }: Who, reader: Reader, maxAgeMs = freshEnoughMs): Asker {
    const { channel, user } = who;
    const directory = workspaces.directory(team);
    const isAlone = channel === '' || isDirect(channel);
    return {
      ...who,
      ...reader,
      direct: async () => {
        const own = await directory.directWith(user);
        if (own !== null && team !== null) await options.heard?.(own, team);
        return own;
      },
      isOneOf: (ids) => directory.isOneOf(user, ids),
      channels: () => directory.channelsOf(user),
      audience: () => (isAlone ? directory.direct(user) : directory.channel(channel, maxAgeMs)),
    };
  }

  /** What it comes to when that is known so soon; null when it is not, or fails. */
  async function within<T>(ms: number, work: Promise<T>): Promise<T | null> {
    const isKnown = new AbortController();
    const late = clock.sleep(ms, isKnown.signal).then(
      () => null,
      () => null,
    );
    try {
      return await Promise.race([work, late]);
    } catch {
      return null;
    } finally {
      isKnown.abort(new Error('known'));
    }
  }

  /** Remembers what is under way: a stop waits for it. */
  async function follow(work: Promise<void>): Promise<void> {
    underWay.add(work);
    try {
      await work;
    } finally {
      underWay.delete(work);
    }
  }

  /** The same request again is not answered twice; what fails is told with a reference that the log has. */
  async function handle(kind: string, asked: Asked, work: (asker: Asker) => Promise<void>): Promise<void> {
    const startedAt = clock.now();
    const { id, team, channel, user, userName } = asked;
    let { locale } = options;
    try {
      if (await options.seen(id)) {
        log.warn({ kind, id, user }, 'the same request again: not answered twice');
        return;
      }
      // Many may ask at once: all are acknowledged before the first answers are written.
      await turn();
      if (team !== null && channel !== '') await options.heard?.(channel, team);
      const reader = await options.readerOf(user, team);
      ({ locale } = reader);
      await work(askerOf({ team, channel, user, userName }, reader));
      log.info({ kind, user, channel, locale, ms: clock.now() - startedAt }, 'answered');
    } catch (error) {
      await fail(kind, asked, error, locale);
    }
  }

  async function fail(kind: string, asked: Asked, error: unknown, locale: string): Promise<void> {
    const { id, channel, user } = asked;
    const reference = createHash('sha256').update(`${id} ${clock.now()}`).digest('hex').slice(0, 8);
    log.error({ kind, reference, user, channel, error: describeFailure(error) }, 'request failed');
    await tell(answers.say('failed', { command: options.command, reference }, locale), asked);
  }

  async function answerCommand({ text, trigger_id: trigger }: SlashCommand, asked: Asked, asker: Asker): Promise<void> {
    const ask = parseCommand(text);
    const { command } = options;
    if (ask.name !== 'help') return give(await answers.ask({ ...ask, ...asker }), asked, trigger);
    const help = answers.say('help', { command, asked: ask.asked, nearest: ask.nearest }, asker.locale);
    await tell(help, asked);
  }

  async function give(reply: Reply, asked: Asked, trigger: string): Promise<void> {
    if (reply.kind === 'form') {
      const client = await workspaces.client(asked.team);
      await client.views.open({ trigger_id: trigger, view: reply.view });
      return;
    }
    const isForAll = reply.isForAll === true;
    await tell(reply.message, asked, isForAll);
    if (!reply.below) return;
    try {
      for (const below of await reply.below()) await show(below, asked, isForAll);
    } catch (error) {
      // The answer is told: nobody has to hear that its picture is missing.
      log.error({ error: describeFailure(error) }, 'no picture below an answer');
    }
  }

  /** One after the other: of two that were made at once, the one that knows more must not be followed by the other. */
  async function showHome(asker: Asker, team: string | null): Promise<void> {
    await homes(`${team} ${asker.user}`, async () => {
      const client = await workspaces.client(team);
      await client.views.publish({ user_id: asker.user, view: await answers.home(asker) });
    });
  }
}

function askedBy(
  id: string,
  who: Pick<SlashCommand, 'channel_id' | 'user_id' | 'user_name'> & { readonly team: string | null },
  respond: Respond | null,
): Asked {
  return { id, team: who.team, channel: who.channel_id, user: who.user_id, userName: who.user_name, respond };
}
