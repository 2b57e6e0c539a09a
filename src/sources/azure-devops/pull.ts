import { refusal, throwIfAny } from '../pulling/refusals.ts';
import type { RemoteError } from '../../lib/errors.ts';
import type { Http } from '../../lib/http.ts';
import { createNames } from '../pulling/names.ts';
import { groupsOf } from '../pulling/scope-groups.ts';
import type { Page, SourceDeps } from '../source.ts';
import { createAncestry } from './ancestry.ts';
import { openBoards } from './client.ts';
import { connect } from './connect.ts';
import { readPlace } from './cursor.ts';
import { pullLinks } from './link-changes.ts';
import { openPipes } from './open-pipes.ts';
import { pullCode } from './pull-code.ts';
import { openPlace } from '../pulling/open-place.ts';
import { pullScope } from './pull-scope.ts';
import type { Pulled } from './pull-scope.ts';
import { pullRevisions } from './revisions.ts';
import type { StreamOf } from './revisions.ts';
import { pageOf } from '../pulling/page-of.ts';
import type { Run } from './run.ts';
import { incidentServices, servicesOf } from './services.ts';
import type { AzureDevopsSettings } from './settings.ts';
import { startRun } from '../pulling/run.ts';
import type { Pull } from '../pulling/run.ts';

/** Everything of every scope from the cursor to now. One that is refused does not keep the others from being read. */
export async function* pullAzureDevops(
  settings: AzureDevopsSettings,
  deps: SourceDeps,
  request: Pull,
): AsyncGenerator<Page> {
  const http = connect(settings, deps);
  const run = await openRun(settings, deps, { http, ...request });
  const code = settings.code ? await openPipes(settings, deps, { http, signal: request.signal }) : null;
  const ancestry = createAncestry(run.client, settings.milestones.types);
  const failures: RemoteError[] = [];
  const pulled: Pulled[] = [];
  try {
    for (const group of groupsOf(deps.scopes)) {
      try {
        pulled.push(...(yield* pullScope(run, group, ancestry)));
      } catch (error) {
        failures.push(refusal(run, group.id, error));
      }
    }
    for (const [id, targets] of byProject(pulled)) {
      const { context } = targets[0]!;
      const stream: StreamOf = { place: run.place.projects[id]!, context, ancestry, targets };
      try {
        yield* pullHistories(run, stream);
        if (code) yield* pullCode(run, code, context.project);
      } catch (error) {
        failures.push(refusal(run, context.project.name, error));
      }
    }
    yield pageOf(run, [], { step: 'end', done: pulled.length, total: pulled.length });
  } finally {
    deps.log.info({ source: deps.id, requests: http.requestCount() }, 'requests');
  }
  throwIfAny(failures);
}

async function* pullHistories(run: Run, stream: StreamOf): AsyncGenerator<Page> {
  const { place } = stream;
  const isWhole = place.revisions === null || !place.linksLag;
  place.linksLag = true;
  const told = yield* pullRevisions(run, stream);
  yield* pullLinks(run, stream, isWhole ? told : null);
  place.linksLag = false;
}

function byProject(pulled: readonly Pulled[]): ReadonlyMap<string, readonly Pulled[]> {
  const projects = new Map<string, Pulled[]>();
  for (const one of pulled) {
    const { id } = one.target.project;
    projects.set(id, [...(projects.get(id) ?? []), one]);
  }
  return projects;
}

async function openRun(
  settings: AzureDevopsSettings,
  deps: SourceDeps,
  { http, cursor, options, signal }: Pull & { readonly http: Http },
): Promise<Run> {
  const place = openPlace(deps, { cursor, known: readPlace(cursor), start: { version: 1, scopes: {}, projects: {} } });
  const client = await openBoards(http, settings.host, signal);
  return {
    ...startRun(deps, http, { client, settings, options, place }),
    names: createNames(deps.id),
    services: servicesOf(settings, deps.id),
    servicesOfIncident: incidentServices(settings, deps.id),
  };
}
