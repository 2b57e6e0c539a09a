import type { Insertable, Selectable } from 'kysely';
import type { ProjectId } from '../core/model/ids.ts';
import type { Instant } from '../core/time/instant.ts';
import { sanitize } from './sanitize.ts';
import type { RunTable } from './message-tables.ts';
import type { Db } from './tables.ts';

/** A report that was made, or could not be. */
export interface Run {
  readonly report: string;
  readonly project: ProjectId;
  readonly channel: string | null;
  readonly slot: Instant | null;
  readonly asOf: Instant;
  readonly madeAt: Instant;
  readonly outcome: 'made' | 'failed';
  /** What the next report has to know of this one, such as its colours; plain JSON. */
  readonly facts: unknown;
  readonly error: string | null;
}

export async function recordRun(db: Db, run: Run): Promise<void> {
  const clean = sanitize(run).value;
  const row: Insertable<RunTable> = {
    report: clean.report,
    project: clean.project,
    channel: clean.channel,
    slot: clean.slot,
    as_of: clean.asOf,
    made_at: clean.madeAt,
    outcome: clean.outcome,
    facts: clean.facts === null || clean.facts === undefined ? null : JSON.stringify(clean.facts),
    error: clean.error,
  };
  await db.insertInto('run').values(row).execute();
}

/** The last report of this kind that was made with an earlier as-of; null when there is none. */
export async function lastRun(
  db: Db,
  of: {
    readonly report: string;
    readonly project: ProjectId;
    readonly channel: string | null;
    readonly before: Instant;
  },
): Promise<Run | null> {
  const row = await db
    .selectFrom('run')
    .selectAll()
    .where('report', '=', of.report)
    .where('project', '=', of.project)
    .where('channel', of.channel === null ? 'is' : '=', of.channel)
    .where('outcome', '=', 'made')
    .where('as_of', '<', of.before)
    .orderBy('as_of', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? runOfRow(row) : null;
}

function runOfRow(row: Selectable<RunTable>): Run {
  return {
    report: row.report,
    project: row.project,
    channel: row.channel,
    slot: row.slot,
    asOf: row.as_of,
    madeAt: row.made_at,
    outcome: row.outcome as Run['outcome'],
    facts: row.facts === null ? null : (JSON.parse(row.facts) as unknown),
    error: row.error,
  };
}
