import type { SourceRecord } from '../../core/model/record.ts';
import { startPass } from './cursor.ts';
import type { Pass } from './cursor.ts';
import { historyRecords } from './histories.ts';
import { idOf, readItems } from './items.ts';
import { inlineHistories } from './normalize-history.ts';
import { setAsideRecords, unusable } from '../reading/set-aside.ts';
import { listingQuery } from './query.ts';
import { hasStatus } from '../pulling/refusals.ts';
import { nextToken } from './scope-run.ts';
import type { ScopeRun } from './scope-run.ts';

/** Issues with all our fields on one page of a search; Jira gives no more whatever is asked. */
export const itemPageSize = 100;
const idPageSize = 5_000;
/** Issues that one bulk fetch takes where the server serves large pages. */
const fetchChunk = 1_000;

/** The next page of the listing of a pass: items, or on large pages the ids that `fetchQueued` then asks for. */
export async function readListing(run: ScopeRun, pass: Pass): Promise<SourceRecord[]> {
  if (run.site.deployment === 'data-center') return listFrom(run, pass);
  return pass.isLarge ? listIds(run, pass) : listItems(run, pass);
}

async function listItems(run: ScopeRun, pass: Pass): Promise<SourceRecord[]> {
  const { client, askedFields } = run.site;
  const jql = listingQuery(run.at.query, pass.since);
  const page = await client.search({ jql, fields: askedFields, maxResults: itemPageSize }, pass.token);
  pass.token = nextToken(run, page);
  pass.isListed = pass.token === null;
  const { records, ids } = readItems(run, pass, page.issues);
  pass.pending = [...new Set([...pass.pending, ...ids])];
  return records;
}

async function listIds(run: ScopeRun, pass: Pass): Promise<SourceRecord[]> {
  const jql = listingQuery(run.at.query, pass.since);
  let page;
  try {
    page = await run.site.client.search({ jql, fields: ['id'], maxResults: idPageSize }, pass.token);
  } catch (error) {
    if (pass.token !== null || !hasStatus(error, 400, 413)) throw error;
    return goSmall(run, pass);
  }
  pass.token = nextToken(run, page);
  pass.isListed = pass.token === null;
  pass.queue = [...new Set(page.issues.map(idOf).filter((id) => id !== null))];
  return [];
}

/** The items of the next ids. Those that are gone since they were listed are told as gone. */
export async function fetchQueued(run: ScopeRun, pass: Pass): Promise<SourceRecord[]> {
  const ids = pass.queue.slice(0, fetchChunk);
  let answer;
  try {
    answer = await run.site.client.issuesById(ids, run.site.askedFields);
  } catch (error) {
    if (!hasStatus(error, 400, 403, 404, 405, 413)) throw error;
    return goSmall(run, pass);
  }
  pass.queue = pass.queue.slice(ids.length);
  const { records, ids: found } = readItems(run, pass, answer.issues);
  pass.pending = found;
  const present = new Set(answer.issues.map(idOf));
  const missing = ids.filter((id) => !present.has(id));
  return [...records, ...missing.map((itemId): SourceRecord => ({ kind: 'gone', scope: run.scope.id, itemId }))];
}

/**
 * The server refused a large page: list again from the start with items on small ones. If it was the query that it
 * refused, the first small page says so.
 */
function goSmall(run: ScopeRun, pass: Pass): Promise<SourceRecord[]> {
  run.site.log.info({ scope: run.scope.id }, 'no large pages here, 100 issues a page');
  run.site.place.refusedAt = run.site.clock.now();
  run.tokens.clear();
  Object.assign(pass, startPass(pass, { since: pass.since, isLarge: false, total: pass.total }));
  return listItems(run, pass);
}

/**
 * Data Center pages by offset. When issues leave the scope meanwhile, all behind them move up, and the total says by how
 * many: the next page begins that much earlier, so that none slips through.
 */
async function listFrom(run: ScopeRun, pass: Pass): Promise<SourceRecord[]> {
  const { client, askedFields } = run.site;
  const query = { jql: listingQuery(run.at.query, pass.since), fields: askedFields, maxResults: itemPageSize };
  const page = await client.searchFrom(query, pass.offset, true);
  const moved = Math.max(0, (pass.total ?? page.total) - page.total);
  pass.total = page.total;
  if (moved > 0 && pass.offset > 0) {
    pass.offset = Math.max(0, pass.offset - moved);
    return [];
  }
  pass.offset += page.issues.length;
  const isStuck = page.issues.length === 0 && pass.offset < page.total;
  pass.isListed = isStuck || pass.offset >= page.total;
  const { records, fresh } = readItems(run, pass, page.issues);
  for (const issue of fresh) {
    const inline = inlineHistories(issue);
    records.push(...historyRecords(run, idOf(issue)!, inline?.histories ?? [], inline?.isComplete ?? false));
  }
  if (isStuck) {
    // Nobody can say what stands there, so this listing is no proof that anything is gone.
    pass.isCensus = false;
    const ref = `${run.scope.id} from ${pass.offset}`;
    records.push(
      ...setAsideRecords(run.scope.id, [unusable('item', ref, `items up to ${page.total}`, 'an empty page')]),
    );
  }
  return records;
}
