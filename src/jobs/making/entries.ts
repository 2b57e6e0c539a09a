import type { ProjectId } from '../../core/model/ids.ts';
import { dayMs } from '../../core/time/instant.ts';
import type { Instant } from '../../core/time/instant.ts';
import { readEntry as readKept, saveEntries } from '../../store/entries.ts';
import type { KeptEntry } from '../../store/entries.ts';
import { readSheet } from '../../store/sheets.ts';
import type { JobContext } from '../context.ts';
import { targetFor } from '../targets/digest-target.ts';
import { digestSince } from './digest-since.ts';
import { measureProject } from './measure-project.ts';
import type { Measured } from '../recent-views.ts';
import { holds } from './sheet-state.ts';
import { tellProject } from './tell-project.ts';

/** Above it a second view costs more than it is asked for: the digest is then measured when somebody wants it. */
const mostItems = 20_000;

/** Keeps what the project's own digest and the portfolio's would tell of it now, beside the sheet of that moment. */
export async function keepEntries(context: JobContext, id: ProjectId, now: Measured): Promise<void> {
  const { asOf } = now.view;
  const entries: KeptEntry[] = [];
  if (now.view.items.length <= mostItems)
    for (const since of await sincesOf(context, id, asOf)) {
      const [before] = await measureProject(context, id, [since]);
      const { zone } = now.view.calendar;
      const made = await tellProject(context, id, { now, before: before!, since, zone, isToBePublished: false });
      entries.push({ since, entry: made.entry(), charts: made.charts() });
    }
  await saveEntries(context.db, id, { madeAt: asOf, entries });
}

async function sincesOf(context: JobContext, id: ProjectId, asOf: Instant): Promise<ReadonlySet<Instant>> {
  const { config } = context;
  const targets = [targetFor(config, 'project-digest', id), targetFor(config, 'portfolio-digest', 'portfolio')];
  return new Set(await Promise.all(targets.map((target) => digestSince(context, target, asOf))));
}

/**
 * What was kept of a project for a digest from an instant on; null where nothing is, or it is of another day. Without a
 * rhythm a period moves with the clock: one that began earlier by hours is still the same.
 */
export async function readEntry(context: JobContext, id: ProjectId, since: Instant): Promise<KeptEntry | null> {
  const sheet = await readSheet(context.db, id);
  if (!sheet || !holds(context, id, sheet)) return null;
  return readKept(context.db, id, { madeAt: sheet.madeAt, after: since - dayMs, until: since });
}
