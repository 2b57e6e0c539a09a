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
  };
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

/**
 * What is stored of a project, in short: it changes whenever anything that its figures are made from does. Cheap beside
 * measuring, so that a pull that brought nothing costs nothing.
 */
export async function describeStored(db: Db, project: ProjectId, services: readonly string[]): Promise<string> {
  const items = await db
    .selectFrom('membership as m')
    .leftJoin('item as i', (join) => join.onRef('i.source', '=', 'm.source').onRef('i.id', '=', 'm.item_id'))
    .select((eb) => [
      eb.fn.countAll<number | string>().as('count'),
      eb.fn.count<number | string>('m.gone_at').as('gone'),
      eb.fn.max('i.updated_at').as('updated'),
    ])
    .where('m.project', '=', project)
    .executeTakeFirstOrThrow();
  const plan = await db
    .selectFrom('snapshot')
    .select((eb) => [eb.fn.countAll<number | string>().as('count'), eb.fn.max('seen_at').as('seen')])
    .where('project', '=', project)
    .executeTakeFirstOrThrow();
  const promises = await db
    .selectFrom('milestone_date')
    .select((eb) => eb.fn.countAll<number | string>().as('count'))
    .where('project', '=', project)
    .executeTakeFirstOrThrow();
  const agreed = await db
    .selectFrom('rebaseline')
    .select((eb) => eb.fn.countAll<number | string>().as('count'))
    .where('project', '=', project)
    .executeTakeFirstOrThrow();
  const logged = await db
    .selectFrom('membership as m')
    .innerJoin('worklog as w', (join) => join.onRef('w.source', '=', 'm.source').onRef('w.item_id', '=', 'm.item_id'))
    .select((eb) => [eb.fn.countAll<number | string>().as('count'), eb.fn.max('w.known_at').as('known')])
    .where('m.project', '=', project)
    .executeTakeFirstOrThrow();
  const facts: unknown[] = [
    logged.count,
    logged.known,
    agreed.count,
    items.count,
    items.gone,
    items.updated,
    plan.count,
    plan.seen,
    promises.count,
  ];
  for (const service of services) facts.push(...(await describeService(db, service)));
  return facts.join(' ');
}

async function describeService(db: Db, service: string): Promise<readonly unknown[]> {
  const counts: unknown[] = [];
  for (const table of ['code_commit', 'pull_request', 'deployment', 'incident'] as const) {
    const { count } = await db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number | string>().as('count'))
      .where('service', '=', service)
      .executeTakeFirstOrThrow();
    counts.push(count);
  }
  const { resolved } = await db
    .selectFrom('incident')
    .select((eb) => eb.fn.max('resolved_at').as('resolved'))
    .where('service', '=', service)
    .executeTakeFirstOrThrow();
  return [...counts, resolved];
}
