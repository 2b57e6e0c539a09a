import type { ProjectId } from '../../core/model/ids.ts';
import { dayMs } from '../../core/time/instant.ts';
import type { Instant } from '../../core/time/instant.ts';
import { hasAny, readEntry as readKept, saveEntries } from '../../store/entries.ts';
import type { KeptEntry } from '../../store/entries.ts';
import { readSheet } from '../../store/sheets.ts';
import type { KeptSheet } from '../../store/sheets.ts';
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
    for (const { since } of await periodsOf(context, id)) {
      const [before] = await measureProject(context, id, [since]);
      const { zone } = now.view.calendar;
      const made = await tellProject(context, id, { now, before: before!, since, zone, isToBePublished: false });
      entries.push({ since, entry: made.entry(), charts: made.charts() });
    }
  await saveEntries(context.db, id, { madeAt: asOf, entries });
}

/** Whether each of those digests would find what was kept: one that was posted since began another period. */
export async function hasNewestEntries(context: JobContext, id: ProjectId, sheet: KeptSheet): Promise<boolean> {
  if (!sheet.hasEntries) return false;
  if (!(await hasAny(context.db, id))) return true;
  for (const period of await periodsOf(context, id))
    if ((await findEntry(context, id, { ...period, madeAt: sheet.madeAt })) === null) return false;
  return true;
}

/** A period that a digest would tell now. */
export interface DigestPeriod {
  readonly since: Instant;
  /** Without a rhythm it moves with the clock: one that began some hours before is still the same. */
  readonly isRolling: boolean;
}

async function periodsOf(context: JobContext, id: ProjectId): Promise<readonly DigestPeriod[]> {
  const { config, clock } = context;
  const periods = new Map<Instant, DigestPeriod>();
  for (const target of [targetFor(config, 'project-digest', id), targetFor(config, 'portfolio-digest', 'portfolio')]) {
    const since = await digestSince(context, target, clock.now());
    periods.set(since, { since, isRolling: target.schedule === null });
  }
  return [...periods.values()];
}

/** What was kept of a project for a digest of a period, with how old the data is by now; null where nothing is. */
export async function readEntry(context: JobContext, id: ProjectId, period: DigestPeriod): Promise<KeptEntry | null> {
  const sheet = await readSheet(context.db, id);
  if (!sheet || !holds(context, id, sheet)) return null;
  const kept = await findEntry(context, id, { ...period, madeAt: sheet.madeAt });
  if (kept === null) return null;
  const { digest } = kept.entry;
  const trust = { ...digest.trust, dataAt: sheet.dataAt };
  return { ...kept, entry: { ...kept.entry, digest: { ...digest, trust } } };
}

function findEntry(
  { db }: JobContext,
  id: ProjectId,
  { since, isRolling, madeAt }: DigestPeriod & { readonly madeAt: Instant },
): Promise<KeptEntry | null> {
  return readKept(db, id, { madeAt, after: isRolling ? since - dayMs : since - 1, until: since });
}
