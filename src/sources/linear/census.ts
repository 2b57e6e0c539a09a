import { endCensus } from '../pulling/census.ts';
import type { SourceRecord } from '../../core/model/record.ts';
import { ownValue } from '../reading/values.ts';
import type { Page } from '../source.ts';
import type { ScopePlace } from './cursor.ts';
import { pageOf } from '../pulling/page-of.ts';
import type { Run } from './run.ts';
import { issueFilter } from './targets.ts';
import type { Target } from './targets.ts';

/** Counts the issues of all targets of a scope: what was deleted, moved to another team or hidden Linear does not tell. */
export async function* takeCensus(
  run: Run,
  scope: string,
  at: ScopePlace,
  targets: readonly Target[],
): AsyncGenerator<Page> {
  at.census ??= { startedAt: run.clock.now(), target: targets[0]!.id, after: null, found: 0 };
  while (at.census) {
    const { census } = at;
    const index = targets.findIndex(({ id }) => id === census.target);
    const { nodes, next } = await run.client.issueIds(issueFilter(targets[index]!), census.after);
    const itemIds = nodes
      .filter((raw) => ownValue(raw, 'trashed') !== true)
      .map((raw) => ownValue(raw, 'id'))
      .filter((id) => typeof id === 'string');
    census.found += itemIds.length;
    const records: SourceRecord[] = [{ kind: 'census', scope, startedAt: census.startedAt, itemIds }];
    const following = targets[index + 1];
    if (next !== null) census.after = next;
    else if (following) Object.assign(census, { target: following.id, after: null });
    else records.push(...endCensus(run, scope, at, census));
    yield pageOf(run, records, { step: `${scope} census`, done: census.found, total: at.size || null });
  }
}
