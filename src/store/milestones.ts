import type { ProjectId } from '../core/model/ids.ts';
import type { NamedMilestone } from '../core/model/project.ts';
import type { Day } from '../core/time/day.ts';
import type { Instant } from '../core/time/instant.ts';
import { inTransaction } from './dialect.ts';
import { sanitize } from './sanitize.ts';
import { stableJson } from './snapshots.ts';
import type { Db } from './tables.ts';

/** A milestone as the config says it now. */
export interface ConfiguredMilestone {
  readonly id: string;
  readonly name: string;
  readonly on: Day | null;
  readonly scope: NamedMilestone['scope'];
  /** Who set this date, when that is known. */
  readonly by?: string | null;
}

/**
 * Keeps the milestones that the config names: a date row when the date differs from the last one, so the first promise
 * and every later move stay. One that left the config is marked, not forgotten.
 */
export async function recordMilestones(
  db: Db,
  project: ProjectId,
  milestones: readonly ConfiguredMilestone[],
  at: Instant,
): Promise<void> {
  const clean = sanitize(milestones).value;
  await inTransaction(db, async (tx) => {
    for (const milestone of clean) await recordMilestone(tx, project, milestone, at);
    let left = tx
      .updateTable('milestone')
      .set({ removed_at: at })
      .where('project', '=', project)
      .where('removed_at', 'is', null);
    const ids = clean.map((milestone) => milestone.id);
    if (ids.length > 0) left = left.where('id', 'not in', ids);
    await left.execute();
  });
}

async function recordMilestone(tx: Db, project: ProjectId, milestone: ConfiguredMilestone, at: Instant): Promise<void> {
  const { id, name, on } = milestone;
  const scope = stableJson(milestone.scope);
  await tx
    .insertInto('milestone')
    .values({ project, id, name, scope, removed_at: null })
    .onConflict((conflict) => conflict.columns(['project', 'id']).doUpdateSet({ name, scope, removed_at: null }))
    .execute();
  const last = await tx
    .selectFrom('milestone_date')
    .select(['at', 'on_day'])
    .where('project', '=', project)
    .where('milestone_id', '=', id)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (last && last.on_day === on) return;
  // Rows go up in time even when the clock was set back, or the ledger would tell the moves in the wrong order.
  const when = last ? Math.max(at, last.at + 1) : at;
  await tx
    .insertInto('milestone_date')
    .values({ project, milestone_id: id, at: when, on_day: on, author: milestone.by ?? null })
    .execute();
}

/** The milestones that the config names now, each with every date it had, oldest first. */
export async function loadMilestones(db: Db, project: ProjectId): Promise<NamedMilestone[]> {
  const milestones = await db
    .selectFrom('milestone')
    .select(['id', 'name', 'scope'])
    .where('project', '=', project)
    .where('removed_at', 'is', null)
    .orderBy('id')
    .execute();
  const dates = await db
    .selectFrom('milestone_date')
    .select(['milestone_id', 'at', 'on_day', 'author'])
    .where('project', '=', project)
    .orderBy('at')
    .execute();
  const byMilestone = Map.groupBy(dates, (row) => row.milestone_id);
  return milestones.map(({ id, name, scope }) => ({
    id,
    name,
    scope: JSON.parse(scope) as NamedMilestone['scope'],
    dates: (byMilestone.get(id) ?? []).map((row) => ({ at: row.at, on: row.on_day as Day | null, by: row.author })),
  }));
}
