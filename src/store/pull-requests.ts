import type { Selectable } from 'kysely';
import type { PullRequest } from '../core/model/delivery.ts';
import type { SourceId } from '../core/model/ids.ts';
import type { PullRequestTable } from './service-tables.ts';

export function rowOfPullRequest(source: SourceId, service: string, pullRequest: PullRequest): PullRequestTable {
  return {
    source,
    service,
    id: pullRequest.id,
    title: pullRequest.title,
    branch: pullRequest.branch,
    opened_at: pullRequest.openedAt,
    first_commit_at: pullRequest.firstCommitAt,
    first_review_at: pullRequest.firstReviewAt,
    merged_at: pullRequest.mergedAt,
    closed_at: pullRequest.closedAt,
    merge_sha: pullRequest.mergeSha,
    shas: JSON.stringify(pullRequest.shas),
    is_bot: Number(pullRequest.isBot),
    is_hotfix: Number(pullRequest.isHotfix),
    keys: JSON.stringify(pullRequest.keys),
  };
}

export function pullRequestOfRow(row: Selectable<PullRequestTable>): PullRequest {
  return {
    id: row.id,
    title: row.title,
    branch: row.branch,
    openedAt: row.opened_at,
    firstCommitAt: row.first_commit_at,
    firstReviewAt: row.first_review_at,
    mergedAt: row.merged_at,
    closedAt: row.closed_at,
    mergeSha: row.merge_sha,
    shas: JSON.parse(row.shas) as string[],
    isBot: row.is_bot === 1,
    isHotfix: row.is_hotfix === 1,
    keys: JSON.parse(row.keys) as string[],
  };
}
