import type { SourceRecord } from '../../core/model/record.ts';
import { dayMs } from '../../core/time/instant.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { setAsideRecords } from '../reading/set-aside.ts';
import type { Cursor, Page } from '../source.ts';
import { pageOf } from './page-of.ts';
import type { Reached } from './page-of.ts';

/** Of what is deleted, moved away or hidden most tools tell nothing: once a week all is counted. */
const censusEveryMs = 7 * dayMs;

interface Counted {
  census: object | null;
  censusAt: number | null;
  size: number;
}

function isCensusDue({ clock }: { readonly clock: Clock }, { censusAt }: Pick<Counted, 'censusAt'>): boolean {
  return censusAt === null || clock.now() - censusAt >= censusEveryMs;
}

/** Closes a count. One that finds nothing where there was something tells of lost rights rather than of deletion. */
export function endCensus(
  { log }: { readonly log: Logger },
  scope: string,
  at: Counted,
  { startedAt, found }: { readonly startedAt: number; readonly found: number },
): SourceRecord[] {
  at.census = null;
  at.censusAt = startedAt;
  if (found === 0 && at.size > 0) {
    log.warn({ scope, before: at.size }, 'no item is visible any more; none is marked as gone');
    const reason = `expected about ${at.size} items, found none: has the owner of the token lost the right to see them?`;
    return setAsideRecords(scope, [{ entity: 'item', ref: `census of ${scope}`, reason }]);
  }
  at.size = found;
  return [{ kind: 'census-end', scope, startedAt }];
}

interface Read extends Counted {
  /** A reading of everything under way. */
  full: { readonly startedAt: number; readonly found: number } | null;
}

/** What ends the reading of a scope: one of everything was a count itself, and else a count may be due. */
export async function* countScope<Place extends Cursor>(
  run: { readonly log: Logger; readonly clock: Clock } & Reached<Place>,
  scope: string,
  at: Read,
  take: () => AsyncGenerator<Page>,
): AsyncGenerator<Page> {
  if (at.full) {
    const records = endCensus(run, scope, at, at.full);
    at.full = null;
    yield pageOf(run, records, { step: `${scope} census`, done: at.size, total: at.size });
  } else if (at.census ?? isCensusDue(run, at)) yield* take();
}
