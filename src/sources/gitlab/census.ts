import type { SourceRecord } from '../../core/model/record.ts';
import { dayMs } from '../../core/time/instant.ts';
import { ownValue, readInstant } from '../jira/values.ts';
import type { Page } from '../source.ts';
import type { ScopePlace } from './cursor.ts';
import { pageOf, setAsideRecords } from './run.ts';
import type { Run } from './run.ts';

const censusEveryMs = 7 * dayMs;

export function isCensusDue(run: Run, at: ScopePlace): boolean {
  return at.censusAt === null || run.clock.now() - at.censusAt >= censusEveryMs;
}

/** Counts the issues of all projects of a scope, in order of birth: what was deleted or hidden GitLab does not tell. */
export async function* takeCensus(
  run: Run,
  scope: string,
  at: ScopePlace,
  projects: readonly number[],
): AsyncGenerator<Page> {
  at.census ??= { startedAt: run.clock.now(), project: projects[0]!, after: null, page: 1, found: 0 };
  while (at.census) {
    const { census } = at;
    const { items, nextPage } = await run.client.issues(census.project, {
      by: 'created',
      after: census.after,
      page: census.page,
    });
    const itemIds = items.map((raw) => ownValue(raw, 'id')).filter((id) => typeof id === 'number');
    census.found += itemIds.length;
    const records: SourceRecord[] = [
      { kind: 'census', scope, startedAt: census.startedAt, itemIds: itemIds.map((id) => run.names.item(id)) },
    ];
    if (nextPage !== null) turn(census, items);
    else {
      const next = projects[projects.indexOf(census.project) + 1];
      if (next !== undefined) Object.assign(census, { project: next, after: null, page: 1 });
      else records.push(...endCensus(run, scope, at, census));
    }
    yield pageOf(run, records, { step: `${scope} census`, done: census.found, total: at.size || null });
  }
}

/** By time of birth, so that what is deleted meanwhile makes no gap. */
function turn(census: NonNullable<ScopePlace['census']>, items: readonly unknown[]): void {
  const last = items.map((raw) => readInstant(ownValue(raw, 'created_at'))).findLast((at) => at !== null) ?? null;
  if (last !== null && (census.after === null || last > census.after)) {
    census.after = last;
    census.page = 1;
  } else census.page += 1;
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
