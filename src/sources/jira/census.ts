import type { SourceRecord } from '../../core/model/record.ts';
import { RemoteError } from '../../lib/errors.ts';
import type { Page } from '../source.ts';
import type { ScopePlace } from './cursor.ts';
import { idOf } from './items.ts';
import { listingQuery } from './query.ts';
import { hasStatus } from '../pulling/refusals.ts';
import { nextToken, pagesOf } from './scope-run.ts';
import { setAsideRecords } from '../reading/set-aside.ts';
import type { ScopeRun } from './scope-run.ts';

const idPageSize = 5_000;
const offsetPageSize = 1_000;
const itemsThatMayMove = 50;

/** Counts what is in a scope, by ids alone, to find what was deleted, moved away or hidden: Jira tells of none of it. */
export async function* takeCensus(run: ScopeRun): AsyncGenerator<Page> {
  const { at, site, scope } = run;
  at.census ??= { startedAt: site.clock.now(), token: null, offset: 0, found: 0 };
  const wasResumed = at.census.token !== null || at.census.offset > 0;
  let isLast = false;
  while (!isLast) {
    let ids: string[];
    try {
      [ids, isLast] = await readIds(run, at.census);
    } catch (error) {
      if (!wasResumed || at.census.token === null || !hasStatus(error, 400)) throw error;
      // The page token has died since the last pull: count from the start, as a new census.
      at.census = { startedAt: site.clock.now(), token: null, offset: 0, found: 0 };
      run.tokens.clear();
      continue;
    }
    const { startedAt, found } = at.census;
    const records: SourceRecord[] = [{ kind: 'census', scope: scope.id, startedAt, itemIds: ids }];
    if (isLast) records.push(...endCensus(run, startedAt, found));
    yield* pagesOf(site, records, { step: `${scope.id} census`, done: found, total: at.size || null });
  }
}

/** Closes a census. One that finds nothing where there was something tells of lost rights rather than of deletion. */
export function endCensus({ at, scope, site }: ScopeRun, startedAt: number, found: number): SourceRecord[] {
  at.census = null;
  at.censusAt = startedAt;
  if (found === 0 && at.size > 0) {
    site.log.warn({ scope: scope.id, before: at.size }, 'no item is visible any more; none is marked as gone');
    const reason = `expected about ${at.size} items, found none: has the owner of the token lost the right to browse them?`;
    return setAsideRecords(scope.id, [{ entity: 'item', ref: `census of ${scope.id}`, reason }]);
  }
  at.size = found;
  return [{ kind: 'census-end', scope: scope.id, startedAt }];
}

async function readIds(
  run: ScopeRun,
  census: NonNullable<ScopePlace['census']>,
): Promise<[ids: string[], isLast: boolean]> {
  const { client, deployment } = run.site;
  const jql = listingQuery(run.at.query, null);
  if (deployment === 'cloud') {
    const page = await client.search({ jql, fields: ['id'], maxResults: idPageSize }, census.token);
    census.token = nextToken(run, page);
    const ids = page.issues.map(idOf).filter((id) => id !== null);
    census.found += ids.length;
    return [ids, census.token === null];
  }
  // Again from a little before: what left the scope meanwhile has moved the rest up.
  const startAt = Math.max(0, census.offset - itemsThatMayMove);
  const page = await client.searchFrom({ jql, fields: ['id'], maxResults: offsetPageSize }, startAt, false);
  const reached = startAt + page.issues.length;
  if (reached < page.total && reached <= census.offset) {
    throw new RemoteError('jira', `Jira gives no item after ${reached} of ${page.total}`, { todo: 'pull again' });
  }
  census.offset = reached;
  census.found = reached;
  return [page.issues.map(idOf).filter((id) => id !== null), reached >= page.total];
}
