import { endCensus } from '../pulling/census.ts';
import type { SourceRecord } from '../../core/model/record.ts';
import { ownValue, readInstant } from '../reading/values.ts';
import type { Page } from '../source.ts';
import type { ScopePlace } from './cursor.ts';
import { pageOf } from '../pulling/page-of.ts';
import type { Run } from './run.ts';

/** Counts the issues of all projects of a scope, in order of birth: what was deleted or hidden GitLab does not tell. */
export async function* takeCensus(
  run: Run,
  scope: string,
  at: ScopePlace,
  projects: readonly number[],
): AsyncGenerator<Page> {
  if (projects.length === 0) return;
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
