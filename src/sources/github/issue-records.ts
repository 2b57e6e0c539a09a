import type { SourceRecord } from '../../core/model/record.ts';
import { setAsideRecords } from '../reading/set-aside.ts';
import { ownValue } from '../reading/values.ts';
import type { GithubBoard } from './board.ts';
import { historyOfFields, readBoardFields, seenOf } from './board-fields.ts';
import type { ScopePlace } from './cursor.ts';
import type { HistoryContext } from './history-context.ts';
import { eventsQuery } from './issue-query.ts';
import { normalizeHistory } from './normalize-history.ts';
import { incidentOf, normalizeIssue } from './normalize-issue.ts';
import { allNodes, askAboutIssues } from './queries.ts';
import type { Run } from './run.ts';

export interface IssueScope {
  readonly id: string;
  readonly at: ScopePlace;
  readonly board: GithubBoard | null;
  readonly context: HistoryContext;
  readonly isIncidentLabel: (label: string) => boolean;
  /** Statuses that this pull has handed out already. */
  readonly toldStatuses: Set<string>;
}

export const partsOf = (run: Run, { board }: Pick<IssueScope, 'board'>) => ({
  hasStatusLabels: run.settings.statusLabels.length > 0,
  hasBoard: board !== null,
});

/** Items with their whole histories, and incidents among them. */
export async function issueRecords(run: Run, scope: IssueScope, raws: readonly unknown[]): Promise<SourceRecord[]> {
  return (await Promise.all(raws.map((raw) => recordsOfIssue(run, scope, raw)))).flat();
}

async function recordsOfIssue(run: Run, scope: IssueScope, raw: unknown): Promise<SourceRecord[]> {
  const { context, board, at } = scope;
  const fields = readBoardFields(raw, board, context.names);
  const { value: item, setAside } = normalizeIssue(raw, fields, context);
  if (!item) return setAsideRecords(scope.id, setAside);
  const id = ownValue(raw, 'id');
  const events = await allNodes(raw, 'timelineItems', (after) =>
    askAboutIssues(run, partsOf(run, scope), eventsQuery, { id, after }),
  );
  const history = normalizeHistory(raw, events, fields, context);
  const before = Object.hasOwn(at.seen, item.id) ? at.seen[item.id] : undefined;
  const onBoard = historyOfFields(fields, before, item.updatedAt);
  // Of what is closed nothing is expected to change: only open issues are remembered.
  const seen = seenOf(fields);
  if (item.resolution === null && Object.keys(seen).length > 0) at.seen[item.id] = seen;
  else delete at.seen[item.id];
  if (typeof id === 'string' && fields.changedAt !== null && fields.changedAt >= (at.board.watermark ?? Infinity))
    at.board.recent[id] = fields.changedAt;
  const records: SourceRecord[] = [
    { kind: 'item', scope: scope.id, item },
    { kind: 'history', itemId: item.id, changes: [...history.value, ...onBoard], isComplete: true },
    ...setAsideRecords(scope.id, [...setAside, ...history.setAside]),
  ];
  const status = item.status!;
  if (!scope.toldStatuses.has(status.id)) {
    scope.toldStatuses.add(status.id);
    records.push({ kind: 'status', status });
  }
  const incident = incidentOf(item, scope.isIncidentLabel);
  const services = incident ? run.services.of({ project: context.path, labels: item.labels }) : [];
  records.push(...services.map((service) => ({ kind: 'incident' as const, incident: { ...incident!, service } })));
  return records;
}
