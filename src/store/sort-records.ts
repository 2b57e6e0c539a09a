import type { Change } from '../core/model/change.ts';
import type { ItemId, ProjectId } from '../core/model/ids.ts';
import type { Commit, Deployment, Incident, PullRequest } from '../core/model/delivery.ts';
import type { SourceRecord } from '../core/model/record.ts';
import type { Status } from '../core/model/work-item.ts';
import { checkRecord } from './check-record.ts';
import { giveWay } from './dialect.ts';
import type { CameIn } from './set-aside.ts';
import type { Snapshot } from './snapshots.ts';
import type { SeenWorklog } from './worklogs.ts';

/** Reading a record takes microseconds; a page of ten thousand must still let others run in between. */
const recordsPerTurn = 500;

/** The records of a page, by the table that they go into. */
export interface Sorted {
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
export async function sortRecords(records: readonly SourceRecord[]): Promise<Sorted> {
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
