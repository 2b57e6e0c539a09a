import { WebClient } from '@slack/web-api';
import type { FetchFunction } from '@slack/web-api';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Part } from '../render/message.ts';
import { classifyFailure } from './failure.ts';
import { slackLogger } from './logger.ts';
import { createUploads } from './upload.ts';
import type { Uploads } from './upload.ts';

export type PostResult =
  | { readonly kind: 'posted'; readonly ts: string }
  /** Not sent; to be sent again from this instant on. */
  | { readonly kind: 'retry'; readonly at: number; readonly reason: string }
  /** Perhaps sent: to be looked up with `find` after the settle time, never just sent again. */
  | { readonly kind: 'unknown'; readonly reason: string }
  /** Not sent, and the same again would be refused again. */
  | { readonly kind: 'rejected'; readonly reason: string; readonly todo: string | null };

export type FindResult =
  /** `later` are further copies, oldest first: for the janitor. */
  | { readonly kind: 'found'; readonly ts: string; readonly later: readonly string[] }
  | { readonly kind: 'absent' }
  /** History cannot tell: hold the message. */
  | { readonly kind: 'unreadable'; readonly reason: string; readonly todo: string | null };

/** Where a part goes and what it is known by. `part` of a key: 0 is the message, 1... its replies. */
export interface Place {
  readonly channel: string;
  readonly threadTs: string | null;
  readonly key: string;
  readonly number?: number;
}

export interface Poster extends Uploads {
  post(post: Place & { readonly part: Part }): Promise<PostResult>;
  /** Looks for what `post` may have left since an instant of our clock. */
  find(place: Place & { readonly since: number }): Promise<FindResult>;
  /** Says something else in a message of ours. The same twice is the same: what is unknown may simply be sent again. */
  update(edit: { readonly channel: string; readonly ts: string; readonly part: Part }): Promise<PostResult>;
  /** Takes a message away; one that is gone already counts as removed. */
  remove(place: {
    readonly channel: string;
    readonly ts: string;
  }): Promise<{ readonly kind: 'removed' } | { readonly kind: 'failed'; readonly reason: string }>;
}

export interface ClientOptions {
  readonly botToken: string;
  readonly apiUrl?: string | undefined;
  readonly timeoutMs?: number;
  readonly fetch?: FetchFunction;
  readonly log: Logger;
}

export interface PosterOptions {
  /** The client of the workspace that a channel is in. */
  readonly clientOf: (channel: string) => Promise<WebClient>;
  readonly clock: Clock;
}

export const deliveryEvent = 'vigie_delivery';
/** Slack's clock names the message, ours says since when, and a look that begins after the message posts it again. */
const clockMarginMs = 3_600_000;
const pageSize = 200;
/** 10,000 messages within minutes is no channel that a digest goes to. */
const maxPages = 50;

/** A client that sends each request once: the SDK's own retries post twice (reliability.md 2.7). */
export function createSlackClient(options: ClientOptions): WebClient {
  return new WebClient(options.botToken, {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: options.timeoutMs ?? 10_000,
    logger: slackLogger(options.log),
    ...(options.apiUrl ? { slackApiUrl: withSlash(options.apiUrl) } : {}),
    ...(options.fetch ? { fetch: options.fetch } : {}),
  });
}

export function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}

export function createPoster({ clientOf, clock }: PosterOptions): Poster {
  const failed = (error: unknown): PostResult => {
    const failure = classifyFailure(error);
    if (failure.kind === 'ambiguous') return { kind: 'unknown', reason: failure.reason };
    if (failure.kind === 'rejected') return failure;
    return { kind: 'retry', at: clock.now() + failure.afterMs, reason: failure.reason };
  };
  return {
    ...createUploads(clientOf, clock),
    async post({ channel, threadTs, part, key, number = 0 }) {
      try {
        const client = await clientOf(channel);
        const { ts } = await client.chat.postMessage({
          channel,
          text: part.text,
          blocks: [...part.blocks],
          unfurl_links: false,
          unfurl_media: false,
          // `text` is what notifications show: a title with stars in it is told with them.
          mrkdwn: false,
          metadata: { event_type: deliveryEvent, event_payload: { key, part: number } },
          ...(threadTs === null ? {} : { thread_ts: threadTs }),
        });
        return ts ? { kind: 'posted', ts } : { kind: 'unknown', reason: 'the answer has no ts' };
      } catch (error) {
        return failed(error);
      }
    },
    async update({ channel, ts, part }) {
      try {
        // Text alone would take the blocks away.
        const client = await clientOf(channel);
        await client.chat.update({ channel, ts, text: part.text, blocks: [...part.blocks] });
        return { kind: 'posted', ts };
      } catch (error) {
        return failed(error);
      }
    },
    async find({ channel, threadTs, key, number = 0, since }) {
      const found: string[] = [];
      const range = {
        channel,
        oldest: String(Math.max(0, Math.floor((since - clockMarginMs) / 1000))),
        inclusive: true,
        include_all_metadata: true,
        limit: pageSize,
      };
      let cursor = '';
      try {
        const client = await clientOf(channel);
        for (let page = 0; page < maxPages; page += 1) {
          const at = cursor ? { ...range, cursor } : range;
          const answer =
            threadTs === null
              ? await client.conversations.history(at)
              : await client.conversations.replies({ ...at, ts: threadTs });
          for (const message of answer.messages ?? []) {
            if (message.ts && carries(message.metadata, key, number)) found.push(message.ts);
          }
          cursor = answer.response_metadata?.next_cursor ?? '';
          if (!cursor) return inOrder(found);
        }
        if (found.length > 0) return inOrder(found);
        return { kind: 'unreadable', reason: `more than ${maxPages * pageSize} messages since then`, todo: null };
      } catch (error) {
        const failure = classifyFailure(error);
        return { kind: 'unreadable', reason: failure.reason, todo: failure.kind === 'rejected' ? failure.todo : null };
      }
    },
    async remove({ channel, ts }) {
      try {
        const client = await clientOf(channel);
        await client.chat.delete({ channel, ts });
        return { kind: 'removed' };
      } catch (error) {
        const { reason } = classifyFailure(error);
        return reason.startsWith('message_not_found') ? { kind: 'removed' } : { kind: 'failed', reason };
      }
    },
  };
}

function carries(metadata: unknown, key: string, number: number): boolean {
  if (typeof metadata !== 'object' || metadata === null) return false;
  const { event_type: type, event_payload: payload } = metadata as Record<string, unknown>;
  if (type !== deliveryEvent || typeof payload !== 'object' || payload === null) return false;
  const { key: itsKey, part } = payload as Record<string, unknown>;
  return itsKey === key && Number(part) === number;
}

function inOrder(found: readonly string[]): FindResult {
  const [ts, ...later] = found.toSorted((left, right) => Number(left) - Number(right));
  return ts === undefined ? { kind: 'absent' } : { kind: 'found', ts, later };
}
