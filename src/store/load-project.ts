import { sql } from 'kysely';
import type { Change } from '../core/model/change.ts';
import type { ItemId, ProjectId, SourceId } from '../core/model/ids.ts';
import type { ItemHistory, ProjectHistory, ProjectSettings } from '../core/model/project.ts';
import type { Status } from '../core/model/work-item.ts';
import type { Instant } from '../core/time/instant.ts';
import { loadAbsences } from './absence.ts';
import { giveWay } from './dialect.ts';
import { compareChanges, groupChanges, itemOfRow } from './items.ts';
import { loadLinked } from './linked.ts';
import { loadMilestones } from './milestones.ts';
import { listPulls } from './pulls.ts';
import { loadSetAside } from './set-aside.ts';
import { loadSnapshots } from './snapshots.ts';
import type { Db } from './tables.ts';

/** Items of one page: read in one go, some ten milliseconds at nine changes an item. */
const itemsPerPage = 500;

/**
 * Everything kept about one project, and nothing of others but the items that it waits for. Read in one transaction, so
 * that a pull that is running shows either before or after, page by page, so that others can work in between. Items are
 * in order of source and id; their changes in order of time, id and part.
 */
export async function loadProject(db: Db, settings: ProjectSettings): Promise<ProjectHistory> {
  const load = async (tx: Db): Promise<ProjectHistory> => {
    const project = settings.id;
    const sources = await listSources(tx, project);
    const intern = createIntern();
    const items: ItemHistory[] = [];
    for (const source of sources) await loadItems(tx, { project, source }, items, intern);
    return {
      settings,
      items,
      linked: await loadLinked(tx, sources, items, intern),
      statuses: await loadStatuses(tx, sources),
      ...(await loadSnapshots(tx, project)),
      milestones: await loadMilestones(tx, project),
      pulls: await listPulls(tx, project),
      setAside: await loadSetAside(tx, project, sources),
    };
  };
  if (db.isTransaction) return load(db);
  return db.transaction().setAccessMode('read only').setIsolationLevel('repeatable read').execute(load);
}

export interface ItemCount {
  readonly items: number;
  readonly gone: number;
}

/** How many items of a project are kept, and how many of them are gone from it. */
export async function countItems(db: Db, project: ProjectId): Promise<ItemCount> {
  const row = await db
    .selectFrom('membership as m')
    .innerJoin('item as i', (join) => join.onRef('i.source', '=', 'm.source').onRef('i.id', '=', 'm.item_id'))
    .select((eb) => [eb.fn.countAll<number>().as('items'), eb.fn.count<number>('m.gone_at').as('gone')])
    .where('m.project', '=', project)
    .executeTakeFirstOrThrow();
  return { items: row.items, gone: row.gone };
}

/** One copy of every text that comes again: a million changes speak of a few thousand people, statuses and versions. */
function createIntern(): (text: string) => string {
  const kept = new Map<string, string>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    kept.set(text, text);
    return text;
  };
}

async function listSources(tx: Db, project: ProjectId): Promise<SourceId[]> {
  const { rows } = await sql<{ source: string }>`
    select source from membership where project = ${project}
    union select source from snapshot where project = ${project}
    union select source from set_aside where project = ${project}
    union select pull.source from pull join pull_project on pull_project.pull_id = pull.id
      where pull_project.project = ${project}
    order by 1`.execute(tx);
  return rows.map((row) => row.source).sort((one, other) => (one < other ? -1 : 1));
}

async function loadStatuses(tx: Db, sources: readonly SourceId[]): Promise<Status[]> {
  if (sources.length === 0) return [];
  const rows = await tx
    .selectFrom('status')
    .selectAll()
    .where('source', 'in', [...sources])
    .orderBy('source')
    .orderBy('id')
    .execute();
  return rows.map(({ id, name, category }) => ({ id, name, category: category as Status['category'] }));
}

async function loadItems(
  tx: Db,
  of: { readonly project: ProjectId; readonly source: SourceId },
  into: ItemHistory[],
  intern: (text: string) => string,
): Promise<void> {
  const absences = await loadAbsences(tx, of);
  for (let after = ''; ;) {
    const rows = await tx
      .selectFrom('membership as m')
      .innerJoin('item as i', (join) => join.onRef('i.source', '=', 'm.source').onRef('i.id', '=', 'm.item_id'))
      .leftJoin('history as h', (join) => join.onRef('h.source', '=', 'm.source').onRef('h.item_id', '=', 'm.item_id'))
      .selectAll('i')
      .select(['m.gone_at', 'h.is_complete'])
      .where('m.project', '=', of.project)
      .where('m.source', '=', of.source)
      .where('m.item_id', '>', after)
      .orderBy('m.item_id')
      .limit(itemsPerPage)
      .execute();
    if (rows.length === 0) return;
    const last = rows.at(-1)!.id;
    const changes = await loadChanges(tx, { ...of, after, last }, intern);
    await giveWay();
    for (const row of rows) {
      into.push({
        item: itemOfRow(row, intern),
        changes: (changes.get(row.id) ?? []).sort(compareChanges),
        isComplete: row.is_complete === 1,
        goneAt: row.gone_at satisfies Instant | null,
        ...(absences.has(row.id) ? { absences: absences.get(row.id)! } : {}),
      });
    }
    await giveWay();
    if (rows.length < itemsPerPage) return;
    after = last;
  }
}

async function loadChanges(
  tx: Db,
  of: { readonly project: ProjectId; readonly source: SourceId; readonly after: ItemId; readonly last: ItemId },
  intern: (text: string) => string,
): Promise<Map<ItemId, Change[]>> {
  const rows = await tx
    .selectFrom('membership as m')
    .innerJoin('change as c', (join) => join.onRef('c.source', '=', 'm.source').onRef('c.item_id', '=', 'm.item_id'))
    .selectAll('c')
    .where('m.project', '=', of.project)
    .where('m.source', '=', of.source)
    .where('m.item_id', '>', of.after)
    .where('m.item_id', '<=', of.last)
    .execute();
  return groupChanges(rows, intern);
}
