import type { Selectable } from 'kysely';
import type { Instant } from '../core/time/instant.ts';
import { sanitize } from './sanitize.ts';
import type { Db } from './tables.ts';
import type { TroubleTable } from './watch-tables.ts';

/** Something that does not work until somebody mends it: told once when it begins, and once when it is over. */
export interface Trouble {
  /** `channel:C1`, `source:jira`. */
  readonly subject: string;
  readonly code: string;
  readonly since: Instant;
  /** What the words need; plain JSON. */
  readonly detail: Readonly<Record<string, unknown>>;
  /** The messages that tell it. */
  readonly told: readonly number[];
}

/** False when it was known already, to this process or another: then it is not told again. */
export async function openTrouble(tx: Db, trouble: Omit<Trouble, 'told'>): Promise<boolean> {
  const { subject, code, since, detail } = sanitize(trouble).value;
  const row = await tx
    .insertInto('trouble')
    .values({ subject, code, since, detail: JSON.stringify(detail), told: '[]' })
    .onConflict((conflict) => conflict.column('subject').doNothing())
    .returning('subject')
    .executeTakeFirst();
  return row !== undefined;
}

export async function noteTold(tx: Db, subject: string, deliveries: readonly number[]): Promise<void> {
  await tx
    .updateTable('trouble')
    .set({ told: JSON.stringify(deliveries) })
    .where('subject', '=', subject)
    .execute();
}

/** What was open about a subject and is over now; null when nothing was. */
export async function closeTrouble(tx: Db, subject: string): Promise<Trouble | null> {
  const row = await tx.deleteFrom('trouble').where('subject', '=', subject).returningAll().executeTakeFirst();
  return row ? troubleOfRow(row) : null;
}

/** All that are open, the oldest first. */
export async function listTroubles(db: Db): Promise<readonly Trouble[]> {
  const rows = await db.selectFrom('trouble').selectAll().orderBy('since').orderBy('subject').execute();
  return rows.map(troubleOfRow);
}

function troubleOfRow(row: Selectable<TroubleTable>): Trouble {
  const detail = JSON.parse(row.detail) as Trouble['detail'];
  return { subject: row.subject, code: row.code, since: row.since, detail, told: JSON.parse(row.told) as number[] };
}
