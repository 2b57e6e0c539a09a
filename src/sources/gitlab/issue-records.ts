import { anyGlob } from '../reading/globs.ts';
import type { SourceRecord } from '../../core/model/record.ts';
import { ownValue, readInstant } from '../reading/values.ts';
import { allOf } from './client.ts';
import type { EventKind } from './client.ts';
import { normalizeHistory } from './normalize-history.ts';
import type { IssuePast } from './normalize-history.ts';
import { incidentOf, normalizeIssue } from './normalize-issue.ts';
import type { IssueContext } from './normalize-issue.ts';
import { hasStatus, ifThere } from '../pulling/refusals.ts';
import { setAsideRecords } from '../reading/set-aside.ts';
import type { Run } from './run.ts';
import type { Statuses } from './statuses.ts';
import { tellsOfLinks } from './system-notes.ts';

export interface IssueScope {
  readonly id: string;
  readonly statuses: Statuses;
  readonly project: { readonly id: number; readonly path: string };
  /** Labels are asked for only where some are statuses. */
  readonly hasStatusLabels: boolean;
  /** Statuses that this pull has handed out already. */
  readonly toldStatuses: Set<string>;
}

/** Items with their whole histories, and incidents among them. */
export async function issueRecords(run: Run, scope: IssueScope, raws: readonly unknown[]): Promise<SourceRecord[]> {
  return (await Promise.all(raws.map((raw) => recordsOfIssue(run, scope, raw)))).flat();
}

async function recordsOfIssue(run: Run, scope: IssueScope, raw: unknown): Promise<SourceRecord[]> {
  const { statuses, project } = scope;
  const context: IssueContext = { path: project.path, projectId: project.id, names: run.names, statuses };
  const first = normalizeIssue(raw, [], context);
  if (!first.value) return setAsideRecords(scope.id, first.setAside);
  let past: IssuePast;
  let links: readonly unknown[];
  try {
    past = await readPast(run, scope, raw);
    links = await readLinks(run, project.id, raw, past);
  } catch (error) {
    // It went between the listing and now: deleted, or moved where the token sees nothing.
    if (!hasStatus(error, 404)) throw error;
    return [{ kind: 'gone', scope: scope.id, itemId: first.value.id }];
  }
  const { value: item, setAside } = normalizeIssue(raw, links, context);
  const history = normalizeHistory(raw, past, context);
  const records: SourceRecord[] = [
    { kind: 'item', scope: scope.id, item: item! },
    { kind: 'history', itemId: item!.id, changes: history.value, isComplete: true },
    ...setAsideRecords(scope.id, [...setAside, ...history.setAside]),
  ];
  const status = item!.status!;
  if (!scope.toldStatuses.has(status.id)) {
    scope.toldStatuses.add(status.id);
    records.push({ kind: 'status', status });
  }
  const incident = incidentOf(raw, item!, anyGlob(run.settings.incidentLabels));
  const services = incident ? run.services.of({ project: project.path, labels: item!.labels }) : [];
  records.push(...services.map((service) => ({ kind: 'incident' as const, incident: { ...incident!, service } })));
  return records;
}

/** What cannot have happened is not asked for: an issue that nobody has touched has no past. */
async function readPast({ client }: Run, scope: IssueScope, raw: unknown): Promise<IssuePast> {
  if (isUntouched(raw)) return { notes: [] };
  const project = scope.project.id;
  const iid = ownValue(raw, 'iid') as number;
  const events = async (kind: EventKind) => allOf((page) => client.events(kind, project, iid, page));
  const ifKnown = async (kind: EventKind) => (await ifThere(() => events(kind))) ?? [];
  const [notes, state, milestone, label, weight, iteration] = await Promise.all([
    allOf((page) => client.issueNotes(project, iid, page)),
    events('state'),
    events('milestone'),
    scope.hasStatusLabels ? events('label') : [],
    // Both need a licence; an issue without the field has no such events.
    hasField(raw, 'weight') ? ifKnown('weight') : [],
    hasField(raw, 'iteration') ? ifKnown('iteration') : [],
  ]);
  return { notes, state, milestone, label, weight, iteration };
}

function isUntouched(raw: unknown): boolean {
  const createdAt = readInstant(ownValue(raw, 'created_at'));
  const updatedAt = readInstant(ownValue(raw, 'updated_at'));
  const isAsBorn = createdAt !== null && updatedAt !== null && updatedAt - createdAt < 1_000;
  return isAsBorn && ownValue(raw, 'state') === 'opened';
}

function hasField(raw: unknown, field: string): boolean {
  return ownValue(raw, field) !== undefined;
}

async function readLinks({ client }: Run, project: number, raw: unknown, { notes }: IssuePast): Promise<unknown[]> {
  const isLinked = notes.some((note) => {
    const body = ownValue(note, 'body');
    return ownValue(note, 'system') === true && typeof body === 'string' && tellsOfLinks(body);
  });
  if (!isLinked) return [];
  const iid = ownValue(raw, 'iid') as number;
  return (await ifThere(() => allOf((page) => client.links(project, iid, page)))) ?? [];
}
