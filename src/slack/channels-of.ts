import type { WebClient } from '@slack/web-api';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import { classifyFailure } from './failure.ts';

const keepMs = 300_000;
const mostPeople = 5_000;
/** Slack's most a page, and more channels than anybody reads. */
const pageSize = 200;
const mostPages = 10;

/**
 * The channels that a person and the bot are both in, remembered for five minutes. What Slack does not tell is none: a
 * person sees too little then, never too much.
 */
export function createChannelsOf(options: {
  /** With a token that is good now. */
  readonly client: () => Promise<WebClient>;
  readonly clock: Clock;
  readonly log: Logger;
}): (user: string) => Promise<readonly string[]> {
  const { client, clock, log } = options;
  const known = new Map<string, { readonly channels: readonly string[]; readonly until: number }>();
  return async (user) => {
    const held = known.get(user);
    if (held && held.until > clock.now()) return held.channels;
    const channels = await ask(user);
    known.delete(user);
    known.set(user, { channels, until: clock.now() + keepMs });
    if (known.size > mostPeople) known.delete(known.keys().next().value!);
    return channels;
  };

  async function ask(user: string): Promise<readonly string[]> {
    const channels: string[] = [];
    let cursor = '';
    try {
      for (let page = 0; page < mostPages; page += 1) {
        const types = 'public_channel,private_channel';
        const answer = await (
          await client()
        ).users.conversations({
          user,
          types,
          limit: pageSize,
          exclude_archived: true,
          cursor,
        });
        channels.push(...(answer.channels ?? []).flatMap(({ id }) => id ?? []));
        cursor = answer.response_metadata?.next_cursor ?? '';
        if (cursor === '') break;
      }
    } catch (error) {
      log.warn({ user, reason: classifyFailure(error).reason }, 'the channels of a reader are not known');
    }
    return channels;
  }
}
