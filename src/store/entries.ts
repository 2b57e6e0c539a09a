import { readPlan, writePlan } from '../core/dependencies/written-plan.ts';
import type { WrittenPlan } from '../core/dependencies/written-plan.ts';
import type { ProjectId } from '../core/model/ids.ts';
import type { Chart } from '../core/reports/charts/chart.ts';
import type { PortfolioEntry } from '../core/reports/portfolio-input.ts';
import type { Instant } from '../core/time/instant.ts';
import { inTransaction } from './dialect.ts';
import { sanitize } from './sanitize.ts';
import type { Db } from './tables.ts';

/** What digests tell of a project from an instant on. */
export interface KeptEntry {
  readonly since: Instant;
  readonly entry: PortfolioEntry;
  /** What is shown with the digest. */
  readonly charts: readonly Chart[];
}

/** The entry that was made together with the sheet of `madeAt`, for a period that began after `after` and by `until`. */
export async function readEntry(
  db: Db,
  project: ProjectId,
  { madeAt, after, until }: { readonly madeAt: Instant; readonly after: Instant; readonly until: Instant },
): Promise<KeptEntry | null> {
  const row = await db
    .selectFrom('digest_entry')
    .select(['since', 'entry'])
    .where('project', '=', project)
    .where('made_at', '=', madeAt)
    .where('since', '>', after)
    .where('since', '<=', until)
    .orderBy('since', 'desc')
    .executeTakeFirst();
  return row ? { since: row.since, ...read(JSON.parse(row.entry) as Written) } : null;
}

export async function hasAny(db: Db, project: ProjectId): Promise<boolean> {
  const row = await db.selectFrom('digest_entry').select('since').where('project', '=', project).executeTakeFirst();
  return row !== undefined;
}

/** In place of all that were kept of the project. */
export async function saveEntries(
  db: Db,
  project: ProjectId,
  { madeAt, entries }: { readonly madeAt: Instant; readonly entries: readonly KeptEntry[] },
): Promise<void> {
  const rows = entries.map((kept) => ({
    project,
    since: kept.since,
    made_at: madeAt,
    entry: JSON.stringify(sanitize(write(kept)).value),
  }));
  await inTransaction(db, async (tx) => {
    await tx.deleteFrom('digest_entry').where('project', '=', project).execute();
    if (rows.length > 0) await tx.insertInto('digest_entry').values(rows).execute();
    const sheet = tx.updateTable('sheet').set({ has_entries: 1 });
    await sheet.where('project', '=', project).where('made_at', '=', madeAt).execute();
  });
}

interface Written extends Pick<KeptEntry, 'charts'> {
  readonly entry: Omit<PortfolioEntry, 'plan'> & { readonly plan: WrittenPlan };
}

function write({ entry, charts }: KeptEntry): Written {
  return { entry: { ...entry, plan: writePlan(entry.plan) }, charts };
}

function read({ entry, charts }: Written): Omit<KeptEntry, 'since'> {
  return { entry: { ...entry, plan: readPlan(entry.plan) }, charts };
}
