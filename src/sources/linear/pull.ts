import type { RemoteError } from '../../lib/errors.ts';
import type { Http } from '../../lib/http.ts';
import { refusal, throwIfAny } from '../pulling/refusals.ts';
import { groupsOf } from '../pulling/scope-groups.ts';
import type { Page, SourceDeps } from '../source.ts';
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
import { startRun } from '../pulling/run.ts';
import type { Pull } from '../pulling/run.ts';

/** Everything of every scope from the cursor to now. One that is refused does not keep the others from being read. */
export async function* pullLinear(settings: LinearSettings, deps: SourceDeps, request: Pull): AsyncGenerator<Page> {
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
  throwIfAny(failures);
}

async function openRun(
  settings: LinearSettings,
  deps: SourceDeps,
  { http, cursor, options, signal }: Pull & { readonly http: Http },
): Promise<Run> {
  const place = openPlace(deps, { cursor, known: readPlace(cursor), start: { version: 1, scopes: {} } });
  const client = await openClient(http, signal);
  return startRun(deps, http, { client, settings, options, place });
}
