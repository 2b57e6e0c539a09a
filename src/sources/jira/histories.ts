import type { SourceRecord } from '../../core/model/record.ts';
import type { Pass } from './cursor.ts';
import { normalizeHistories } from './normalize-history.ts';
import { hasStatus } from '../pulling/refusals.ts';
import { nextToken } from './scope-run.ts';
import { setAsideRecords } from '../reading/set-aside.ts';
import type { ScopeRun } from './scope-run.ts';

/** Issues whose histories one bulk request may ask for. */
export const historyChunk = 1_000;
/** Issues asked for one by one between two stored pages, where there is no bulk request. */
const singleChunk = 50;

/** The next portion of the histories that are due, as records; `pass` is moved on behind it. */
export async function readHistories(run: ScopeRun, pass: Pass): Promise<SourceRecord[]> {
  const { place } = run.site;
  if (place.bulkChangelogs === 'refused') return readOneByOne(run, pass);
  try {
    return await readInBulk(run, pass);
  } catch (error) {
    if (pass.historyToken !== null && hasStatus(error, 400)) {
      // Page tokens live seven days. These issues begin again; what was stored of them is stored over.
      pass.historyToken = null;
      run.tokens.clear();
      return readInBulk(run, pass);
    }
    if (!hasStatus(error, 400, 403, 404, 405, 410, 501)) throw error;
    run.site.log.warn({ scope: run.scope.id, error: error.message }, 'no changelogs in bulk, one request an issue');
    if (error.status !== 400) place.bulkChangelogs = 'refused';
    return readOneByOne(run, pass);
  }
}

/** Entries come by date across all issues, so that one issue's may stand on several pages: whole after the last page. */
async function readInBulk(run: ScopeRun, pass: Pass): Promise<SourceRecord[]> {
  const ids = pass.pending.slice(0, historyChunk);
  const page = await run.site.client.changelogs(ids, pass.historyToken);
  const token = nextToken(run, page);
  const records: SourceRecord[] = [];
  const seen = new Set<string>();
  for (const { issueId, changeHistories } of page.issueChangeLogs ?? []) {
    seen.add(issueId);
    records.push(...historyRecords(run, issueId, changeHistories ?? [], token === null));
  }
  if (token === null) {
    for (const id of ids)
      if (!seen.has(id)) records.push({ kind: 'history', itemId: id, changes: [], isComplete: true });
    pass.pending = pass.pending.slice(ids.length);
  }
  pass.historyToken = token;
  return records;
}

async function readOneByOne(run: ScopeRun, pass: Pass): Promise<SourceRecord[]> {
  const ids = pass.pending.slice(0, singleChunk);
  const records = await Promise.all(ids.map((id) => readOne(run, id)));
  pass.pending = pass.pending.slice(ids.length);
  pass.historyToken = null;
  return records.flat();
}

async function readOne(run: ScopeRun, id: string): Promise<SourceRecord[]> {
  const entries: unknown[] = [];
  try {
    for (;;) {
      const page = await run.site.client.changelog(id, entries.length);
      entries.push(...page.values);
      const isWhole = entries.length >= (page.total ?? Number.POSITIVE_INFINITY);
      if (page.isLast || isWhole || page.values.length === 0) break;
    }
  } catch (error) {
    if (!hasStatus(error, 404)) throw error;
    return [{ kind: 'gone', scope: run.scope.id, itemId: id }];
  }
  return historyRecords(run, id, entries, true);
}

/** The records of one issue's entries. */
export function historyRecords(
  run: ScopeRun,
  itemId: string,
  entries: readonly unknown[],
  isComplete: boolean,
): SourceRecord[] {
  const { value: changes, setAside } = normalizeHistories(entries, run.site.fields, `issue ${itemId}`);
  return [{ kind: 'history', itemId, changes, isComplete }, ...setAsideRecords(run.scope.id, setAside)];
}
