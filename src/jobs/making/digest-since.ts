import type { Instant } from '../../core/time/instant.ts';
import { lastSent } from '../../store/outbox.ts';
import type { JobContext } from '../context.ts';
import { slotAt, usualSince } from '../targets/digest-target.ts';
import type { DigestTarget } from '../targets/digest-target.ts';

/** Start of the period that a digest of a target tells at an instant: the end of that of the one before it. */
export async function digestSince({ db }: JobContext, target: DigestTarget, asOf: Instant): Promise<Instant> {
  const usual = usualSince(target, asOf);
  if (target.channel === null) return usual;
  const { report, subject: project, channel } = target;
  const last = await lastSent(db, { report, project, channel, beforeSlot: slotAt(target, asOf).at });
  // A period begins where the last one ended, so that nothing falls between two digests.
  return last?.asOf !== null && last?.asOf !== undefined && last.asOf < asOf ? Math.min(last.asOf, usual) : usual;
}
