import type { RemoteError } from '../../lib/errors.ts';
import type { Http } from '../../lib/http.ts';
import { refusal } from '../pulling/refusals.ts';
import { groupsOf, joined } from '../pulling/scope-groups.ts';
import type { Cursor, Page, PullOptions, SourceDeps } from '../source.ts';
import { openClient } from './client.ts';
import { connect } from './connect.ts';
import { readPlace } from './cursor.ts';
import { readStates } from './plan-records.ts';
import { openPlace } from '../pulling/open-place.ts';
import { pullScope } from './pull-scope.ts';
import { pageOf } from '../pulling/page-of.ts';
import type { Run } from './run.ts';
import type { LinearSettings } from './settings.ts';
import { readTeams } from './targets.ts';

export interface PullRequestOf {
  readonly cursor: Cursor | null;
  readonly options: PullOptions;
  readonly signal: AbortSignal;
}

/** Everything of every scope from the cursor to now. One that is refused does not keep the others from being read. */
export async function* pullLinear(
  settings: LinearSettings,
  deps: SourceDeps,
  request: PullRequestOf,
): AsyncGenerator<Page> {
  const http = await connect(settings, deps);
  const run = await openRun(settings, deps, { http, ...request });
  const groups = groupsOf(deps.scopes);
  const failures: RemoteError[] = [];
  try {
    const teams = await readTeams(run.client);
    const workspace = { teams, ...(await readStates(run)) };
    for (const group of groups) {
      try {
        yield* pullScope(run, group, workspace);
      } catch (error) {
        failures.push(refusal(run, group.id, error));
      }
    }
    yield pageOf(run, [], { step: 'end', done: groups.length, total: groups.length });
  } finally {
    deps.log.info({ source: deps.id, requests: http.requestCount() }, 'requests');
  }
  const [first, ...rest] = failures;
  if (first) throw joined([first, ...rest]);
}

async function openRun(
  settings: LinearSettings,
  deps: SourceDeps,
  { http, cursor, options, signal }: PullRequestOf & { readonly http: Http },
): Promise<Run> {
  const place = openPlace(deps, { cursor, known: readPlace(cursor), start: { version: 1, scopes: {} } });
  return {
    client: await openClient(http, signal),
    settings,
    clock: deps.clock,
    log: deps.log,
    options,
    serverNow: () => deps.clock.now() + (http.skewMs() ?? 0),
    place,
    lastCursor: structuredClone(place),
  };
}
