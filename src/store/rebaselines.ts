import type { ProjectId } from '../core/model/ids.ts';
import type { Rebaseline } from '../core/model/rebaseline.ts';
import type { Day } from '../core/time/day.ts';
import { sanitize } from './sanitize.ts';
import type { Db } from './tables.ts';

/** Keeps a new promise; nothing that was promised before is changed. `actor` is Slack's id of the person. */
export async function saveRebaseline(
  db: Db,
  project: ProjectId,
  { actor, ...rebaseline }: Rebaseline & { readonly actor: string },
): Promise<void> {
  const { milestone, at, on, by, reason } = sanitize(rebaseline).value;
  await db
    .insertInto('rebaseline')
    .values({ project, milestone, at, on_day: on, actor, by_name: by, reason })
    .execute();
}

/** All of a project, oldest first. */
export async function listRebaselines(db: Db, project: ProjectId): Promise<readonly Rebaseline[]> {
  const rows = await db
    .selectFrom('rebaseline')
    .selectAll()
    .where('project', '=', project)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map(({ milestone, at, on_day: on, by_name: by, reason }) => ({
    milestone,
    at,
    on: on as Day,
    by,
    reason,
  }));
}
