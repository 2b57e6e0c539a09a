import type { Commit, DeliveryHistory, Deployment, Incident, PullRequest } from '../core/model/delivery.ts';
import type { SourceId } from '../core/model/ids.ts';
import { inChunks, lastOfEach } from './chunks.ts';
import { pullRequestOfRow, rowOfPullRequest } from './pull-requests.ts';
import type { CodeCommitTable, DeploymentTable, IncidentTable } from './service-tables.ts';
import type { Db } from './tables.ts';
import { upsert } from './upsert.ts';
import type { UpsertInto } from './upsert.ts';

const intoCommit: UpsertInto<'code_commit'> = {
  table: 'code_commit',
  key: ['source', 'service', 'sha'],
  values: ['parents', 'authored_at', 'committed_at', 'subject', 'keys'],
};
const intoPullRequest: UpsertInto<'pull_request'> = {
  table: 'pull_request',
  key: ['source', 'service', 'id'],
  values: [
    'title',
    'branch',
    'opened_at',
    'first_commit_at',
    'first_review_at',
    'merged_at',
    'closed_at',
    'merge_sha',
    'shas',
    'is_bot',
    'is_hotfix',
    'keys',
  ],
};
const intoDeployment: UpsertInto<'deployment'> = {
  table: 'deployment',
  key: ['source', 'service', 'id'],
  values: ['finished_at', 'is_successful', 'is_planned', 'remediates', 'sha', 'version'],
};
const intoIncident: UpsertInto<'incident'> = {
  table: 'incident',
  key: ['source', 'service', 'id'],
  values: ['opened_at', 'resolved_at', 'cause'],
};

export interface ServiceFacts {
  readonly commits: readonly { readonly service: string; readonly commit: Commit }[];
  readonly pullRequests: readonly { readonly service: string; readonly pullRequest: PullRequest }[];
  readonly deployments: readonly Deployment[];
  readonly incidents: readonly Incident[];
}

/** Keeps what a page tells of services; what comes again replaces what was. */
export async function saveServiceFacts(tx: Db, source: SourceId, facts: ServiceFacts): Promise<void> {
  const commits = facts.commits.map(({ service, commit }): CodeCommitTable => ({
    source,
    service,
    sha: commit.sha,
    parents: JSON.stringify(commit.parents),
    authored_at: commit.authoredAt,
    committed_at: commit.committedAt,
    subject: commit.subject,
    keys: JSON.stringify(commit.keys),
  }));
  await inChunks(
    lastOfEach(commits, ({ service, sha }) => `${service} ${sha}`),
    (chunk) => upsert(tx, intoCommit, chunk),
  );
  const pullRequests = facts.pullRequests.map(({ service, pullRequest }) =>
    rowOfPullRequest(source, service, pullRequest),
  );
  await inChunks(
    lastOfEach(pullRequests, ({ service, id }) => `${service} ${id}`),
    (chunk) => upsert(tx, intoPullRequest, chunk),
  );
  const deployments = facts.deployments.map((deployment): DeploymentTable => ({
    source,
    service: deployment.service,
    id: deployment.id,
    finished_at: deployment.finishedAt,
    is_successful: Number(deployment.isSuccessful),
    is_planned: Number(deployment.isPlanned),
    remediates: deployment.remediates,
    sha: deployment.sha,
    version: deployment.version,
  }));
  await inChunks(
    lastOfEach(deployments, ({ service, id }) => `${service} ${id}`),
    (chunk) => upsert(tx, intoDeployment, chunk),
  );
  const incidents = facts.incidents.map(({ service, id, openedAt, resolvedAt, cause }): IncidentTable => ({
    source,
    service,
    id,
    opened_at: openedAt,
    resolved_at: resolvedAt,
    cause,
  }));
  await inChunks(
    lastOfEach(incidents, ({ service, id }) => `${service} ${id}`),
    (chunk) => upsert(tx, intoIncident, chunk),
  );
}

export interface ServiceName {
  readonly source: SourceId;
  readonly service: string;
}

/**
 * All that is kept of one service, in order of time. `source` tells of its deployments; commits and incidents may come
 * from any source that names the service, so that a repository and a pipeline that has no commits go together.
 */
export async function loadService(db: Db, { source, service }: ServiceName): Promise<DeliveryHistory> {
  const commits = await db
    .selectFrom('code_commit')
    .selectAll()
    .where('service', '=', service)
    .orderBy('committed_at')
    .orderBy('sha')
    .execute();
  const pullRequests = await db
    .selectFrom('pull_request')
    .selectAll()
    .where('service', '=', service)
    .orderBy('opened_at')
    .orderBy('id')
    .execute();
  const deployments = await db
    .selectFrom('deployment')
    .selectAll()
    .where('source', '=', source)
    .where('service', '=', service)
    .orderBy('finished_at')
    .orderBy('id')
    .execute();
  const incidents = await db
    .selectFrom('incident')
    .selectAll()
    .where('service', '=', service)
    .orderBy('opened_at')
    .orderBy('id')
    .execute();
  return {
    service,
    commits: lastOfEach(commits, ({ sha }) => sha).map((row) => ({
      sha: row.sha,
      parents: JSON.parse(row.parents) as string[],
      authoredAt: row.authored_at,
      committedAt: row.committed_at,
      subject: row.subject,
      keys: JSON.parse(row.keys) as string[],
    })),
    ...(pullRequests.length > 0
      ? { pullRequests: lastOfEach(pullRequests, ({ id }) => id).map(pullRequestOfRow) }
      : {}),
    deployments: deployments.map((row) => ({
      id: row.id,
      service: row.service,
      finishedAt: row.finished_at,
      isSuccessful: row.is_successful === 1,
      isPlanned: row.is_planned === 1,
      remediates: row.remediates,
      sha: row.sha,
      version: row.version,
    })),
    incidents: incidents.map((row) => ({
      id: row.id,
      service: row.service,
      openedAt: row.opened_at,
      resolvedAt: row.resolved_at,
      cause: row.cause,
    })),
    hasIncidents: incidents.length > 0,
  };
}
