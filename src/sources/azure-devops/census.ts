import { endCensus } from '../pulling/census.ts';
import type { SourceRecord } from '../../core/model/record.ts';
import type { Page } from '../source.ts';
import type { ScopePlace } from './cursor.ts';
import { pageOf } from '../pulling/page-of.ts';
import type { Run } from './run.ts';
import { idsQuery } from './targets.ts';
import type { Target } from './targets.ts';

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
