import { minuteMs } from '../../core/time/instant.ts';
import type { Instant } from '../../core/time/instant.ts';
import type { Message } from '../../render/message.ts';
import { toSlack } from '../../render/slack.ts';
import type { Delivery } from '../../store/delivery.ts';
import { inTransaction } from '../../store/dialect.ts';
import { logForecasts } from '../../store/forecasts.ts';
import { markUnrenderable, postponeRendering } from '../../store/lane.ts';
import { listUnrendered, storePayload } from '../../store/outbox.ts';
import type { RenderedMessage } from '../../store/outbox.ts';
import { recordRun } from '../../store/runs.ts';
import { allTargets } from '../targets/all-targets.ts';
import { asChosen } from '../targets/as-chosen.ts';
import type { JobContext } from '../context.ts';
import { scheduleId, sprintOfKey } from '../targets/digest-target.ts';
import { illustrate } from '../making/illustrate.ts';
import { makeDigestToPublish } from '../making/make-digest.ts';
import type { PublishableDigest } from '../making/make-digest.ts';

/** A server that starts anew, a locked file: what hinders for a moment must not cost a digest. */
const againMs = [1, 2, 4, 8].map((minutes) => minutes * minuteMs);

/** Gives every planned message its words, once: what was stored is what is posted, however often it is tried. */
export async function renderDueDigests(context: JobContext): Promise<number> {
  let rendered = 0;
  const targets = new Map(
    (await allTargets(context))
      .filter((target) => target.schedule !== null || target.report === 'sprint-review')
      .map((target) => [scheduleId(target), target]),
  );
  for (const delivery of await listUnrendered(context.db, context.clock.now())) {
    const line = delivery.scheduleId === null ? undefined : targets.get(delivery.scheduleId);
    const sprint = sprintOfKey(delivery.dedupKey);
    const target = line && { ...line, ...(line.report === 'sprint-review' && sprint !== null ? { sprint } : {}) };
    if (!target) {
      await giveUp(context, delivery, 'the config no longer asks for it');
      continue;
    }
    const asOf = delivery.asOf ?? delivery.dueAt;
    try {
      const read = await asChosen(context, target);
      const made = await makeDigestToPublish(context, read, asOf);
      const { forecasts } = made;
      const message = await toMessage(context, made, read.locale);
      const at = context.clock.now();
      await inTransaction(context.db, async (tx) => {
        if (await storePayload(tx, delivery.id, { message, asOf, at })) await logForecasts(tx, delivery.id, forecasts);
      });
      await note(context, delivery, asOf, null);
      rendered += 1;
    } catch (error) {
      await putOff(context, delivery, error instanceof Error ? error.message : String(error));
    }
  }
  return rendered;
}

/** Tried again, and given up only when it fails time after time. */
async function putOff(context: JobContext, delivery: Delivery, error: string): Promise<void> {
  const waitMs = againMs[delivery.failures];
  if (waitMs === undefined) return giveUp(context, delivery, error);
  const notBefore = context.clock.now() + waitMs;
  if (await postponeRendering(context.db, delivery, { error, notBefore }))
    context.log.warn({ key: delivery.dedupKey, error, againInMs: waitMs }, 'digest could not be made');
}

/** A digest in its words and pictures, as the outbox keeps it. */
export async function toMessage(
  context: JobContext,
  digest: Pick<PublishableDigest, 'report' | 'charts'>,
  locale: string,
): Promise<RenderedMessage> {
  const message: Message = toSlack(await illustrate(context, digest, locale));
  return { root: { text: message.text, blocks: message.blocks }, replies: message.replies };
}

async function giveUp(context: JobContext, delivery: Delivery, error: string): Promise<void> {
  context.log.error({ key: delivery.dedupKey, error }, 'digest cannot be made');
  await markUnrenderable(context.db, delivery, { error, at: context.clock.now() });
  await note(context, delivery, delivery.asOf ?? delivery.dueAt, error);
}

async function note({ db, clock }: JobContext, delivery: Delivery, asOf: Instant, error: string | null): Promise<void> {
  await recordRun(db, {
    report: delivery.report ?? delivery.kind,
    project: delivery.project ?? '',
    channel: delivery.channel,
    slot: delivery.slot,
    asOf,
    madeAt: clock.now(),
    outcome: error === null ? 'made' : 'failed',
    facts: null,
    error,
  });
}
