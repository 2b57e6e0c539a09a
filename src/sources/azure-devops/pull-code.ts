import { dayMs } from '../../core/time/instant.ts';
import { unlessClosed } from '../pulling/refusals.ts';
import type { Page } from '../source.ts';
import type { CodeClient } from './code-client.ts';
import type { CodeRun } from './code-run.ts';
import { pullCommits, readRepositories } from './pull-commits.ts';
import { pullDeployments } from './pull-deployments.ts';
import { pullPullRequests } from './pull-requests.ts';
import type { Run } from './run.ts';
import type { Project } from './targets.ts';

/** Pull requests, commits of default branches and deployments of one project, from where they stand to now. */
export async function* pullCode(run: Run, client: CodeClient, project: Project): AsyncGenerator<Page> {
  const { code } = run.place.projects[project.id]!;
  const since = run.clock.now() - run.settings.codeDays * dayMs;
  const codeRun: CodeRun = {
    run,
    client,
    project,
    code,
    progress: (what, done) => ({ step: `${project.name} ${what}`, done, total: null }),
  };
  yield* unlessClosed(pullPullRequests(codeRun, since), code.newest > 0);
  for (const repository of await readRepositories(codeRun)) yield* pullCommits(codeRun, repository, since);
  yield* pullDeployments(codeRun);
}
