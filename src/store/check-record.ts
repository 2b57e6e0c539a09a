import type { Change } from '../core/model/change.ts';
import type { SourceRecord } from '../core/model/record.ts';
import type { Instant } from '../core/time/instant.ts';
import { sanitize } from './sanitize.ts';

type SetAsideRecord = Extract<SourceRecord, { kind: 'set-aside' }>;

export interface Checked {
  /** The record as it can be stored; null when nothing of it can. */
  readonly record: SourceRecord | null;
  /** What could not be kept of it. */
  readonly setAside: readonly SetAsideRecord[];
}

/** Beyond it `Date` gives up, and so would every report. */
const furthestInstant = 8.64e15;
/** An index of PostgreSQL holds at most 2,700 bytes a row; no tool has ids a tenth of that. */
const longestId = 255;

/** The last check before the database: a record is sanitized, and set aside where its keys or times cannot be stored. */
export function checkRecord(raw: SourceRecord): Checked {
  const { value: record, mended } = sanitize(raw);
  switch (record.kind) {
    case 'item':
      return checkItem(record, mended);
    case 'history':
      return checkHistory(record, mended);
    case 'sprint':
      return checkPlan(record, { entity: 'sprint', id: record.sprint.id, scope: record.scope }, mended);
    case 'version':
      return checkPlan(record, { entity: 'version', id: record.version.id, scope: record.scope }, mended);
    case 'board':
      return checkPlan(record, { entity: 'board', id: record.board.id, scope: record.scope }, mended);
    case 'status':
      return checkPlan(record, { entity: 'status', id: record.status.id, scope: null }, mended);
    case 'commit': {
      const { sha, authoredAt, committedAt } = record.commit;
      const problem =
        idProblem('sha', sha) ?? instantProblem('authoredAt', authoredAt) ?? instantProblem('committedAt', committedAt);
      return checkDelivery(record, { entity: 'commit', id: sha, problem });
    }
    case 'pull-request': {
      const { id, ...times } = record.pullRequest;
      const problem =
        idProblem('id', id) ??
        instantProblem('openedAt', times.openedAt) ??
        optionalInstantProblem('firstCommitAt', times.firstCommitAt) ??
        optionalInstantProblem('firstReviewAt', times.firstReviewAt) ??
        optionalInstantProblem('mergedAt', times.mergedAt) ??
        optionalInstantProblem('closedAt', times.closedAt);
      return checkDelivery(record, { entity: 'pull-request', id, problem });
    }
    case 'deployment': {
      const { id, finishedAt } = record.deployment;
      const problem = idProblem('id', id) ?? instantProblem('finishedAt', finishedAt);
      return checkDelivery(record, { entity: 'deployment', id, problem });
    }
    case 'incident': {
      const { id, openedAt, resolvedAt } = record.incident;
      const problem =
        idProblem('id', id) ?? instantProblem('openedAt', openedAt) ?? optionalInstantProblem('resolvedAt', resolvedAt);
      return checkDelivery(record, { entity: 'incident', id, problem });
    }
    case 'worklog': {
      const { id, itemId, createdAt, updatedAt, startedAt, seconds } = record.worklog;
      const problem =
        idProblem('id', id) ??
        idProblem('itemId', itemId) ??
        instantProblem('createdAt', createdAt) ??
        instantProblem('updatedAt', updatedAt) ??
        instantProblem('startedAt', startedAt) ??
        secondsProblem(seconds);
      return checkDelivery(record, { entity: 'worklog', id, problem });
    }
    case 'census': {
      const itemIds = record.itemIds.filter((id) => idProblem('id', id) === null);
      return { record: { ...record, itemIds }, setAside: [] };
    }
    case 'gone':
    case 'worklog-gone':
    case 'census-end':
    case 'set-aside':
      break;
  }
  return { record, setAside: [] };
}

function checkItem(record: Extract<SourceRecord, { kind: 'item' }>, mended: readonly string[]): Checked {
  const { item, scope } = record;
  const ref = item.key || item.id;
  const about = { entity: 'item', ref, scope } as const;
  const problem =
    idProblem('id', item.id) ??
    idProblem('key', item.key) ??
    instantProblem('createdAt', item.createdAt) ??
    instantProblem('updatedAt', item.updatedAt) ??
    optionalInstantProblem('resolvedAt', item.resolvedAt);
  if (problem !== null) return { record: null, setAside: [setAside(about, problem)] };
  return { record, setAside: mended.map((path) => setAside(about, notStorable(path))) };
}

function checkHistory(record: Extract<SourceRecord, { kind: 'history' }>, mended: readonly string[]): Checked {
  const about = { entity: 'change', ref: record.itemId, scope: null } as const;
  const problem = idProblem('itemId', record.itemId);
  if (problem !== null) return { record: null, setAside: [setAside(about, problem)] };
  const refused: SetAsideRecord[] = [];
  const changes = record.changes.filter((change) => {
    const wrong = changeProblem(change);
    if (wrong !== null) refused.push(setAside({ ...about, ref: `${record.itemId} ${change.id}` }, wrong));
    return wrong === null;
  });
  if (refused.length === 0 && mended.length === 0) return { record, setAside: [] };
  // A history with a hole is not complete: figures from it must say so.
  return { record: { ...record, changes, isComplete: false }, setAside: refused };
}

function changeProblem(change: Change): string | null {
  const isPart = Number.isSafeInteger(change.part);
  return (
    idProblem('id', change.id) ??
    instantProblem('at', change.at) ??
    (isPart ? null : `part: expected a whole number, found ${String(change.part)}`)
  );
}

function checkPlan(
  record: SourceRecord,
  of: { readonly entity: SetAsideRecord['entity']; readonly id: string; readonly scope: string | null },
  mended: readonly string[],
): Checked {
  const about = { entity: of.entity, ref: of.id, scope: of.scope };
  const problem = idProblem('id', of.id);
  if (problem !== null) return { record: null, setAside: [setAside(about, problem)] };
  return { record, setAside: mended.map((path) => setAside(about, notStorable(path))) };
}

/** What belongs to a service, or to an item that several projects may hold: it has no scope. */
function checkDelivery(
  record: SourceRecord,
  of: { readonly entity: SetAsideRecord['entity']; readonly id: string; readonly problem: string | null },
): Checked {
  if (of.problem === null) return { record, setAside: [] };
  return { record: null, setAside: [setAside({ entity: of.entity, ref: of.id, scope: null }, of.problem)] };
}

function idProblem(name: string, id: string): string | null {
  if (typeof id === 'string' && id !== '' && id.length <= longestId) return null;
  return `${name}: expected a text of 1 to ${longestId} characters, found ${describe(id)}`;
}

function instantProblem(name: string, at: Instant): string | null {
  if (Number.isInteger(at) && Math.abs(at) <= furthestInstant) return null;
  return `${name}: expected a time in whole milliseconds, found ${describe(at)}`;
}

function secondsProblem(seconds: number): string | null {
  if (Number.isSafeInteger(seconds) && seconds >= 0) return null;
  return `seconds: expected a whole number from 0 up, found ${describe(seconds)}`;
}

function optionalInstantProblem(name: string, at: Instant | null): string | null {
  return at === null ? null : instantProblem(name, at);
}

function notStorable(path: string): string {
  return `${path}: expected a finite number below 2^53; left out`;
}

function describe(value: unknown): string {
  return typeof value === 'string' ? `${value.length} characters` : String(value);
}

function setAside(about: Pick<SetAsideRecord, 'entity' | 'ref' | 'scope'>, reason: string): SetAsideRecord {
  return { kind: 'set-aside', ...about, ref: about.ref || '(no id)', reason };
}
