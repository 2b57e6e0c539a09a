import { explainSubject } from '../../core/explain/explain-subject.ts';
import type { Explanation, Unexplained } from '../../core/explain/explain-subject.ts';
import { asksForPast } from '../../core/explain/subject.ts';
import type { ProjectId } from '../../core/model/ids.ts';
import type { Instant } from '../../core/time/instant.ts';
import { listPublished } from '../../store/forecasts.ts';
import { lastSent } from '../../store/outbox.ts';
import type { JobContext } from '../context.ts';
import { targetFor } from '../targets/digest-target.ts';
import type { DigestTarget } from '../targets/digest-target.ts';
import { digestSince } from './digest-since.ts';
import { measureProject } from './measure-project.ts';

export interface ExplainQuestion {
  readonly asked: string | null;
  readonly asOf: Instant;
  /** Nobody asked for a day: what happened is then told of the last digest's period, whose numbers are in question. */
  readonly isNow: boolean;
}

/** Where a number of a project comes from. What changed is measured over the period of its digest. */
export async function explainProject(
  context: JobContext,
  id: ProjectId,
  { asked, asOf, isNow }: ExplainQuestion,
): Promise<Explanation | Unexplained> {
  const { thresholds } = context.config;
  if (!asksForPast(asked)) {
    const [measured] = await measureProject(context, id, [asOf]);
    return explainSubject({ ...measured!, thresholds }, asked);
  }
  const target = targetFor(context.config, 'project-digest', id);
  const until = isNow ? ((await lastDigestAt(context, target)) ?? asOf) : asOf;
  const since = await digestSince(context, target, until);
  const [now, then, before] = await measureProject(context, id, [asOf, until, since]);
  const published = await listPublished(context.db, id, asOf);
  const told = asked?.toLowerCase() === 'period' ? then! : now!;
  return explainSubject({ ...told, previous: before!, published, thresholds }, asked);
}

/** Figures may have been kept before it: the newest one is the one that was read. */
async function lastDigestAt({ db, clock }: JobContext, target: DigestTarget): Promise<Instant | null> {
  const { report, subject: project, channel } = target;
  const last = channel === null ? null : await lastSent(db, { report, project, channel, beforeSlot: clock.now() + 1 });
  return last?.asOf ?? null;
}
