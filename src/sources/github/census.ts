import type { SourceRecord } from '../../core/model/record.ts';
import { dayMs } from '../../core/time/instant.ts';
import { setAsideRecords } from '../gitlab/run.ts';
import { ownValue } from '../jira/values.ts';
import type { Page } from '../source.ts';
import type { ScopePlace } from './cursor.ts';
import { nextOf, nodesOf } from './names.ts';
import { issueNumbersQuery } from './plan-queries.ts';
import { nameOf, readRepository } from './queries.ts';
import { pageOf } from './run.ts';
import type { Run } from './run.ts';
import type { GithubRepository } from './targets.ts';

const censusEveryMs = 7 * dayMs;

export function isCensusDue(run: Run, at: ScopePlace): boolean {
  return at.censusAt === null || run.clock.now() - at.censusAt >= censusEveryMs;
}

/** Counts the issues of all repositories of a scope: of those that were deleted or transferred GitHub tells nothing. */
export async function* takeCensus(
  run: Run,
  scope: string,
  at: ScopePlace,
  repositories: readonly GithubRepository[],
): AsyncGenerator<Page> {
  at.census ??= { startedAt: run.clock.now(), repository: repositories[0]!.id, after: null, found: 0 };
  while (at.census) {
    const { census } = at;
    // One that left the scope during the count is counted no further.
    const index = repositories.findIndex(({ id }) => id === census.repository);
    const repository = repositories[Math.max(index, 0)]!;
    const variables = { ...nameOf(repository.full_name), after: census.after };
    const owner = await readRepository(run, issueNumbersQuery, variables);
    const numbers = nodesOf(owner, 'issues')
      .map((node) => ownValue(node, 'number'))
      .filter((number) => typeof number === 'number');
    census.found += numbers.length;
    const itemIds = numbers.map((number) => run.names.item(repository.id, number));
    const records: SourceRecord[] = [{ kind: 'census', scope, startedAt: census.startedAt, itemIds }];
    const next = nextOf(owner, 'issues');
    const following = repositories[repositories.indexOf(repository) + 1];
    if (next !== null && next !== census.after) census.after = next;
    else if (following) Object.assign(census, { repository: following.id, after: null });
    else records.push(...endCensus(run, scope, at, census));
    yield pageOf(run, records, { step: `${scope} census`, done: census.found, total: at.size || null });
  }
}

/** Closes a count. One that finds nothing where there was something tells of lost rights rather than of deletion. */
export function endCensus(
  run: Run,
  scope: string,
  at: ScopePlace,
  { startedAt, found }: { readonly startedAt: number; readonly found: number },
): SourceRecord[] {
  at.census = null;
  at.censusAt = startedAt;
  if (found === 0 && at.size > 0) {
    run.log.warn({ scope, before: at.size }, 'no issue is visible any more; none is marked as gone');
    const reason = `expected about ${at.size} issues, found none: has the token lost the right to see them?`;
    return setAsideRecords(scope, [{ entity: 'item', ref: `census of ${scope}`, reason }]);
  }
  at.size = found;
  return [{ kind: 'census-end', scope, startedAt }];
}
