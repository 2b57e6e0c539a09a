import { sql } from 'kysely';
import type { ProjectId, SourceId } from '../core/model/ids.ts';
import type { Db } from './tables.ts';

/** What the figures of a project are made from beside its items. */
export interface StoredScope {
  readonly services: readonly string[];
  /** Where they come from; null without services. */
  readonly deliverySource: SourceId | null;
  readonly hasWorklogs: boolean;
}

/** Sums of instants stay exact below it, whatever database adds them up. */
const modulus = 1_000_003;

/**
 * What is stored of a project, in short: it changes whenever anything does that its figures are made from, the items
 * of other projects that it is linked with among it. Cheap beside measuring, so that a pull that brought nothing costs
 * nothing.
 */
export async function describeStored(db: Db, project: ProjectId, scope: StoredScope): Promise<string> {
  const sources = await sourcesOf(db, project, scope.deliverySource);
  const facts = [
    await describeItems(db, project),
    await describeNeighbours(db, project, sources),
    await describePlan(db, project),
    await describeSources(db, sources),
    await describePulls(db, project, scope.deliverySource),
    await describeSetAside(db, project, sources),
    scope.hasWorklogs ? await describeWorklogs(db, project) : null,
  ];
  for (const service of scope.services) facts.push(await describeService(db, service));
  return JSON.stringify(facts);
}

async function sourcesOf(db: Db, project: ProjectId, delivery: SourceId | null): Promise<readonly SourceId[]> {
  const rows = await db.selectFrom('membership').select('source').distinct().where('project', '=', project).execute();
  return [...new Set([...rows.map(({ source }) => source), ...(delivery === null ? [] : [delivery])])].sort();
}

/** The sum finds one that came late: it was changed before the newest one that is known. */
async function describeItems(db: Db, project: ProjectId): Promise<unknown> {
  const items = await db
    .selectFrom('membership as m')
    .leftJoin('item as i', (join) => join.onRef('i.source', '=', 'm.source').onRef('i.id', '=', 'm.item_id'))
    .leftJoin('history as h', (join) => join.onRef('h.source', '=', 'm.source').onRef('h.item_id', '=', 'm.item_id'))
    .select((eb) => [
      eb.fn.countAll<number | string>().as('count'),
      eb.fn.count<number | string>('m.gone_at').as('gone'),
      eb.fn.max('i.updated_at').as('updated'),
      sumOf('i.updated_at').as('sum'),
      eb.fn.sum<number | string>('h.is_complete').as('complete'),
    ])
    .where('m.project', '=', project)
    .executeTakeFirstOrThrow();
  const absences = await db
    .selectFrom('absence')
    .select((eb) => eb.fn.countAll<number | string>().as('count'))
    .where('project', '=', project)
    .executeTakeFirstOrThrow();
  return valuesOf(items, absences);
}

/** Those of the last time: where a new link leads to one that is stored, the project is made once more. */
async function describeNeighbours(db: Db, project: ProjectId, sources: readonly SourceId[]): Promise<unknown> {
  if (sources.length === 0) return [];
  const neighbours = await db
    .selectFrom('neighbour as n')
    .innerJoin('item as i', 'i.key', 'n.key')
    .leftJoin('history as h', (join) => join.onRef('h.source', '=', 'i.source').onRef('h.item_id', '=', 'i.id'))
    .leftJoin('membership as m', (join) => join.onRef('m.source', '=', 'i.source').onRef('m.item_id', '=', 'i.id'))
    .select((eb) => [
      eb.fn.countAll<number | string>().as('count'),
      eb.fn.count<number | string>('m.gone_at').as('gone'),
      sumOf('i.updated_at').as('sum'),
      eb.fn.sum<number | string>('h.is_complete').as('complete'),
    ])
    .where('n.project', '=', project)
    .where('i.source', 'in', [...sources])
    .executeTakeFirstOrThrow();
  return valuesOf(neighbours);
}

async function describePlan(db: Db, project: ProjectId): Promise<unknown> {
  const plan = await db
    .selectFrom('snapshot')
    .select((eb) => [eb.fn.countAll<number | string>().as('count'), eb.fn.max('seen_at').as('seen')])
    .where('project', '=', project)
    .executeTakeFirstOrThrow();
  const counts: object[] = [plan];
  for (const table of ['milestone_date', 'rebaseline'] as const)
    counts.push(
      await db
        .selectFrom(table)
        .select((eb) => eb.fn.countAll<number | string>().as('count'))
        .where('project', '=', project)
        .executeTakeFirstOrThrow(),
    );
  return valuesOf(...counts);
}

/** What their statuses mean. */
async function describeSources(db: Db, sources: readonly SourceId[]): Promise<unknown> {
  if (sources.length === 0) return [];
  const rows = await db
    .selectFrom('status')
    .select(['source', 'category', 'name', (eb) => eb.fn.countAll<number | string>().as('count')])
    .where('source', 'in', [...sources])
    .groupBy(['source', 'category', 'name'])
    .orderBy('source')
    .orderBy('category')
    .orderBy('name')
    .execute();
  return rows.map(({ source, category, name, count }) => [source, category, name, Number(count)].join(' '));
}

/** So many pulls back each source has had its turn. */
const lookedThrough = 500;

/** How the newest pull of each source ended: that one fails is told, though nothing came in. */
async function describePulls(db: Db, project: ProjectId, delivery: SourceId | null): Promise<unknown> {
  const { last } = await db
    .selectFrom('pull')
    .select((eb) => eb.fn.coalesce(eb.fn.max('id'), eb.lit(0)).as('last'))
    .executeTakeFirstOrThrow();
  const newest = await db
    .selectFrom('pull')
    .leftJoin('pull_project', 'pull_project.pull_id', 'pull.id')
    .select((eb) => ['pull.source', eb.fn.max('pull.id').as('id')])
    .where('pull.outcome', '!=', 'running')
    .where('pull.id', '>', last - lookedThrough)
    .where((eb) => eb.or([eb('pull_project.project', '=', project), eb('pull.source', '=', delivery ?? '')]))
    .groupBy('pull.source')
    .orderBy('pull.source')
    .execute();
  if (newest.length === 0) return [];
  const ended = await db
    .selectFrom('pull')
    .select(['source', 'outcome'])
    .where(
      'id',
      'in',
      newest.map(({ id }) => id),
    )
    .orderBy('source')
    .execute();
  return ended.map(({ source, outcome }) => `${source} ${outcome}`);
}

async function describeSetAside(db: Db, project: ProjectId, sources: readonly SourceId[]): Promise<unknown> {
  if (sources.length === 0) return [];
  const open = await db
    .selectFrom('set_aside')
    .select((eb) => [
      eb.fn.countAll<number | string>().as('count'),
      eb.fn.count<number | string>('cleared_at').as('cleared'),
    ])
    .where('source', 'in', [...sources])
    .where('project', 'in', [project, ''])
    .executeTakeFirstOrThrow();
  return valuesOf(open);
}

/** A state of a worklog is kept beside the one before it. */
async function describeWorklogs(db: Db, project: ProjectId): Promise<unknown> {
  const worklogs = await db
    .selectFrom('worklog as w')
    .innerJoin('membership as m', (join) =>
      join.onRef('m.source', '=', 'w.source').onRef('m.item_id', '=', 'w.item_id'),
    )
    .select((eb) => [eb.fn.countAll<number | string>().as('count'), eb.fn.max('w.known_at').as('known')])
    .where('m.project', '=', project)
    .executeTakeFirstOrThrow();
  return valuesOf(worklogs);
}

async function describeService(db: Db, service: string): Promise<unknown> {
  const commits = await db
    .selectFrom('code_commit')
    .select((eb) => eb.fn.countAll<number | string>().as('count'))
    .where('service', '=', service)
    .executeTakeFirstOrThrow();
  const requests = await db
    .selectFrom('pull_request')
    .select((eb) => [
      eb.fn.countAll<number | string>().as('count'),
      eb.fn.count<number | string>('first_review_at').as('reviewed'),
      eb.fn.count<number | string>('merged_at').as('merged'),
      eb.fn.count<number | string>('closed_at').as('closed'),
      eb.fn.count<number | string>('merge_sha').as('known'),
      sumOf('merged_at').as('sum'),
    ])
    .where('service', '=', service)
    .executeTakeFirstOrThrow();
  const deployments = await db
    .selectFrom('deployment')
    .select((eb) => [
      eb.fn.countAll<number | string>().as('count'),
      eb.fn.sum<number | string>('is_successful').as('successful'),
      eb.fn.sum<number | string>('is_planned').as('planned'),
      eb.fn.count<number | string>('remediates').as('remedies'),
      sumOf('finished_at').as('sum'),
    ])
    .where('service', '=', service)
    .executeTakeFirstOrThrow();
  const incidents = await db
    .selectFrom('incident')
    .select((eb) => [
      eb.fn.countAll<number | string>().as('count'),
      eb.fn.count<number | string>('resolved_at').as('resolved'),
      eb.fn.count<number | string>('cause').as('caused'),
      sumOf('resolved_at').as('sum'),
    ])
    .where('service', '=', service)
    .executeTakeFirstOrThrow();
  return valuesOf(commits, requests, deployments, incidents);
}

function sumOf(column: string) {
  return sql<number | string | null>`sum(${sql.ref(column)} % ${sql.lit(modulus)})`;
}

/** PostgreSQL counts in texts. */
function valuesOf(...rows: readonly object[]): readonly number[] {
  return rows.flatMap((row) => Object.values(row).map(Number));
}
