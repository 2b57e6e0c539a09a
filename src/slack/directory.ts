import type { WebClient } from '@slack/web-api';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { createChannelsOf } from './channels-of.ts';
import type { ChannelTrait } from './config.ts';
import { classifyFailure } from './failure.ts';
import { createIsOneOf } from './groups.ts';
import { createHasOutsider } from './outsiders.ts';

/** A channel as Slack has it now. */
export type ChannelState =
  | {
      readonly kind: 'open';
      readonly name: string;
      readonly traits: readonly ChannelTrait[];
      /** Whether the bot is in it, and may post. */
      readonly hasBot: boolean;
    }
  /** Nobody can post there; a private channel that the bot was taken out of is not found. */
  | { readonly kind: 'closed'; readonly reason: 'archived' | 'not-found'; readonly name: string | null }
  /** Slack did not tell; `todo` where a person has to mend something first. */
  | { readonly kind: 'unknown'; readonly reason: string; readonly todo: string | null };

/** A conversation of the bot with one person, by Slack's id. */
export function isDirect(channel: string): boolean {
  return channel.startsWith('D');
}

/** Who reads what, as Slack has it. */
export interface Directory {
  /** `maxAgeMs`: how old the answer may be; 0 asks anew. */
  channel(id: string, maxAgeMs: number): Promise<ChannelState>;
  /** A direct conversation with one person. */
  direct(person: string): Promise<ChannelState>;
  /** The id of that conversation; null when Slack does not open one. */
  directWith(person: string): Promise<string | null>;
  channelsOf(person: string): Promise<readonly string[]>;
  isOneOf(person: string, ids: readonly string[]): Promise<boolean>;
}

export interface DirectoryOptions {
  /** With a token that is good now. */
  readonly client: () => Promise<WebClient>;
  readonly clock: Clock;
  readonly log: Logger;
}

const pageSize = 1000;
/** Nobody tells a project's troubles to 20,000 people; more are taken for a channel with guests. */
const mostPages = 20;
const mostChannels = 5_000;

export function createDirectory(options: DirectoryOptions): Directory {
  const { client, clock, log } = options;
  const hasOutsider = createHasOutsider(options);
  const known = new Map<string, { readonly state: ChannelState; readonly at: number }>();

  return {
    channelsOf: createChannelsOf(options),
    isOneOf: createIsOneOf(options),
    async channel(id, maxAgeMs) {
      const held = known.get(id);
      if (held && clock.now() - held.at < maxAgeMs) return held.state;
      const state = await look(id);
      known.delete(id);
      // What is not known is asked for again at once.
      if (state.kind !== 'unknown') known.set(id, { state, at: clock.now() });
      if (known.size > mostChannels) known.delete(known.keys().next().value!);
      return state;
    },
    async directWith(person) {
      try {
        return (await (await client()).conversations.open({ users: person })).channel?.id ?? null;
      } catch (error) {
        log.warn({ user: person, reason: classifyFailure(error).reason }, 'a person cannot be written to');
        return null;
      }
    },
    async direct(person) {
      try {
        const isOutside = await hasOutsider([person]);
        const traits: readonly ChannelTrait[] = isOutside ? ['direct', 'guests'] : ['direct'];
        return { kind: 'open', name: '', traits, hasBot: true };
      } catch (error) {
        return unknown(person, error);
      }
    },
  };

  async function look(id: string): Promise<ChannelState> {
    try {
      const { channel } = await (await client()).conversations.info({ channel: id });
      const name = channel?.name ?? null;
      if (channel?.is_archived) return { kind: 'closed', reason: 'archived', name };
      const traits: ChannelTrait[] = [channel?.is_private ? 'private' : 'public'];
      if (channel?.is_ext_shared) traits.push('shared');
      if (await hasGuests(id)) traits.push('guests');
      return { kind: 'open', name: name ?? id, traits, hasBot: channel?.is_member === true };
    } catch (error) {
      if (classifyFailure(error).reason === 'channel_not_found')
        return { kind: 'closed', reason: 'not-found', name: null };
      return unknown(id, error);
    }
  }

  async function hasGuests(channel: string): Promise<boolean> {
    let cursor = '';
    for (let page = 0; page < mostPages; page += 1) {
      const answer = await (await client()).conversations.members({ channel, limit: pageSize, cursor });
      if (await hasOutsider(answer.members ?? [])) return true;
      cursor = answer.response_metadata?.next_cursor ?? '';
      if (cursor === '') return false;
    }
    return true;
  }

  function unknown(id: string, error: unknown): ChannelState {
    const failure = classifyFailure(error);
    const { reason } = failure;
    log.warn({ channel: id, reason }, 'it is not known who reads a channel');
    return { kind: 'unknown', reason, todo: failure.kind === 'rejected' ? failure.todo : null };
  }
}
