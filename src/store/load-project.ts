import type { DeliveryHistory } from '../core/model/delivery.ts';
import { sql } from 'kysely';
import type { Change } from '../core/model/change.ts';
import type { ItemId, ItemKey, ProjectId, SourceId } from '../core/model/ids.ts';
import type { ItemHistory, ProjectHistory, ProjectOutline, ProjectSettings } from '../core/model/project.ts';
import type { Status, WorkItem } from '../core/model/work-item.ts';
import type { Instant } from '../core/time/instant.ts';
import { oldKeysOf } from '../core/view/item-as-of.ts';
import { loadAbsences } from './absence.ts';
import { giveWay } from './dialect.ts';
import { itemOfRow } from './items.ts';
import { changeColumns, groupChanges, inOrder } from './changes.ts';
import { addNeighbours, loadLinked } from './linked.ts';
import { loadMilestones } from './milestones.ts';
import { listPulls, listPullsOfSource } from './pulls.ts';
import { listRebaselines } from './rebaselines.ts';
import { loadService } from './service-history.ts';
import { loadSetAside } from './set-aside.ts';
import { loadSnapshots } from './snapshots.ts';
import type { Db } from './tables.ts';
import { loadWorklogs } from './worklogs.ts';

/** Items of one page: read in one go, some ten milliseconds at nine changes an item. */
const itemsPerPage = 500;

/** Takes the items of a project as they are read, one at a time. */
export interface ItemSink {
  addItem(history: ItemHistory): void;
  addLinked(history: ItemHistory): void;
}

/**
 * Reads everything kept about one project, and nothing of others but the items that it waits for or that wait for it: first its outline,
 * then its items one by one into what `begin` made of the outline, so that no more of them is held than the reader
 * keeps. In one transaction, so that a pull that is running shows either before or after, page by page, so that others
 * can work in between. Items are in order of source and id; their changes in order of time, id and part.
 */
export async function readProject<Sink extends ItemSink>(
  db: Db,
  settings: ProjectSettings,
  begin: (outline: ProjectOutline) => Sink,
): Promise<Sink> {
  const read = async (tx: Db): Promise<Sink> => {
    const project = settings.id;
    const sources = await listSources(tx, project);
    const sink = begin(await loadOutline(tx, settings, sources));
    const intern = createIntern();
    const ownKeys: ItemKey[] = [];
    const neighbours = new Set<ItemKey>();
    const leftKeys: (readonly ItemKey[])[] = [];
    const take = (history: ItemHistory) => {
      if (history.goneAt === null) ownKeys.push(history.item.key);
      else leftKeys.push([history.item.key, ...(oldKeysOf(history) ?? [])]);
      addNeighbours(history, neighbours);
      sink.addItem(history);
    };
    for (const source of sources) await readItems(tx, { project, source }, take, intern);
    // Moved to another project, it may be open there, and still be linked by the key that it had here.
    for (const keys of leftKeys) if (keys.some((key) => neighbours.has(key))) neighbours.add(keys[0]!);
    for (const linked of await loadLinked(tx, { sources, ownKeys, neighbours }, intern)) sink.addLinked(linked);
    return sink;
  };
  if (db.isTransaction) return read(db);
  return db.transaction().setAccessMode('read only').setIsolationLevel('repeatable read').execute(read);
}

/** A whole project in memory: for replays and backtests, which ask for hundreds of instants. */
export async function loadProject(db: Db, settings: ProjectSettings): Promise<ProjectHistory> {
  const items: ItemHistory[] = [];
  const linked: ItemHistory[] = [];
  const { outline } = await readProject(db, settings, (read) => ({
    outline: read,
    addItem: (history) => void items.push(history),
    addLinked: (history) => void linked.push(history),
  }));
  const { itemTypes: _types, itemStatuses: _statuses, ...rest } = outline;
  return { ...rest, items, linked };
}

async function loadOutline(tx: Db, settings: ProjectSettings, sources: readonly SourceId[]): Promise<ProjectOutline> {
  return {
    settings,
    statuses: await loadStatuses(tx, sources),
    ...(await loadSnapshots(tx, settings.id)),
    milestones: await loadMilestones(tx, settings.id),
    ...(await loadRebaselines(tx, settings.id)),
    pulls: await listPulls(tx, settings.id),
    setAside: await loadSetAside(tx, settings.id, settings.delivery ? [...sources, settings.delivery.source] : sources),
    ...(settings.delivery ? await loadDelivery(tx, settings.delivery, sources) : {}),
    ...(settings.worklogs ? { worklogs: await loadWorklogs(tx, settings.id) } : {}),
    itemTypes: await loadTypes(tx, settings.id),
    itemStatuses: await loadItemStatuses(tx, settings.id),
  };
}

async function loadRebaselines(tx: Db, project: ProjectId) {
  const rebaselines = await listRebaselines(tx, project);
  return rebaselines.length === 0 ? {} : { rebaselines };
}

async function loadDelivery(
  tx: Db,
  { source, services: names }: NonNullable<ProjectSettings['delivery']>,
  sources: readonly SourceId[],
) {
  const services: DeliveryHistory[] = [];
  for (const service of names) services.push(await loadService(tx, { source, service }));
  if (sources.includes(source)) return { services };
  return { services, deliveryPulls: await listPullsOfSource(tx, source) };
}

function itemsOf(tx: Db, project: ProjectId) {
  return tx
    .selectFrom('membership as m')
    .innerJoin('item as i', (join) => join.onRef('i.source', '=', 'm.source').onRef('i.id', '=', 'm.item_id'))
    .where('m.project', '=', project);
}

/** Ordered by the last item of each: the reader lets the last one win. */
async function loadTypes(tx: Db, project: ProjectId): Promise<WorkItem['type'][]> {
  const rows = await itemsOf(tx, project)
    .select((eb) => ['i.source', 'i.type_name', 'i.is_subtask', 'i.is_epic', eb.fn.max('i.id').as('last')])
    .groupBy(['i.source', 'i.type_name', 'i.is_subtask', 'i.is_epic'])
    .execute();
  return rows
    .sort((a, b) => compareTexts(a.source, b.source) || compareTexts(a.last, b.last))
    .map((row) => ({ name: row.type_name, isSubtask: row.is_subtask === 1, isEpic: row.is_epic === 1 }));
}

/** Ordered by the first item of each: the reader lets the first one win. */
async function loadItemStatuses(tx: Db, project: ProjectId): Promise<Status[]> {
  const rows = await itemsOf(tx, project)
    .select((eb) => ['i.source', 'i.status_id', 'i.status_name', 'i.status_category', eb.fn.min('i.id').as('first')])
    .where('i.status_id', 'is not', null)
    .groupBy(['i.source', 'i.status_id', 'i.status_name', 'i.status_category'])
    .execute();
  return rows
    .sort((a, b) => compareTexts(a.source, b.source) || compareTexts(a.first, b.first))
    .map((row) => ({
      id: row.status_id!,
      name: row.status_name ?? '',
      category: (row.status_category ?? 'unknown') as Status['category'],
    }));
}

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
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

async function readItems(
  tx: Db,
  of: { readonly project: ProjectId; readonly source: SourceId },
  take: (history: ItemHistory) => void,
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
      take({
        item: itemOfRow(row, intern),
        changes: inOrder(changes.get(row.id) ?? []),
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
    .select(changeColumns.map((column) => `c.${column}` as const))
    .where('m.project', '=', of.project)
    .where('m.source', '=', of.source)
    .where('m.item_id', '>', of.after)
    .where('m.item_id', '<=', of.last)
    .execute();
  return groupChanges(rows, intern);
}
