import { dueBetween, slotName } from '../../core/time/schedule.ts';
import type { Instant } from '../../core/time/instant.ts';
import type { NewDelivery } from '../../store/outbox.ts';
import { planDigests, readSchedule } from '../../store/schedules.ts';
import { allTargets } from '../targets/all-targets.ts';
import type { JobContext } from '../context.ts';
import { digestKey, expiryOf, scheduleId } from '../targets/digest-target.ts';
import type { DigestTarget, Slot } from '../targets/digest-target.ts';

/**
 * Turns the due times since the last look into planned messages, and moves the watermark, in one transaction a schedule.
 * Of several that were missed only the newest is posted (it tells the whole period); the others are kept as expired.
 */
export async function planDueDigests(context: JobContext): Promise<number> {
  let planned = 0;
  for (const target of await allTargets(context)) {
    if (target.channel !== null && target.schedule !== null) planned += await planTarget(context, target);
  }
  return planned;
}

async function planTarget({ db, clock, log }: JobContext, target: DigestTarget): Promise<number> {
  const now = clock.now();
  const id = scheduleId(target);
  const { lastSlot } = await readSchedule(db, id, now);
  const due = dueBetween(target.schedule!, { after: lastSlot, until: now }, target.zone);
  const newest = due.at(-1);
  if (newest === undefined) return 0;
  const digests = due.map((at) => {
    const slot = { at, name: slotName(at, target.zone) };
    return deliveryOf(target, slot, at === newest ? expiryOf(target, slot) : at);
  });
  const step = { scheduleId: id, from: lastSlot, toSlot: newest, periodEnd: newest };
  const made = await planDigests(db, { step, digests, at: now });
  if (!made) return 0;
  log.info({ schedule: id, due: due.length, slot: digests.at(-1)!.key }, 'digest planned');
  return made.filter(({ isNew }) => isNew).length;
}

function deliveryOf(target: DigestTarget, slot: Slot, expiresAt: Instant): NewDelivery {
  return {
    key: digestKey(target, slot),
    kind: 'digest',
    channel: target.channel!,
    report: target.report,
    project: target.subject,
    scheduleId: scheduleId(target),
    slot: slot.at,
    asOf: slot.at,
    dueAt: slot.at,
    expiresAt,
    message: null,
  };
}
