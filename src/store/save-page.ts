import type { Change } from '../core/model/change.ts';
import type { ItemId, ProjectId, SourceId } from '../core/model/ids.ts';
import type { Commit, Deployment, Incident, PullRequest } from '../core/model/delivery.ts';
import type { SourceRecord } from '../core/model/record.ts';
import type { Status } from '../core/model/work-item.ts';
import type { Instant } from '../core/time/instant.ts';
import { checkRecord } from './check-record.ts';
import { inChunks, lastOfEach } from './chunks.ts';
import { giveWay, inTransaction } from './dialect.ts';
import { saveChanges, saveCompleteness, saveItems } from './items.ts';
import { noteAbsences } from './absence.ts';
import { endCensus, markGone, saveCensus, saveMembers } from './membership.ts';
import { runningSince } from './pulls.ts';
import { sanitize } from './sanitize.ts';
import { saveServiceFacts } from './service-history.ts';
import { clearSetAside, readOpenSetAside, saveSetAside } from './set-aside.ts';
import type { CameIn } from './set-aside.ts';
import { saveSnapshots } from './snapshots.ts';
import type { Snapshot } from './snapshots.ts';
import type { Db } from './tables.ts';
import { markWorklogsGone, saveWorklogs } from './worklogs.ts';
import type { SeenWorklog } from './worklogs.ts';

/** Reading a record takes microseconds; a page of ten thousand must still let others run in between. */
const recordsPerTurn = 500;

/** Where a pull stands, in the words of its source. */
export type StoredCursor = { readonly [key: string]: unknown };

export interface StoredPage {
  readonly records: readonly SourceRecord[];
  readonly cursor: StoredCursor;
}

/**
 * Stores a page of a pull and its cursor in one transaction: after a crash at any point both are there, or neither.
 * The same page again changes nothing but times of sight. Records that cannot be stored are set aside, with the reason.
 */
export async function savePage(db: Db, source: SourceId, page: StoredPage, seenAt: Instant): Promise<void> {
  const sorted = await sortRecords(page.records);
  await inTransaction(db, async (tx) => {
    await noteArrivals(tx, source, sorted, seenAt);
    await saveItems(tx, source, sorted.items);
    await saveMembers(tx, source, sorted.members, seenAt);
    await saveChanges(tx, source, sorted.changes);
    await saveCompleteness(tx, source, sorted.histories);
    await saveStatuses(tx, source, sorted.statuses);
    await saveSnapshots(tx, source, sorted.snapshots, seenAt);
    for (const { scope, startedAt, itemIds } of sorted.census) {
      await saveCensus(tx, source, { project: scope, startedAt, itemIds }, seenAt);
    }
    await markGone(tx, source, sorted.gone, seenAt);
    for (const { scope, startedAt } of sorted.censusEnds) {
      await endCensus(tx, source, { project: scope, startedAt }, seenAt);
    }
    await saveServiceFacts(tx, source, sorted);
    await saveWorklogs(tx, source, sorted.worklogs, seenAt);
    await markWorklogsGone(tx, source, sorted.worklogsGone, seenAt);
    await liftSetAside(tx, source, sorted, seenAt);
    await saveSetAside(tx, source, sorted.setAside, seenAt);
    await saveCursor(tx, source, page.cursor, seenAt);
  });
}

export async function readCursor(db: Db, source: SourceId): Promise<StoredCursor | null> {
  const row = await db.selectFrom('cursor').select('value').where('source', '=', source).executeTakeFirst();
  return row ? (JSON.parse(row.value) as StoredCursor) : null;
}

/** Before anything of the page is stored: who is new here, or was gone? */
async function noteArrivals(tx: Db, source: SourceId, sorted: Sorted, at: Instant): Promise<void> {
  const createdAt = new Map(sorted.items.map((item) => [item.id, item.createdAt]));
  const arrive = (project: ProjectId, ids: readonly ItemId[]) =>
    noteAbsences(
      tx,
      { project, source },
      [...new Set(ids)].map((itemId) => ({ itemId, createdAt: createdAt.get(itemId) ?? null })),
      at,
    );
  for (const [project, ids] of sorted.members) await arrive(project, ids);
  for (const { scope, itemIds } of sorted.census) await arrive(scope, itemIds);
}

interface Sorted {
  readonly items: Extract<SourceRecord, { kind: 'item' }>['item'][];
  readonly members: Map<ProjectId, ItemId[]>;
  readonly gone: Map<ProjectId, ItemId[]>;
  readonly changes: { readonly itemId: ItemId; readonly change: Change }[];
  readonly histories: { readonly itemId: ItemId; readonly isComplete: boolean }[];
  readonly statuses: Status[];
  readonly snapshots: Snapshot[];
  readonly census: Extract<SourceRecord, { kind: 'census' }>[];
  readonly censusEnds: Extract<SourceRecord, { kind: 'census-end' }>[];
  readonly setAside: Extract<SourceRecord, { kind: 'set-aside' }>[];
  readonly commits: { readonly service: string; readonly commit: Commit }[];
  readonly pullRequests: { readonly service: string; readonly pullRequest: PullRequest }[];
  readonly deployments: Deployment[];
  readonly incidents: Incident[];
  readonly worklogs: SeenWorklog[];
  readonly worklogsGone: string[];
  readonly cameIn: CameIn[];
}

/** The records by table. Of an item that a page both holds and calls gone, what is said last counts. */
async function sortRecords(records: readonly SourceRecord[]): Promise<Sorted> {
  const sorted: Sorted = {
    items: [],
    members: new Map(),
    gone: new Map(),
    changes: [],
    histories: [],
    statuses: [],
    snapshots: [],
    census: [],
    censusEnds: [],
    setAside: [],
    commits: [],
    pullRequests: [],
    deployments: [],
    incidents: [],
    worklogs: [],
    worklogsGone: [],
    cameIn: [],
  };
  const standing = new Map<string, { project: ProjectId; itemId: ItemId; isGone: boolean }>();
  for (const [index, raw] of records.entries()) {
    const { record, setAside } = checkRecord(raw);
    sorted.setAside.push(...setAside);
    if (record !== null) sortRecord(record, sorted, standing);
    if (index % recordsPerTurn === recordsPerTurn - 1) await giveWay();
  }
  for (const { project, itemId, isGone } of standing.values()) if (isGone) addTo(sorted.gone, project, itemId);
  return sorted;
}

function sortRecord(
  record: SourceRecord,
  sorted: Sorted,
  standing: Map<string, { project: ProjectId; itemId: ItemId; isGone: boolean }>,
): void {
  switch (record.kind) {
    case 'item': {
      const { scope, item } = record;
      sorted.items.push(item);
      addTo(sorted.members, scope, item.id);
      standing.set(JSON.stringify([scope, item.id]), { project: scope, itemId: item.id, isGone: false });
      sorted.cameIn.push({ entity: 'item', refs: [item.id, item.key] });
      return;
    }
    case 'gone':
      standing.set(JSON.stringify([record.scope, record.itemId]), {
        project: record.scope,
        itemId: record.itemId,
        isGone: true,
      });
      return;
    case 'history':
      sorted.histories.push(record);
      for (const change of record.changes) sorted.changes.push({ itemId: record.itemId, change });
      if (record.isComplete) sorted.cameIn.push({ entity: 'change', refs: [record.itemId] });
      return;
    case 'sprint':
      sorted.snapshots.push({ project: record.scope, kind: 'sprint', value: record.sprint });
      sorted.cameIn.push({ entity: 'sprint', refs: [record.sprint.id, record.sprint.name] });
      return;
    case 'version':
      sorted.snapshots.push({ project: record.scope, kind: 'version', value: record.version });
      sorted.cameIn.push({ entity: 'version', refs: [record.version.id, record.version.name] });
      return;
    case 'board':
      sorted.snapshots.push({ project: record.scope, kind: 'board', value: record.board });
      sorted.cameIn.push({ entity: 'board', refs: [record.board.id, record.board.name] });
      return;
    case 'status':
      sorted.statuses.push(record.status);
      sorted.cameIn.push({ entity: 'status', refs: [record.status.id] });
      return;
    case 'commit':
      sorted.commits.push(record);
      sorted.cameIn.push({ entity: 'commit', refs: [record.commit.sha] });
      return;
    case 'pull-request':
      sorted.pullRequests.push(record);
      sorted.cameIn.push({ entity: 'pull-request', refs: [record.pullRequest.id] });
      return;
    case 'deployment':
      sorted.deployments.push(record.deployment);
      sorted.cameIn.push({ entity: 'deployment', refs: [record.deployment.id] });
      return;
    case 'incident':
      sorted.incidents.push(record.incident);
      sorted.cameIn.push({ entity: 'incident', refs: [record.incident.id] });
      return;
    case 'worklog':
      sorted.worklogs.push(record);
      sorted.cameIn.push({ entity: 'worklog', refs: [record.worklog.id, 'worklogs'] });
      return;
    case 'worklog-gone':
      sorted.worklogsGone.push(record.worklogId);
      return;
    case 'census':
      sorted.census.push(record);
      return;
    case 'census-end':
      sorted.censusEnds.push(record);
      return;
    case 'set-aside':
      sorted.setAside.push(record);
      return;
  }
}

function addTo(members: Map<ProjectId, ItemId[]>, project: ProjectId, itemId: ItemId): void {
  const ids = members.get(project);
  if (ids) ids.push(itemId);
  else members.set(project, [itemId]);
}

async function liftSetAside(tx: Db, source: SourceId, sorted: Sorted, at: Instant): Promise<void> {
  const since = (await runningSince(tx, source)) ?? at;
  const open = await readOpenSetAside(tx, source, since);
  if (open.length === 0) return;
  const cameIn = [...sorted.cameIn];
  // A history names its item by id, while what was set aside may name it by the key that people know.
  const ids = sorted.histories.filter((history) => history.isComplete).map((history) => history.itemId);
  await inChunks(ids, async (chunk) => {
    const rows = await tx
      .selectFrom('item')
      .select('key')
      .where('source', '=', source)
      .where('id', 'in', [...chunk])
      .execute();
    cameIn.push(...rows.map(({ key }): CameIn => ({ entity: 'change', refs: [key] })));
  });
  await clearSetAside(tx, open, cameIn, at);
}

async function saveStatuses(tx: Db, source: SourceId, statuses: readonly Status[]): Promise<void> {
  const rows = lastOfEach(statuses, (status) => status.id).map(({ id, name, category }) => ({
    source,
    id,
    name,
    category,
  }));
  await inChunks(rows, (chunk) =>
    tx
      .insertInto('status')
      .values(chunk)
      .onConflict((conflict) =>
        conflict
          .columns(['source', 'id'])
          .doUpdateSet((eb) => ({ name: eb.ref('excluded.name'), category: eb.ref('excluded.category') })),
      )
      .execute(),
  );
}

async function saveCursor(tx: Db, source: SourceId, cursor: StoredCursor, at: Instant): Promise<void> {
  const value = JSON.stringify(sanitize(cursor).value);
  await tx
    .insertInto('cursor')
    .values({ source, value, saved_at: at })
    .onConflict((conflict) => conflict.column('source').doUpdateSet({ value, saved_at: at }))
    .execute();
}
