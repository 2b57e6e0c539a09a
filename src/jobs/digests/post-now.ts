import { hourMs, minuteMs } from '../../core/time/instant.ts';
import type { Instant } from '../../core/time/instant.ts';
import { inTransaction } from '../../store/dialect.ts';
import { logForecasts } from '../../store/forecasts.ts';
import { hurryLane, nextWake } from '../../store/lane.ts';
import { enqueue, findDelivery, listParts } from '../../store/outbox.ts';
import { deliverDue } from '../posting/deliver.ts';
import type { JobContext } from '../context.ts';
import { digestKey, slotAt } from '../targets/digest-target.ts';
import type { DigestTarget } from '../targets/digest-target.ts';
import { makeDigestToPublish } from '../making/make-digest.ts';
import { toMessage } from './render-digests.ts';

export type PostOutcome =
  | { readonly kind: 'posted'; readonly key: string }
  | { readonly kind: 'already posted'; readonly key: string }
  | { readonly kind: 'waiting'; readonly key: string; readonly reason: string; readonly todo: string | null }
  | { readonly kind: 'refused'; readonly key: string; readonly reason: string; readonly todo: string | null };

/** Slack's own pauses and the settling of one uncertain post fit in; what takes longer stays in the outbox. */
const patienceMs = 3 * minuteMs;
const expiryMs = 48 * hourMs;

/**
 * Makes a digest and posts it, waiting for the delivery. However often it is called for the same slot, it is posted
 * once; when it cannot be posted now it stays in the outbox.
 */
export async function postNow(
  context: JobContext,
  target: DigestTarget & { readonly channel: string },
  { asOf, signal }: { readonly asOf: Instant; readonly signal: AbortSignal },
): Promise<PostOutcome> {
  const { db, clock } = context;
  const slot = slotAt(target, asOf);
  const key = digestKey(target, slot);
  const known = await findDelivery(db, key);
  if (known?.state === 'sent' && (await isWhole(context, known.id))) return { kind: 'already posted', key };
  if (!known) {
    const made = await makeDigestToPublish(context, target, asOf);
    const { forecasts } = made;
    const message = await toMessage(context, made, target.locale);
    const now = clock.now();
    const { report, subject: project, channel } = target;
    const about = { key, kind: 'digest', channel, report, project, scheduleId: null, slot: slot.at, asOf };
    await inTransaction(db, async (tx) => {
      const { id, isNew } = await enqueue(tx, { ...about, dueAt: now, expiresAt: now + expiryMs, message }, now);
      if (isNew) await logForecasts(tx, id, forecasts);
    });
  }
  return waitFor(context, key, { channel: target.channel, signal, until: clock.now() + patienceMs });
}

async function waitFor(
  context: JobContext,
  key: string,
  wait: { readonly channel: string; readonly signal: AbortSignal; readonly until: Instant },
): Promise<PostOutcome> {
  const { db, clock } = context;
  const { channel, signal, until } = wait;
  await hurryLane(db, channel, clock.now());
  for (;;) {
    const { troubles } = await deliverDue(context, { channel, signal });
    const delivery = await findDelivery(db, key);
    if (delivery?.state === 'sent' && (await isWhole(context, delivery.id))) return { kind: 'posted', key };
    const trouble = troubles.at(-1);
    const reason = delivery?.error ?? trouble?.reason ?? 'another message of the channel is before it';
    const todo = trouble?.todo ?? null;
    if (delivery?.state === 'dead' || delivery?.state === 'expired') return { kind: 'refused', key, reason, todo };
    const wake = await nextWake(db, (context.config.slack?.settle ?? 60) * 1000);
    const isTooLong = wake === null || wake > until || clock.now() > until || todo !== null;
    if (signal.aborted || isTooLong) return { kind: 'waiting', key, reason, todo };
    await clock.sleep(Math.max(250, wake - clock.now()), signal).catch(() => undefined);
  }
}

/** A digest is posted when its thread is, too. */
async function isWhole({ db }: JobContext, rootId: number): Promise<boolean> {
  return (await listParts(db, rootId)).every(({ state }) => state === 'sent');
}
