import { refusal, throwIfAny } from '../pulling/refusals.ts';
import type { RemoteError } from '../../lib/errors.ts';
import type { Http } from '../../lib/http.ts';
import { groupsOf } from '../pulling/scope-groups.ts';
import { createServices } from '../pulling/services.ts';
import type { Page, SourceDeps } from '../source.ts';
import { openClient } from './client.ts';
import { connect } from './connect.ts';
import { readPlace } from './cursor.ts';
import { noteRepository } from './moves.ts';
import { createNames } from './names.ts';
import { pullCode } from './pull-code.ts';
import { openPlace } from '../pulling/open-place.ts';
import { pullScope } from './pull-scope.ts';
import { pageOf } from '../pulling/page-of.ts';
import type { Run } from './run.ts';
import type { GithubSettings } from './settings.ts';
import { resolveRepository } from './targets.ts';
import type { GithubRepository } from './targets.ts';
import { startRun } from '../pulling/run.ts';
import type { Pull } from '../pulling/run.ts';

/** Everything of every scope from the cursor to now. One that is refused does not keep the others from being read. */
export async function* pullGithub(settings: GithubSettings, deps: SourceDeps, request: Pull): AsyncGenerator<Page> {
  const http = connect(settings, deps);
  const run = await openRun(settings, deps, { http, ...request });
  const failures: RemoteError[] = [];
  const repositories = new Map<number, GithubRepository>();
  try {
    for (const group of groupsOf(deps.scopes)) {
      try {
        for (const one of yield* pullScope(run, group)) repositories.set(one.id, one);
      } catch (error) {
        failures.push(refusal(run, group.id, error));
      }
    }
    for (const name of settings.code ? settings.repositories : []) {
      try {
        const one = await resolveRepository(run, run.place.targets, name);
        repositories.set(one.id, one);
      } catch (error) {
        failures.push(refusal(run, name, error));
      }
    }
    for (const repository of settings.code ? repositories.values() : []) {
      try {
        noteRepository(run, repository);
        yield* pullCode(run, repository);
      } catch (error) {
        failures.push(refusal(run, repository.full_name, error));
      }
    }
    yield pageOf(run, [], { step: 'end', done: repositories.size, total: repositories.size });
  } finally {
    deps.log.info({ source: deps.id, requests: http.requestCount() }, 'requests');
  }
  throwIfAny(failures);
}

async function openRun(
  settings: GithubSettings,
  deps: SourceDeps,
  { http, cursor, options, signal }: Pull & { readonly http: Http },
): Promise<Run> {
  const place = openPlace(deps, {
    cursor,
    known: readPlace(cursor),
    start: { version: 1, scopes: {}, targets: {}, repositories: {} },
  });
  const client = await openClient(http, settings, { log: deps.log, signal });
  return {
    ...startRun(deps, http, { client, settings, options, place }),
    names: createNames(deps.id),
    services: createServices(settings, deps.id),
    isOld: false,
  };
}
