import type { SourceRecord } from '../../core/model/record.ts';
import { hasStatus } from '../pulling/refusals.ts';
import { setAsideRecords } from '../reading/set-aside.ts';
import { ownValue } from '../reading/values.ts';
import { allOf, connectionOf } from './client.ts';
import { normalizeHistory } from './normalize-history.ts';
import type { HistoryContext } from './normalize-history.ts';
import { nodesOf, normalizeIssue } from './normalize-issue.ts';
import type { IssueContext } from './normalize-issue.ts';
import type { Run } from './run.ts';

export interface IssueScope extends IssueContext, HistoryContext {
  readonly id: string;
}

/** Items with their whole histories. One in the trash is gone: restored, it comes again. */
export async function issueRecords(run: Run, scope: IssueScope, raws: readonly unknown[]): Promise<SourceRecord[]> {
  return (await Promise.all(raws.map((raw) => recordsOfIssue(run, scope, raw)))).flat();
}

async function recordsOfIssue(run: Run, scope: IssueScope, raw: unknown): Promise<SourceRecord[]> {
  const id = ownValue(raw, 'id');
  if (typeof id === 'string' && ownValue(raw, 'trashed') === true)
    return [{ kind: 'gone', scope: scope.id, itemId: id }];
  const first = normalizeIssue(raw, scope);
  if (!first.value) return setAsideRecords(scope.id, first.setAside);
  const itemId = first.value.id;
  let whole: unknown;
  let entries: readonly unknown[];
  try {
    whole = await withAllBeside(run, itemId, raw);
    entries = await allEntries(run, itemId, raw);
  } catch (error) {
    // It was deleted between the listing and now.
    if (!hasStatus(error, 404)) throw error;
    return [{ kind: 'gone', scope: scope.id, itemId }];
  }
  const { value: item, setAside } = normalizeIssue(whole, scope);
  const history = normalizeHistory(whole, entries, scope);
  return [
    { kind: 'item', scope: scope.id, item: item! },
    { kind: 'history', itemId, changes: history.value, isComplete: true },
    ...setAsideRecords(scope.id, [...setAside, ...history.setAside]),
  ];
}

const besides = ['labels', 'relations', 'inverseRelations'];

/** The issue with all labels and relations, where the page had not room for them. */
async function withAllBeside(run: Run, id: string, raw: unknown): Promise<unknown> {
  const isCut = besides.some((list) => ownValue(ownValue(ownValue(raw, list), 'pageInfo'), 'hasNextPage') === true);
  if (!isCut) return raw;
  const beside = await run.client.beside(id);
  return { ...(raw as object), ...(beside as object) };
}

async function allEntries(run: Run, id: string, raw: unknown): Promise<readonly unknown[]> {
  const { next } = connectionOf(ownValue(raw, 'history'), 'history');
  const first = nodesOf(raw, 'history');
  return next === null ? first : [...first, ...(await allOf((after) => run.client.history(id, after), next))];
}
