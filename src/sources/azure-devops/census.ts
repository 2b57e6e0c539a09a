import type { SourceRecord } from '../../core/model/record.ts';
import { dayMs } from '../../core/time/instant.ts';
import { setAsideRecords } from '../gitlab/run.ts';
import type { Page } from '../source.ts';
import type { ScopePlace } from './cursor.ts';
import { pageOf } from './run.ts';
import type { Run } from './run.ts';
import { idsQuery } from './targets.ts';
import type { Target } from './targets.ts';

const censusEveryMs = 7 * dayMs;

export function isCensusDue(run: Run, at: ScopePlace): boolean {
  return at.censusAt === null || run.clock.now() - at.censusAt >= censusEveryMs;
}

/** Counts the work items of all targets of a scope: what was destroyed, moved or hidden nothing tells. */
export async function* takeCensus(
  run: Run,
  scope: string,
  at: ScopePlace,
  targets: readonly Target[],
): AsyncGenerator<Page> {
  at.census ??= { startedAt: run.clock.now(), target: targets[0]!.name, after: 0, found: 0 };
  while (at.census) {
    const { census } = at;
    const index = targets.findIndex(({ name }) => name === census.target);
    const target = targets[index]!;
    const ids = await run.client.manyIds(idsQuery(target, { after: census.after, since: null }), target.project.id);
    census.found += ids.length;
    const itemIds = ids.map((id) => run.names.item(id));
    const records: SourceRecord[] = [{ kind: 'census', scope, startedAt: census.startedAt, itemIds }];
    const next = targets[index + 1];
    if (ids.length > 0) census.after = Math.max(...ids);
    else if (next) Object.assign(census, { target: next.name, after: 0 });
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
    run.log.warn({ scope, before: at.size }, 'no work item is visible any more; none is marked as gone');
    const reason = `expected about ${at.size} work items, found none: has the owner of the token lost the right to see them?`;
    return setAsideRecords(scope, [{ entity: 'item', ref: `census of ${scope}`, reason }]);
  }
  at.size = found;
  return [{ kind: 'census-end', scope, startedAt }];
}
