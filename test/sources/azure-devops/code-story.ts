import { iso, person } from './raw.ts';
import type { Raw } from './raw.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export interface RawCommit extends Raw {
  readonly commitId: string;
  readonly parents: readonly string[];
}

export interface Repository {
  readonly id: string;
  readonly name: string;
  readonly isDisabled: boolean;
  readonly defaultBranch: string | null;
  /** Newest first. */
  commits: RawCommit[];
}

export interface PullRequest {
  readonly raw: Raw;
  readonly commits: RawCommit[];
  readonly threads: Raw[];
  readonly items: readonly number[];
}

/** Repositories and pipelines of one project. */
export interface Code {
  readonly repositories: Repository[];
  readonly pullRequests: PullRequest[];
  readonly environments: { readonly id: number; readonly name: string; readonly records: Raw[] }[];
  readonly builds: Raw[];
  readonly releases: Raw[];
  /** What is switched off: `git`, `distributedtask`, `build`, `release`. */
  readonly off: Set<string>;
}

export const sha = (number: number): string => number.toString(16).padStart(40, '0');

/** A repository `web`, in which each pull request is one commit and a merge, each hour; every second one is deployed. */
export function tellCode(start: number, count: number): Code {
  const web: Repository = {
    id: 'r-web',
    name: 'web',
    isDisabled: false,
    defaultBranch: 'refs/heads/main',
    commits: [],
  };
  const old: Repository = { id: 'r-old', name: 'old', isDisabled: true, defaultBranch: 'refs/heads/main', commits: [] };
  const code: Code = {
    repositories: [web, old],
    pullRequests: [],
    environments: [
      { id: 1, name: 'production', records: [] },
      { id: 2, name: 'staging', records: [] },
    ],
    builds: [],
    releases: [],
    off: new Set(),
  };
  for (let index = 0; index < count; index++) {
    const at = start + index * 3 * hourMs;
    const merge = addPullRequest(code, index + 1, at);
    if (index % 2 === 0) deploy(code, { run: 100 + index, sha: merge, at: at + 2 * hourMs });
  }
  return code;
}

export function commit(id: string, parents: readonly string[], at: number, comment: string): RawCommit {
  const who = { name: 'Ana', email: 'ana@acme.test', date: iso(at) };
  return { commitId: id, parents, author: who, committer: who, comment };
}

/** Gives the commit that it was merged as. */
export function addPullRequest(code: Code, id: number, at: number, given: Raw = {}): string {
  const [web] = code.repositories as [Repository];
  const own = commit(
    sha(id * 10),
    web.commits.slice(0, 1).map(({ commitId }) => commitId),
    at - hourMs,
    `Write part ${id}\n\nfor AB#${id}`,
  );
  const isOpen = given['status'] === 'active';
  const merge = sha(id * 10 + 1);
  if (!isOpen) {
    const parents = [...web.commits.slice(0, 1).map(({ commitId }) => commitId), own.commitId];
    web.commits = [commit(merge, parents, at + hourMs, `Merged PR ${id}: Part ${id}`), own, ...web.commits];
  }
  code.pullRequests.push({
    raw: {
      pullRequestId: id,
      status: 'completed',
      title: `Part ${id}`,
      description: '',
      sourceRefName: `refs/heads/feature/${id}-part`,
      targetRefName: 'refs/heads/main',
      creationDate: iso(at),
      ...(isOpen ? {} : { closedDate: iso(at + hourMs), lastMergeCommit: { commitId: merge } }),
      lastMergeSourceCommit: { commitId: own.commitId },
      createdBy: person('Ana'),
      reviewers: [],
      repository: { id: web.id, name: web.name, project: { name: 'Shop' } },
      ...given,
    },
    commits: [own],
    threads: [
      thread('Ana', at + minuteMs, 'text'),
      thread('Azure Pipelines', at + 2 * minuteMs, 'system', 'RefUpdate'),
      thread('Benno', at + 30 * minuteMs, 'system', 'VoteUpdate'),
      thread('Benno', at + 40 * minuteMs, 'text'),
    ],
    items: [id],
  });
  return merge;
}

export function thread(name: string, at: number, commentType: string, type?: string): Raw {
  return {
    id: at,
    publishedDate: iso(at),
    comments: [{ id: 1, author: person(name), publishedDate: iso(at), commentType, content: 'Looks good' }],
    properties: type === undefined ? {} : { CodeReviewThreadType: { $type: 'System.String', $value: type } },
  };
}

export function deploy(
  code: Code,
  given: {
    run: number;
    sha: string;
    at: number;
    result?: string | null;
    environment?: number;
    stage?: string;
    attempt?: number;
    branch?: string;
  },
): void {
  const { run, sha: version, at, result = 'succeeded', environment = 1, stage = 'Deploy', attempt = 1 } = given;
  if (!code.builds.some((one) => one['id'] === run)) {
    code.builds.push({
      id: run,
      buildNumber: `2026.${run}`,
      status: 'completed',
      result: result ?? 'succeeded',
      finishTime: iso(at),
      sourceVersion: version,
      sourceBranch: given.branch ?? 'refs/heads/main',
      definition: { id: 7, name: 'web deploy' },
      repository: { id: 'r-web', name: 'web', type: 'TfsGit' },
    });
  }
  const { records } = code.environments.find(({ id }) => id === environment)!;
  for (const job of ['one', 'two']) {
    records.unshift({
      id: records.length + 1,
      environmentId: environment,
      stageName: stage,
      stageAttempt: attempt,
      jobName: job,
      owner: { id: run, name: `2026.${run}` },
      definition: { id: 7, name: 'web deploy' },
      queueTime: iso(at - 5 * minuteMs),
      startTime: iso(at - 4 * minuteMs),
      ...(result === null ? {} : { result, finishTime: iso(job === 'two' ? at : at - minuteMs) }),
    });
  }
}

export function release(id: number, given: { sha: string; at: number; status?: string; stage?: string }): Raw {
  const { status = 'succeeded', stage = 'Production' } = given;
  return {
    id,
    release: {
      id: 500 + id,
      name: `Release-${id}`,
      artifacts: [
        {
          type: 'Build',
          isPrimary: true,
          definitionReference: {
            version: { id: '100', name: '2026.100' },
            sourceVersion: { id: given.sha },
            repository: { id: 'r-web', name: 'web' },
            branch: { id: 'refs/heads/main', name: 'refs/heads/main' },
          },
        },
      ],
    },
    releaseDefinition: { id: 3, name: 'web' },
    releaseEnvironment: { id: 9, name: stage },
    deploymentStatus: status,
    startedOn: iso(given.at - 5 * minuteMs),
    ...(status === 'inProgress' ? {} : { completedOn: iso(given.at) }),
    lastModifiedOn: iso(given.at),
  };
}
