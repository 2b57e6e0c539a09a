import type { Selectable } from 'kysely';
import type { ProjectId, SourceId } from '../core/model/ids.ts';
import type { Pull } from '../core/model/project.ts';
import type { Instant } from '../core/time/instant.ts';
import { inTransaction } from './dialect.ts';
import { sanitizeText } from './sanitize.ts';
import type { Db, Tables } from './tables.ts';

export type PullId = number;

/** A pull begins. One of the same source that never ended was interrupted: the process died, or was stopped. */
export async function startPull(
  db: Db,
  pull: { readonly source: SourceId; readonly projects: readonly ProjectId[]; readonly startedAt: Instant },
): Promise<PullId> {
  return inTransaction(db, async (tx) => {
    await tx
      .updateTable('pull')
      .set({ outcome: 'interrupted' })
      .where('source', '=', pull.source)
      .where('outcome', '=', 'running')
      .execute();
    const { id } = await tx
      .insertInto('pull')
      .values({ source: pull.source, started_at: pull.startedAt, ended_at: null, outcome: 'running', error: null })
      .returning('id')
      .executeTakeFirstOrThrow();
    const projects = [...new Set(pull.projects)].map((project) => ({ pull_id: id, project }));
    if (projects.length > 0) await tx.insertInto('pull_project').values(projects).execute();
    return id;
  });
}

export async function endPull(
  db: Db,
  id: PullId,
  end: {
    readonly outcome: 'done' | 'failed' | 'interrupted';
    readonly error: string | null;
    readonly endedAt: Instant;
  },
): Promise<void> {
  const error = end.error === null ? null : sanitizeText(end.error);
  await db
    .updateTable('pull')
    .set({ outcome: end.outcome, error, ended_at: end.endedAt })
    .where('id', '=', id)
    .execute();
}

/** Pulls that asked for this project, oldest first. */
export async function listPulls(db: Db, project: ProjectId): Promise<Pull[]> {
  const rows = await db
    .selectFrom('pull_project')
    .innerJoin('pull', 'pull.id', 'pull_project.pull_id')
    .select(['pull.source', 'pull.started_at', 'pull.ended_at', 'pull.outcome', 'pull.error'])
    .where('pull_project.project', '=', project)
    .orderBy('pull.started_at')
    .orderBy('pull.id')
    .execute();
  return rows.map(pullOfRow);
}

/** Pulls of a source whatever they asked for, oldest first. */
export async function listPullsOfSource(db: Db, source: SourceId): Promise<Pull[]> {
  const rows = await db
    .selectFrom('pull')
    .select(['source', 'started_at', 'ended_at', 'outcome', 'error'])
    .where('source', '=', source)
    .orderBy('started_at')
    .orderBy('id')
    .execute();
  return rows.map(pullOfRow);
}

function pullOfRow(row: Omit<Selectable<Tables['pull']>, 'id'>): Pull {
  return {
    source: row.source,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    outcome: row.outcome as Pull['outcome'],
    error: row.error,
  };
}

/** When the pull of a source that is running began; null when none is. */
export async function runningSince(db: Db, source: SourceId): Promise<Instant | null> {
  const row = await db
    .selectFrom('pull')
    .select((eb) => eb.fn.max('started_at').as('at'))
    .where('source', '=', source)
    .where('outcome', '=', 'running')
    .executeTakeFirst();
  return row?.at ?? null;
}

/** How the pulls of a source went: what it takes to say that it fails. */
export interface SourceCourse {
  /** End of the newest that was done; null when none ever was. */
  readonly doneAt: Instant | null;
  /** Beginning of the first that failed after that; null when none has. */
  readonly failingSince: Instant | null;
  /** What the newest of them said. */
  readonly error: string | null;
}

export async function readCourse(db: Db, source: SourceId): Promise<SourceCourse> {
  const done = await db
    .selectFrom('pull')
    .select((eb) => [eb.fn.max('ended_at').as('at'), eb.fn.max('id').as('id')])
    .where('source', '=', source)
    .where('outcome', '=', 'done')
    .executeTakeFirst();
  const failed = await db
    .selectFrom('pull')
    .select(['started_at', 'error'])
    .where('source', '=', source)
    .where('outcome', 'in', ['failed', 'interrupted'])
    .where('id', '>', done?.id ?? 0)
    .orderBy('id')
    .execute();
  const error = failed.findLast((pull) => pull.error !== null)?.error ?? null;
  return { doneAt: done?.at ?? null, failingSince: failed[0]?.started_at ?? null, error };
}
