import type { SourceRecord } from '../../core/model/record.ts';
import { RemoteError } from '../../lib/errors.ts';
import type { Http } from '../../lib/http.ts';
import type { Page, SourceDeps } from '../source.ts';
import { deploymentOf, openClient, readServerInfo } from './client.ts';
import type { JiraClient } from './client.ts';
import { connect } from './connect.ts';
import { readPlace, startPlace } from './cursor.ts';
import { askedFields, findFields } from './fields.ts';
import { normalizeStatus } from './normalize-plan.ts';
import { readPerson } from './normalize-issue.ts';
import { pullScope } from './pull-scope.ts';
import { pullWorklogs } from './pull-worklogs.ts';
import { hasStatus, throwIfAny } from '../pulling/refusals.ts';
import { pagesOf } from './scope-run.ts';
import { setAsideRecords } from '../reading/set-aside.ts';
import type { Site } from './scope-run.ts';
import type { JiraSettings } from './settings.ts';
import { readInstant } from '../reading/values.ts';
import type { Pull } from '../pulling/run.ts';

/** Everything of every scope from the cursor to now. A scope that is refused does not keep the others from being read. */
export async function* pullJira(settings: JiraSettings, deps: SourceDeps, run: Pull): AsyncGenerator<Page> {
  const http = connect(settings, deps);
  const { site, records } = await openSite(settings, deps, { http, ...run });
  const failures: RemoteError[] = [];
  const serverAt = site.serverNow();
  const listed: string[] = [];
  try {
    yield* pagesOf(site, records, { step: 'site', done: records.length, total: records.length });
    for (const scope of deps.scopes) {
      try {
        yield* pullScope(site, scope, run.options);
        listed.push(`${scope.id}: ${site.place.scopes[scope.id]?.query}`);
      } catch (error) {
        if (!hasStatus(error, 400, 403, 404)) throw error;
        deps.log.error({ source: deps.id, scope: scope.id, error: error.message }, 'scope failed');
        failures.push(error);
        restoreScope(site, scope.id);
      }
    }
    if (settings.worklogs) yield* pullWorklogs(site, { isFull: run.options.isFull, serverAt, listed });
  } finally {
    deps.log.info({ source: deps.id, requests: http.requestCount() }, 'requests');
  }
  throwIfAny(failures);
}

/** What a scope did after its last page was never handed out: the pages of other scopes must not carry it. */
function restoreScope(site: Site, scope: string): void {
  const last = Object.hasOwn(site.lastCursor.scopes, scope) ? site.lastCursor.scopes[scope] : undefined;
  if (last) site.place.scopes[scope] = structuredClone(last);
  else delete site.place.scopes[scope];
}

async function openSite(
  settings: JiraSettings,
  deps: SourceDeps,
  { http, cursor, signal }: Pull & { http: Http },
): Promise<{ site: Site; records: SourceRecord[] }> {
  const known = readPlace(cursor);
  if (cursor && !known)
    deps.log.warn({ source: deps.id }, 'the cursor is of another version, everything is read again');
  let serverSkewMs = 0;
  let place = known;
  if (!place) {
    const info = await readServerInfo(http, settings.email !== undefined, signal);
    const serverAt = readInstant(info.serverTime);
    if (serverAt !== null) serverSkewMs = serverAt - deps.clock.now();
    place = startPlace(deploymentOf(info));
  }
  const client = await openClient(http, place.deployment, signal);
  await requireLogin(client);
  const [list, statuses] = [await client.fields(), await client.statuses()];
  const fields = findFields(list, settings.fields);
  for (const id of Object.keys(place.scopes)) {
    // A project that the config no longer has: if it comes back one day, it starts anew.
    if (!deps.scopes.some((scope) => scope.id === id)) delete place.scopes[id];
  }
  const site: Site = {
    client,
    deployment: place.deployment,
    settings,
    fields,
    askedFields: askedFields(fields, settings.descriptions ? ['description'] : []),
    clock: deps.clock,
    log: deps.log,
    serverNow: () => deps.clock.now() + (http.skewMs() ?? serverSkewMs),
    place,
    lastCursor: structuredClone(place),
  };
  return { site, records: statuses.flatMap(statusRecords) };
}

function statusRecords(raw: unknown): SourceRecord[] {
  const { value: status, setAside } = normalizeStatus(raw);
  return [...(status ? [{ kind: 'status' as const, status }] : []), ...setAsideRecords(null, setAside)];
}

/** Without valid credentials some servers answer everybody, with 200 and nothing in it: that is not an empty project. */
async function requireLogin(client: JiraClient): Promise<void> {
  const me = readPerson(await client.myself());
  if (me && me !== 'anonymous') return;
  throw new RemoteError('jira', 'Jira takes us for nobody: it answers without having recognised the token', {
    status: 401,
    todo: 'check `email` and `token` of the source; a Data Center token goes without `email`',
  });
}
