import { minuteMs, secondMs } from '../../core/time/instant.ts';
import type { Picture } from '../../render/document.ts';
import type { Part } from '../../render/message.ts';
import {
  claim,
  listChannelsWithWork,
  markExpired,
  markRejected,
  markRetry,
  markSent,
  markUncertain,
} from '../../store/lane.ts';
import type { Claim } from '../../store/lane.ts';
import { requestTimeoutMs } from '../../slack/config.ts';
import type { PostResult } from '../../slack/post.ts';
import type { JobContext } from '../context.ts';
import type { GuardedPoster } from '../guarded-poster.ts';
import { forgetShown, showPicture } from './show-picture.ts';

/** How soon to try again what a person has to mend first (an invitation, a token). */
const mendingMs = 5 * minuteMs;
/** So often a picture is tried before its words are posted: what comes after it in the channel waits for it. */
const mostPictureFailures = 3;

export interface DeliverOptions {
  readonly signal: AbortSignal;
  /** Only this channel; all with work when left out. */
  readonly channel?: string;
}

/** What a look at the lanes did. */
export interface Delivered {
  readonly posted: number;
  /** Why messages were not posted, or not yet. */
  readonly troubles: readonly { readonly channel: string; readonly reason: string; readonly todo: string | null }[];
}

/** Posts all that is due, a lane a channel, in order. Never the same message twice: see reliability.md 3.3. */
export async function deliverDue(context: JobContext, options: DeliverOptions): Promise<Delivered> {
  const { poster } = context;
  if (!poster) return { posted: 0, troubles: [] };
  const channels = options.channel ? [options.channel] : await listChannelsWithWork(context.db, context.clock.now());
  const lanes = await Promise.all(channels.map((channel) => deliverLane(context, poster, channel, options.signal)));
  return {
    posted: lanes.reduce((sum, lane) => sum + lane.posted, 0),
    troubles: lanes.flatMap((lane) => lane.troubles),
  };
}

async function deliverLane(
  context: JobContext,
  poster: GuardedPoster,
  channel: string,
  signal: AbortSignal,
): Promise<Delivered> {
  const { db, clock } = context;
  const { settleMs, leaseMs, paceMs } = timesOf(context);
  const troubles: { channel: string; reason: string; todo: string | null }[] = [];
  let posted = 0;
  while (!signal.aborted) {
    const held = await claim(db, { channel, now: clock.now(), leaseMs, settleMs });
    if (!held) break;
    const trouble = await deliverOne(context, poster, held);
    if (trouble) troubles.push({ channel, ...trouble });
    else posted += 1;
    await clock.sleep(paceMs, signal).catch(() => undefined);
  }
  return { posted, troubles };
}

type Trouble = { readonly reason: string; readonly todo: string | null };

/** One delivery that we hold: looked for first when it may be there already. Null when it is in the channel now. */
async function deliverOne(context: JobContext, poster: GuardedPoster, held: Claim): Promise<Trouble | null> {
  const { db, clock, log } = context;
  const { delivery, threadTs } = held;
  const about = { report: delivery.report, subject: delivery.project };
  if (delivery.kind === 'edit' && threadTs !== null) {
    // Needs no look-up: the same edit twice leaves the same message.
    const edit = { channel: delivery.channel, ts: threadTs, part: delivery.payload as Part, about };
    return settle(context, held, await poster.update(edit));
  }
  const key = delivery.dedupKey.slice(0, delivery.dedupKey.lastIndexOf(':'));
  const place = { channel: delivery.channel, threadTs, key, number: delivery.partNo };
  if (held.isUncertain) {
    const found = await poster.find({ ...place, since: delivery.firstTryAt ?? delivery.dueAt });
    if (found.kind === 'found') {
      await markSent(db, held, { slackTs: found.ts, at: clock.now(), detail: 'found in the channel' });
      log.info({ key, channel: delivery.channel, copies: 1 + found.later.length }, 'delivery found');
      for (const ts of found.later) await poster.remove({ channel: delivery.channel, ts });
      return null;
    }
    if (found.kind === 'unreadable') {
      const error = `cannot tell whether it was posted: ${found.reason}`;
      await markUncertain(db, held, { error, notBefore: clock.now() + 5 * minuteMs, at: clock.now() });
      log.warn({ key, channel: delivery.channel, reason: found.reason }, 'delivery held');
      return { reason: error, todo: found.todo };
    }
    if (delivery.expiresAt !== null && delivery.expiresAt <= clock.now()) {
      await markExpired(db, held, clock.now());
      return { reason: 'it was not posted in time', todo: null };
    }
    // A slow look-up, or a process that was stopped and woken: another worker may hold it by the time we would post.
    if (clock.now() + timesOf(context).timeoutMs >= (delivery.leaseUntil ?? 0)) {
      await markUncertain(db, held, { error: 'the look-up took too long', notBefore: clock.now(), at: clock.now() });
      return { reason: 'the look-up took too long', todo: null };
    }
  }
  const part = delivery.payload as Part;
  if (part.picture) return deliverPicture(context, poster, held, { ...place, part, picture: part.picture, about });
  return settle(context, held, await poster.post({ ...place, part, about }));
}

type PicturePost = Parameters<GuardedPoster['post']>[0] & { readonly picture: Picture };

/** A message that shows a picture; its words where Slack does not take the picture, or cannot for too long. */
async function deliverPicture(
  context: JobContext,
  poster: GuardedPoster,
  held: Claim,
  { picture, part, ...place }: PicturePost,
): Promise<Trouble | null> {
  const { clock, log } = context;
  const { delivery } = held;
  const { channel } = delivery;
  const words: Part = { text: part.text, blocks: part.blocks };
  const shown = await showPicture(context, poster, { channel, picture });
  if (shown.kind === 'later' && delivery.failures < mostPictureFailures)
    return settle(context, held, { kind: 'retry', at: clock.now() + shown.afterMs, reason: shown.reason });
  // A slow upload: another worker may hold it by the time we would post. The file is kept for the next try.
  if (clock.now() + timesOf(context).timeoutMs >= (delivery.leaseUntil ?? 0))
    return settle(context, held, { kind: 'retry', at: clock.now(), reason: 'the upload took too long' });
  if (shown.kind !== 'shown') {
    log.warn({ key: delivery.dedupKey, channel, ...shown }, 'picture refused: its words are posted');
    return settle(context, held, await poster.post({ ...place, part: words }));
  }
  // The words for a notification are escaped already, as for any other message.
  const result = await poster.post({ ...place, part: { ...shown.part, text: part.text } });
  if (result.kind !== 'rejected' || result.todo !== null) return settle(context, held, result);
  log.warn({ key: delivery.dedupKey, channel, reason: result.reason }, 'picture refused: its words are posted');
  await forgetShown(context, channel, picture);
  return settle(context, held, await poster.post({ ...place, part: words }));
}

async function settle(context: JobContext, held: Claim, result: PostResult): Promise<Trouble | null> {
  const { db, clock, log } = context;
  const { delivery } = held;
  const now = clock.now();
  const fields = { key: delivery.dedupKey, channel: delivery.channel };
  if (result.kind === 'posted') {
    const isOurs = await markSent(db, held, { slackTs: result.ts, at: now });
    log[isOurs ? 'info' : 'warn']({ ...fields, ts: result.ts, isOurs }, 'delivery posted');
    return null;
  }
  if (result.kind === 'unknown') {
    const { settleMs } = timesOf(context);
    await markUncertain(db, held, { error: result.reason, notBefore: now + settleMs, at: now });
    log.warn({ ...fields, reason: result.reason }, 'delivery uncertain');
    return {
      reason: `${result.reason}: it may have been posted, and is looked up after ${settleMs / secondMs} s`,
      todo: null,
    };
  }
  if (result.kind === 'rejected') {
    const { reason, todo } = result;
    // What a person can mend waits for them, until it expires; what is wrong with the message itself stays wrong.
    if (todo === null) await markRejected(db, held, { error: reason, at: now });
    else await markRetry(db, held, { error: reason, notBefore: now + mendingMs, isFailure: true, at: now });
    log.error({ ...fields, reason, todo }, todo === null ? 'delivery refused' : 'delivery waits to be mended');
    return { reason, todo };
  }
  const isFailure = !/rate.?limit/i.test(result.reason);
  await markRetry(db, held, { error: result.reason, notBefore: result.at, isFailure, at: now });
  // To wait when Slack says so is the usual way of things.
  log[isFailure ? 'warn' : 'info']({ ...fields, reason: result.reason }, 'delivery to be tried again');
  return { reason: result.reason, todo: null };
}

/** How long a request may take, how long a delivery is held for it (the look-up before it counts), how long to settle. */
interface Times {
  readonly timeoutMs: number;
  readonly leaseMs: number;
  readonly settleMs: number;
  readonly paceMs: number;
}

function timesOf({ config }: JobContext): Times {
  const slack = config.slack ?? { settle: 60, pace: 1.1 };
  const timeoutMs = requestTimeoutMs(slack);
  return { timeoutMs, leaseMs: 3 * timeoutMs, settleMs: slack.settle * secondMs, paceMs: slack.pace * secondMs };
}
