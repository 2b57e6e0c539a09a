import type { ProjectId } from '../core/model/ids.ts';
import type { Sprint } from '../core/model/plan.ts';
import type { Instant } from '../core/time/instant.ts';
import type { Db } from './tables.ts';

export interface ClosedSprint extends Sprint {
  readonly completedAt: Instant;
  readonly seenAt: Instant;
}

/**
 * Sprints that a snapshot of (after, until] shows closed, each once and in order of completion. A later snapshot of a
 * sprint that had been closed before shows it again: whoever acts on it has to know what was done.
 */
export async function sprintsSeenClosed(
  db: Db,
  project: ProjectId,
  { after, until }: { readonly after: Instant; readonly until: Instant },
): Promise<readonly ClosedSprint[]> {
  const rows = await db
    .selectFrom('snapshot')
    .select(['id', 'seen_at', 'value'])
    .where('project', '=', project)
    .where('kind', '=', 'sprint')
    .where('seen_at', '>', after)
    .where('seen_at', '<=', until)
    .orderBy('seen_at')
    .execute();
  const newest = new Map(rows.map((row) => [row.id, row]));
  return [...newest.values()]
    .flatMap(({ seen_at: seenAt, value }): ClosedSprint[] => {
      const sprint = JSON.parse(value) as Sprint;
      const { completedAt, state } = sprint;
      return state === 'closed' && completedAt !== null ? [{ ...sprint, completedAt, seenAt }] : [];
    })
    .sort((a, b) => a.completedAt - b.completedAt || (a.id < b.id ? -1 : 1));
}

/** End of the newest pull of the project that was done; null before the first. */
export async function lastPullEnd(db: Db, project: ProjectId): Promise<Instant | null> {
  const row = await db
    .selectFrom('pull_project')
    .innerJoin('pull', 'pull.id', 'pull_project.pull_id')
    .select((eb) => eb.fn.max('pull.ended_at').as('at'))
    .where('pull_project.project', '=', project)
    .where('pull.outcome', '=', 'done')
    .executeTakeFirst();
  return row?.at ?? null;
}

/** When a sprint of the project was seen for the first time; null before. */
export async function sprintsWatchedSince(db: Db, project: ProjectId): Promise<Instant | null> {
  const row = await db
    .selectFrom('snapshot')
    .select((eb) => eb.fn.min('seen_at').as('at'))
    .where('project', '=', project)
    .where('kind', '=', 'sprint')
    .executeTakeFirst();
  return row?.at ?? null;
}
