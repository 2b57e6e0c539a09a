import { dayMs } from '../../core/time/instant.ts';
import { unlessClosed } from '../pulling/refusals.ts';
import type { Page } from '../source.ts';
import type { CodeRun } from './code-run.ts';
import { deploymentRecords } from './deployment-records.ts';
import { pullBuilds } from './pull-builds.ts';
import { pullEnvironments } from './pull-environments.ts';
import { pullReleases } from './pull-releases.ts';
import { pageOf } from '../pulling/page-of.ts';

/** Deployments of one project, in the way that the settings name. */
export async function* pullDeployments(run: CodeRun): AsyncGenerator<Page> {
  const { deployments, codeDays } = run.run.settings;
  const since = run.run.clock.now() - codeDays * dayMs;
  const read = { environments: pullEnvironments, releases: pullReleases, builds: pullBuilds }[deployments];
  let done = 0;
  const wasRead = run.code.deployedAt !== null || Object.keys(run.code.records).length > 0;
  for await (const batch of unlessClosed(read(run, since), wasRead)) {
    const records = deploymentRecords(run, batch.attempts);
    batch.settle();
    done += batch.attempts.length;
    if (records.length > 0) yield pageOf(run.run, records, run.progress('deployments', done));
  }
}
