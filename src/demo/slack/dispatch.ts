import { createCarrier } from './carry.ts';
import type { CarrierOptions, Dispatched } from './carry.ts';
import { findAction, stateOf } from './enter.ts';
import { lackingIn, misplacedErrors } from './fill-form.ts';
import type { FieldErrors } from './fill-form.ts';
import { isObject } from './shape.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { SlackView } from './workspace.ts';

export interface CommandInput {
  readonly user: string;
  readonly channel: string;
  /** After the command. */
  readonly text: string;
  /** The app's own unless said otherwise. */
  readonly command?: string;
}

export interface InteractInput {
  readonly user: string;
  readonly channel: string;
  readonly messageTs: string;
  readonly actionId: string;
  /** What is chosen, where the element is a menu. */
  readonly value?: string;
}

export interface SubmitInput {
  readonly user: string;
  /** By the id of its block; what is left out stays as the form had it. */
  readonly values: Readonly<Record<string, string>>;
}

export interface DispatcherOptions extends CarrierOptions {
  readonly urls: ResponseUrls;
  readonly origin: () => string;
  readonly violations: string[];
}

/** As Slack sends what a person types. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** After the first try at once: events come again, commands and buttons never. */
const retryDelaysMs = [0, 60_000, 300_000];

/** What people do in Slack, and what happens there, as the app is told it. */
export function createDispatcher(options: DispatcherOptions) {
  const { workspace, urls, clock, violations } = options;
  const { bot, team } = workspace;
  const bring = createCarrier(options);

  /** Whoever is not in a private channel sees nothing of it, and types nothing there. */
  function isIn(channel: string, user: string): boolean {
    const place = workspace.channels.get(channel);
    return place !== undefined && (!place.isPrivate || place.members.has(user));
  }

  function people(user: string, channel: string) {
    const name = workspace.channels.get(channel)?.name ?? 'directmessage';
    return { user: { id: user, username: workspace.users.get(user)?.name ?? user }, channel: { id: channel, name } };
  }

  async function command(input: CommandInput): Promise<Dispatched> {
    const { user, channel, text, command: name = bot.command } = input;
    if (name !== bot.command) {
      whisper(channel, user, `${name} is not a valid command.`);
      return { ok: false, status: null, ms: 0, error: 'unknown_command' };
    }
    if (!isIn(channel, user)) return { ok: false, status: null, ms: 0, error: 'channel_not_found' };
    const url = urls.make({ channel, user, messageTs: null }, clock.now());
    const who = people(user, channel);
    const payload = {
      token: 'legacy-verification-token',
      team_id: team.id,
      team_domain: team.domain,
      channel_id: channel,
      channel_name: workspace.channels.get(channel)?.isPrivate ? 'privategroup' : who.channel.name,
      user_id: user,
      user_name: who.user.username,
      command: name,
      text: escaped(text),
      api_app_id: bot.appId,
      is_enterprise_install: 'false',
      response_url: `${options.origin()}/commands/${url.id}`,
      trigger_id: urls.makeTrigger(clock.now(), user),
    };
    const { body, ...taken } = await bring({ envelope: 'slash_commands', payload });
    if (taken.error !== null) whisper(channel, user, `${name} failed with the error "${taken.error}"`);
    else if (body !== '') answerInBody(body, channel, user);
    return taken;
  }

  /** A listener may answer in its acknowledgement: text or JSON. */
  function answerInBody(body: string, channel: string, user: string): void {
    const value: unknown = body.startsWith('{') ? JSON.parse(body) : { text: body };
    if (!isObject(value) || (value['text'] === undefined && value['blocks'] === undefined)) return;
    workspace.add({
      channel,
      user: bot.userId,
      isBot: true,
      text: typeof value['text'] === 'string' ? value['text'] : '',
      blocks: Array.isArray(value['blocks']) ? value['blocks'] : [],
      threadTs: null,
      metadata: null,
      landsAt: clock.now(),
      onlyFor: value['response_type'] === 'in_channel' ? null : user,
    });
  }

  /** What Slack itself tells one person. */
  function whisper(channel: string, user: string, text: string): void {
    workspace.add({
      channel,
      user: 'USLACKBOT',
      isBot: false,
      text,
      blocks: [],
      threadTs: null,
      metadata: null,
      landsAt: clock.now(),
      onlyFor: user,
    });
  }

  async function interact(input: InteractInput): Promise<Dispatched> {
    const { user, channel, messageTs, actionId, value } = input;
    const found = isIn(channel, user) ? workspace.find(channel, messageTs) : null;
    // What only somebody else sees has no buttons for this person.
    const message = found === null || (found.onlyFor !== null && found.onlyFor !== user) ? null : found;
    const action = message ? findAction(message.blocks, actionId, value) : null;
    if (!message || !action) return { ok: false, status: null, ms: 0, error: 'action_not_found' };
    const url = urls.make({ channel, user, messageTs }, clock.now());
    const { body: _, ...taken } = await bring({
      envelope: 'interactive',
      payload: {
        ...interaction('block_actions', user),
        ...people(user, channel),
        response_url: `${options.origin()}/commands/${url.id}`,
        container: {
          type: 'message',
          message_ts: messageTs,
          channel_id: channel,
          is_ephemeral: message.onlyFor !== null,
        },
        message: { type: 'message', ts: messageTs, user: message.user, text: message.text, blocks: message.blocks },
        actions: [{ ...action, action_ts: workspace.nextTs(clock.now()) }],
      },
    });
    return taken;
  }

  /** A person presses or chooses something in their home. */
  async function interactHome({
    user,
    actionId,
    value,
  }: Omit<InteractInput, 'channel' | 'messageTs'>): Promise<Dispatched> {
    const view = workspace.homeOf(user);
    const blocks = view && Array.isArray(view.content['blocks']) ? (view.content['blocks'] as unknown[]) : [];
    const action = findAction(blocks, actionId, value);
    if (!view || !action) return { ok: false, status: null, ms: 0, error: 'action_not_found' };
    const { body: _, ...taken } = await bring({
      envelope: 'interactive',
      payload: {
        ...interaction('block_actions', user),
        user: people(user, '').user,
        container: { type: 'view', view_id: view.id },
        view: presentView(view),
        actions: [{ ...action, action_ts: workspace.nextTs(clock.now()) }],
      },
    });
    return taken;
  }

  /** A person sends the form on top: it closes, or shows what is wrong by block. */
  async function submit({ user, values }: SubmitInput): Promise<Dispatched & { readonly errors: FieldErrors | null }> {
    const view = workspace.viewsOf(user).at(-1);
    if (!view) return { ok: false, status: null, ms: 0, error: 'no_view', errors: null };
    const state = { values: stateOf(view.content, values) };
    const lacking = lackingIn(view.content, state.values, workspace.users.get(user)?.locale ?? 'en');
    if (Object.keys(lacking).length > 0)
      return { ok: false, status: null, ms: 0, error: 'form_incomplete', errors: lacking };
    const { body, ...taken } = await bring({
      envelope: 'interactive',
      payload: {
        ...interaction('view_submission', user),
        user: { ...people(user, '').user, name: workspace.users.get(user)?.name ?? user },
        view: { ...presentView(view), state },
        response_urls: [],
      },
    });
    const answer: unknown = body.startsWith('{') ? JSON.parse(body) : null;
    const errors =
      isObject(answer) && answer['response_action'] === 'errors' ? (answer['errors'] as FieldErrors) : null;
    const misplaced = misplacedErrors(view.content, errors ?? {});
    if (misplaced.length > 0) violations.push(`view_submission: errors for no field: ${misplaced.join(', ')}`);
    if (taken.ok && errors === null) workspace.closeViews(user);
    return { ...taken, errors };
  }

  function interaction(type: string, user: string) {
    return {
      type,
      token: 'legacy-verification-token',
      api_app_id: bot.appId,
      team: { id: team.id, domain: team.domain },
      trigger_id: urls.makeTrigger(clock.now(), user),
    };
  }

  function presentView(view: SlackView): Record<string, unknown> {
    return {
      ...view.content,
      id: view.id,
      hash: view.hash,
      team_id: team.id,
      app_id: bot.appId,
      state: { values: {} },
    };
  }

  /** An event, and again up to three times while the app does not take it. */
  async function event(inner: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<readonly Dispatched[]> {
    const payload = {
      type: 'event_callback',
      token: 'legacy-verification-token',
      team_id: team.id,
      api_app_id: bot.appId,
      event: inner,
      event_id: `Ev${urls.makeTrigger(clock.now()).replaceAll('.', '')}`,
      event_time: Math.floor(clock.now() / 1000),
    };
    const tries: Dispatched[] = [];
    for (let retry = 0; retry <= retryDelaysMs.length; retry += 1) {
      const reason = tries.at(-1)?.error === 'operation_timeout' ? 'http_timeout' : 'http_error';
      const headers: Record<string, string> =
        retry === 0 ? {} : { 'X-Slack-Retry-Num': String(retry), 'X-Slack-Retry-Reason': reason };
      const { body: _, ...taken } = await bring({ envelope: 'events_api', payload, headers });
      tries.push(taken);
      const delayMs = retryDelaysMs[retry];
      if (taken.ok || delayMs === undefined) break;
      await clock.sleep(delayMs, signal);
    }
    return tries;
  }

  return { command, interact, interactHome, submit, event };
}
