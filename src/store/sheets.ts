import type { ProjectId } from '../core/model/ids.ts';
import type { ProjectSheet } from '../core/reports/project-sheet.ts';
import type { Day } from '../core/time/day.ts';
import type { Instant } from '../core/time/instant.ts';
import { sanitize } from './sanitize.ts';
import type { Db } from './tables.ts';

/** A sheet, and what would make it another one. */
export interface KeptSheet {
  /** The project's day on which it was made: ages and what is left of a sprint change overnight. */
  readonly day: Day;
  /** What was stored when it was made, in short. */
  readonly madeFrom: string;
  /** How the project was read, in short. */
  readonly settings: string;
  readonly madeAt: Instant;
  readonly dataAt: Instant | null;
  readonly sheet: ProjectSheet;
  /** Whether what digests tell was made of the same moment, or left out for its size. */
  readonly hasEntries: boolean;
}

export async function readSheet(db: Db, project: ProjectId): Promise<KeptSheet | null> {
  const row = await db.selectFrom('sheet').selectAll().where('project', '=', project).executeTakeFirst();
  if (!row) return null;
  return {
    day: row.day as Day,
    madeFrom: row.made_from,
    settings: row.settings,
    madeAt: row.made_at,
    dataAt: row.data_at,
    sheet: JSON.parse(row.sheet) as ProjectSheet,
    hasEntries: row.has_entries === 1,
  };
}

export async function saveSheet(db: Db, project: ProjectId, kept: KeptSheet): Promise<void> {
  const values = {
    day: kept.day,
    made_from: kept.madeFrom,
    settings: kept.settings,
    made_at: kept.madeAt,
    data_at: kept.dataAt,
    sheet: JSON.stringify(sanitize(kept.sheet).value),
    has_entries: kept.hasEntries ? 1 : 0,
  } as const;
  await db
    .insertInto('sheet')
    .values({ project, ...values })
    .onConflict((conflict) => conflict.column('project').doUpdateSet(values))
    .execute();
}

/** Nothing new came: the same answers are of newer data. */
export async function touchSheet(db: Db, project: ProjectId, dataAt: Instant | null): Promise<void> {
  await db.updateTable('sheet').set({ data_at: dataAt }).where('project', '=', project).execute();
}

/** What it tells is out of date at once: whoever asks next is answered anew. */
export async function dropSheet(db: Db, project: ProjectId): Promise<void> {
  await db.deleteFrom('sheet').where('project', '=', project).execute();
}
