import { refusal, throwIfAny } from '../pulling/refusals.ts';
import type { RemoteError } from '../../lib/errors.ts';
import type { Http } from '../../lib/http.ts';
import { groupsOf } from '../pulling/scope-groups.ts';
import type { Page, SourceDeps } from '../source.ts';
import { openClient } from './client.ts';
import { connect } from './connect.ts';
import { readPlace } from './cursor.ts';
import { findTarget, noteProject } from './moves.ts';
import { createNames } from '../pulling/names.ts';
import { pullCode } from './pull-code.ts';
import { openPlace } from '../pulling/open-place.ts';
import { pullScope } from './pull-scope.ts';
import { pageOf } from '../pulling/page-of.ts';
import type { Run } from './run.ts';
import { createServices } from '../pulling/services.ts';
import type { GitlabSettings } from './settings.ts';
import type { GitlabProject } from './targets.ts';
import { startRun } from '../pulling/run.ts';
import type { Pull } from '../pulling/run.ts';

/** Everything of every scope from the cursor to now. One that is refused does not keep the others from being read. */
export async function* pullGitlab(settings: GitlabSettings, deps: SourceDeps, request: Pull): AsyncGenerator<Page> {
  const http = connect(settings, deps);
  const run = await openRun(settings, deps, { http, ...request });
  const failures: RemoteError[] = [];
  const projects = new Map<number, GitlabProject>();
  try {
    for (const group of groupsOf(deps.scopes)) {
      try {
        for (const project of yield* pullScope(run, group)) projects.set(project.id, project);
      } catch (error) {
        failures.push(refusal(run, group.id, error));
      }
    }
    for (const target of settings.code ? settings.repositories : []) {
      try {
        for (const project of await findTarget(run, run.place.targets, target)) projects.set(project.id, project);
      } catch (error) {
        failures.push(refusal(run, target, error));
      }
    }
    for (const project of settings.code ? projects.values() : []) {
      try {
        noteProject(run, project);
        yield* pullCode(run, project);
      } catch (error) {
        failures.push(refusal(run, project.path_with_namespace, error));
      }
    }
    yield pageOf(run, [], { step: 'end', done: projects.size, total: projects.size });
  } finally {
    deps.log.info({ source: deps.id, requests: http.requestCount() }, 'requests');
  }
  throwIfAny(failures);
}

async function openRun(
  settings: GitlabSettings,
  deps: SourceDeps,
  { http, cursor, options, signal }: Pull & { readonly http: Http },
): Promise<Run> {
  const place = openPlace(deps, {
    cursor,
    known: readPlace(cursor),
    start: { version: 1, scopes: {}, targets: {}, projects: {} },
  });
  const client = await openClient(http, signal);
  return {
    ...startRun(deps, http, { client, settings, options, place }),
    names: createNames(deps.id),
    services: createServices(settings, deps.id),
  };
}
