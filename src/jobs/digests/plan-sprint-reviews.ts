import { dayMs } from '../../core/time/instant.ts';
import type { Instant } from '../../core/time/instant.ts';
import { lastPullEnd, sprintsSeenClosed, sprintsWatchedSince } from '../../store/closed-sprints.ts';
import type { ClosedSprint } from '../../store/closed-sprints.ts';
import type { NewDelivery } from '../../store/outbox.ts';
import { planDigests, readSchedule } from '../../store/schedules.ts';
import { allTargets } from '../targets/all-targets.ts';
import type { JobContext } from '../context.ts';
import { reviewKey, scheduleId } from '../targets/digest-target.ts';
import type { DigestTarget } from '../targets/digest-target.ts';

/** By then the next sprint is under way, and its planning is over: a review is of no use any more. */
const usefulMs = 14 * dayMs;
/** A sprint that ended so shortly before we first looked is reviewed too; older ones were nobody's business. */
const beforeFirstSightMs = 2 * dayMs;

/**
 * Turns sprints that a finished pull showed closed into planned reviews, one a sprint and channel, and moves the
 * watermark over what was seen, in one transaction a target. A pull that is under way is waited for: sprints come before
 * the last changes of their items. After an outage every sprint that closed meanwhile has its review, those of more than
 * two weeks ago as expired.
 */
export async function planSprintReviews(context: JobContext): Promise<number> {
  let planned = 0;
  for (const target of await allTargets(context)) {
    if (target.report === 'sprint-review' && target.channel !== null) planned += await planTarget(context, target);
  }
  return planned;
}

async function planTarget({ db, clock, log }: JobContext, target: DigestTarget): Promise<number> {
  const now = clock.now();
  const id = scheduleId(target);
  const { lastSlot } = await readSchedule(db, id, now);
  const until = await lastPullEnd(db, target.subject);
  if (until === null || until <= lastSlot) return 0;
  const seen = await sprintsSeenClosed(db, target.subject, { after: lastSlot, until });
  const since = seen.length === 0 ? null : await sprintsWatchedSince(db, target.subject);
  const digests = seen
    .filter(({ completedAt }) => completedAt <= now && since !== null && completedAt >= since - beforeFirstSightMs)
    .map((sprint) => deliveryOf(target, sprint, until));
  const step = { scheduleId: id, from: lastSlot, toSlot: until, periodEnd: until };
  const made = await planDigests(db, { step, digests, at: now });
  const fresh = made?.filter(({ isNew }) => isNew).length ?? 0;
  if (fresh > 0) log.info({ schedule: id, reviews: fresh }, 'sprint review planned');
  return fresh;
}

function deliveryOf(target: DigestTarget, sprint: ClosedSprint, asOf: Instant): NewDelivery {
  return {
    key: reviewKey(target, sprint.id),
    kind: 'digest',
    channel: target.channel!,
    report: target.report,
    project: target.subject,
    scheduleId: scheduleId(target),
    slot: sprint.completedAt,
    asOf,
    dueAt: asOf,
    expiresAt: sprint.completedAt + usefulMs,
    message: null,
  };
}
