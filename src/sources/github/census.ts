import { endCensus } from '../pulling/census.ts';
import type { SourceRecord } from '../../core/model/record.ts';
import { ownValue } from '../reading/values.ts';
import type { Page } from '../source.ts';
import type { ScopePlace } from './cursor.ts';
import { nextOf, nodesOf } from './names.ts';
import { issueNumbersQuery } from './plan-queries.ts';
import { nameOf, readRepository } from './queries.ts';
import { pageOf } from '../pulling/page-of.ts';
import type { Run } from './run.ts';
import type { GithubRepository } from './targets.ts';

/** Counts the issues of all repositories of a scope: of those that were deleted or transferred GitHub tells nothing. */
export async function* takeCensus(
  run: Run,
  scope: string,
  at: ScopePlace,
  repositories: readonly GithubRepository[],
): AsyncGenerator<Page> {
  if (repositories.length === 0) return;
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
