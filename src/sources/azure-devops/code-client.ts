import type { PullRequestStatus } from 'azure-devops-node-api/interfaces/GitInterfaces.js';
import { formatInstant } from '../../core/time/instant.ts';
import type { Http, HttpAnswer, HttpRequest } from '../../lib/http.ts';
import { listOf } from './client.ts';
import { answerOf, openApi } from './transport.ts';

/** One page of a list whose next part a header names; null after the last. */
export interface ListPage {
  readonly items: readonly unknown[];
  readonly next: string | null;
}

export type CodeClient = Awaited<ReturnType<typeof openCode>>;

export const pullRequestsAtOnce = 25;
export const commitsAtOnce = 100;

interface Ways {
  readonly http: Http;
  readonly baseUrl: string;
  /** Classic releases answer elsewhere. */
  readonly releaseHttp: Http;
  readonly releaseUrl: string;
  readonly signal: AbortSignal | undefined;
}

/** What Vigie reads of Azure Repos and Pipelines. */
export async function openCode({ http, baseUrl, releaseHttp, releaseUrl, signal }: Ways) {
  const [{ VsoClient }, gitApi, releaseApi, { GitVersionType }, { ReleaseQueryOrder }] = await Promise.all([
    import('azure-devops-node-api/VsoClient.js'),
    import('azure-devops-node-api/GitApi.js'),
    import('azure-devops-node-api/ReleaseApi.js'),
    import('azure-devops-node-api/interfaces/GitInterfaces.js'),
    import('azure-devops-node-api/interfaces/ReleaseInterfaces.js'),
  ]);
  const way = { http, baseUrl, signal };
  const git = openApi(gitApi.GitApi, VsoClient, way);
  const releases = openApi(releaseApi.ReleaseApi, VsoClient, { http: releaseHttp, baseUrl: releaseUrl, signal });
  const one = async (result: Promise<unknown>): Promise<unknown> => answerOf(await result).json;
  const list = async (result: Promise<unknown>, what: string) => listOf(await one(result), what);
  const page = async (result: Promise<unknown>, what: string) => pageOf(answerOf(await result), what);
  /** For what the library has no method, one that asks for no further page, or one with twenty parameters in a row. */
  const direct = async (path: string, query: HttpRequest['query'], version: string) => {
    const headers = { Accept: `application/json;api-version=${version}` };
    return pageOf(await http.ask({ method: 'GET', path, query: query ?? {}, headers }, signal), path);
  };
  const of = encodeURIComponent;
  const atCommit = (version: string) => ({ version, versionType: GitVersionType.Commit });
  return {
    repositories: (project: string) => list(git.getRepositories(project), 'repositories'),
    pullRequests: (project: string, status: 'all' | 'active', skip: number, top: number) =>
      // As text, which every version reads.
      list(
        git.getPullRequestsByProject(project, { status: status as unknown as PullRequestStatus }, undefined, skip, top),
        'pull requests',
      ),
    pullRequest: (project: string, id: number) => one(git.getPullRequestById(id, project)),
    pullRequestCommits: (project: string, repository: string, id: number, next: string | null) =>
      direct(
        `/${of(project)}/_apis/git/repositories/${of(repository)}/pullRequests/${id}/commits`,
        { $top: 100, continuationToken: next },
        '6.0',
      ),
    threads: (project: string, repository: string, id: number) =>
      list(git.getThreads(repository, id, project), 'threads of a pull request'),
    linkedItems: (project: string, repository: string, id: number) =>
      list(git.getPullRequestWorkItemRefs(repository, id, project), 'work items of a pull request'),
    branch: (project: string, repository: string, name: string) => one(git.getBranch(repository, name, project)),
    commits: (
      project: string,
      repository: string,
      { ref, since, skip }: { ref: string; since: number; skip: number },
    ) =>
      list(
        git.getCommitsBatch(
          { itemVersion: atCommit(ref), fromDate: formatInstant(since) },
          repository,
          project,
          skip,
          commitsAtOnce,
        ),
        'commits',
      ),
    /** Commits that a walk from `head` meets before those of `base`. */
    commitsSince: (project: string, repository: string, base: string, head: string, skip: number) =>
      list(
        git.getCommitsBatch(
          { itemVersion: atCommit(base), compareVersion: atCommit(head) },
          repository,
          project,
          skip,
          commitsAtOnce,
        ),
        'commits',
      ),
    commit: (project: string, repository: string, sha: string) => one(git.getCommit(sha, repository, project)),
    environments: (project: string, next: string | null) =>
      direct(
        `/${of(project)}/_apis/distributedtask/environments`,
        { $top: 100, continuationToken: next },
        '6.0-preview.1',
      ),
    /** Newest first. */
    deploymentRecords: (project: string, environment: number, next: string | null) =>
      direct(
        `/${of(project)}/_apis/distributedtask/environments/${environment}/environmentdeploymentrecords`,
        { top: 100, continuationToken: next },
        '6.0-preview.1',
      ),
    buildsById: (project: string, ids: readonly number[]) =>
      direct(`/${of(project)}/_apis/build/builds`, { buildIds: ids.join(',') }, '6.0'),
    /** Runs that have ended since, in the order of their ends. */
    builds: (project: string, since: number, next: string | null) =>
      direct(
        `/${of(project)}/_apis/build/builds`,
        {
          statusFilter: 'completed',
          queryOrder: 'finishTimeAscending',
          minTime: formatInstant(since),
          $top: 100,
          continuationToken: next,
        },
        '6.0',
      ),
    /** Deployments of releases that have changed since, oldest first. */
    releaseDeployments: (project: string, since: number, next: string | null) =>
      page(
        releases.getDeployments(
          project,
          undefined,
          undefined,
          undefined,
          new Date(since),
          undefined,
          undefined,
          undefined,
          undefined,
          ReleaseQueryOrder.Ascending,
          100,
          next === null ? undefined : Number(next),
        ),
        'deployments',
      ),
  };
}

function pageOf({ json, headers }: HttpAnswer, what: string): ListPage {
  const next = headers.get('x-ms-continuationtoken');
  return { items: listOf(json, what), next: next === null || next === '' ? null : next };
}

/** All elements of a list that is short enough to be held. */
export async function allPages(read: (next: string | null) => Promise<ListPage>): Promise<unknown[]> {
  const items: unknown[] = [];
  for (let next: string | null = null, isFirst = true; isFirst || next !== null; isFirst = false) {
    const answer: ListPage = await read(next);
    items.push(...answer.items);
    // A server that gives the same place again would never end.
    next = answer.next === next ? null : answer.next;
  }
  return items;
}
