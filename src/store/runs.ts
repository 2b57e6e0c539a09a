import type { Insertable } from 'kysely';
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
  /** What it came to, such as its colours; plain JSON. */
  readonly facts: unknown;
  readonly error: string | null;
}

/** Remembers it for whoever looks into the database. */
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
