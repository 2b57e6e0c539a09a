import type { SourceRecord } from '../../core/model/record.ts';
import { dayMs } from '../../core/time/instant.ts';
import { anyGlob } from '../reading/globs.ts';
import { unlessClosed } from '../pulling/refusals.ts';
import { setAsideRecords } from '../reading/set-aside.ts';
import { ownValue } from '../reading/values.ts';
import type { Page } from '../source.ts';
import { pullRequestCommitsQuery, pullRequestsQuery } from './code-queries.ts';
import type { RepositoryPlace } from './cursor.ts';
import { labelsOf } from './normalize-issue.ts';
import { normalizePullRequest } from './normalize-pull-request.ts';
import type { PullRequestContext } from './normalize-pull-request.ts';
import { pullCommits } from './pull-commits.ts';
import { pullDeployments } from './pull-deployments.ts';
import { pullReleases } from './pull-releases.ts';
import { pullRuns } from './pull-runs.ts';
import { allNodes, nameOf, readRepository } from './queries.ts';
import type { Run } from './run.ts';
import type { GithubRepository } from './targets.ts';
import { startWalk, walkDown } from './walk.ts';

/** Pull requests with a hundred commits each are heavy: GitHub gives up on more. */
const pullsAtOnce = 20;

/** Pull requests, commits of the default branch, and deployments of one repository, from where they stand to now. */
export async function* pullCode(run: Run, repository: GithubRepository): AsyncGenerator<Page> {
  const place = run.place.repositories[String(repository.id)]!;
  const since = run.clock.now() - run.settings.codeDays * dayMs;
  yield* pullRequests(run, place, since);
  yield* pullCommits(run, place, { branch: repository.default_branch, since });
  const { releases, runsFrom, deployments } = place.code;
  if (run.settings.deployments === 'releases')
    yield* unlessClosed(pullReleases(run, place, since), releases.watermark !== null);
  else if (run.settings.deployments === 'workflows')
    yield* unlessClosed(pullRuns(run, place, since), runsFrom !== null);
  else yield* unlessClosed(pullDeployments(run, place, since), deployments.watermark !== null);
}

async function* pullRequests(run: Run, place: RepositoryPlace, since: number): AsyncGenerator<Page> {
  const stream = place.code.pulls;
  const { branches, labels } = run.settings.hotfix;
  const context: PullRequestContext = {
    path: place.path,
    firstPath: place.firstPath,
    bots: run.settings.bots,
    isHotfixBranch: anyGlob(branches),
    isHotfixLabel: anyGlob(labels),
  };
  const wasResumed = stream.walk !== null && !run.options.isFull;
  if (!wasResumed) startWalk(run, stream, { isFull: run.options.isFull || stream.watermark === null, since });
  const walk = () =>
    walkDown(run, {
      step: `${place.path} pull requests`,
      stream,
      by: 'updatedAt',
      field: 'pullRequests',
      read: (after) => readRepository(run, pullRequestsQuery, { ...nameOf(place.path), first: pullsAtOnce, after }),
      tell: async (nodes) => (await Promise.all(nodes.map((raw) => recordsOf(run, place, context, raw)))).flat(),
    });
  yield* walk();
  if (!wasResumed) return;
  // It began with an earlier pull: what changed since then comes now.
  startWalk(run, stream, { isFull: false, since: null });
  yield* walk();
}

async function recordsOf(
  run: Run,
  place: RepositoryPlace,
  context: PullRequestContext,
  raw: unknown,
): Promise<SourceRecord[]> {
  const id = ownValue(raw, 'id');
  const commits = await allNodes(raw, 'commits', (after) => run.client.query(pullRequestCommitsQuery, { id, after }));
  const { value: pullRequest, setAside } = normalizePullRequest(raw, commits, context);
  const services = pullRequest ? run.services.of({ project: place.path, labels: labelsOf(raw) }) : [];
  return [
    ...services.map((service) => ({ kind: 'pull-request' as const, service, pullRequest: pullRequest! })),
    ...setAsideRecords(null, setAside),
  ];
}
