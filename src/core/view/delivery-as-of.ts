import type { DeliveryHistory, PullRequest } from '../model/delivery.ts';
import type { Instant } from '../time/instant.ts';

/** Commits, deployments and incidents by their own times; an incident that was resolved later was open then. */
export function deliveryAsOf(delivery: DeliveryHistory, asOf: Instant): DeliveryHistory {
  return {
    ...delivery,
    commits: delivery.commits.filter(({ committedAt }) => committedAt <= asOf),
    ...(delivery.pullRequests ? { pullRequests: pullRequestsAsOf(delivery.pullRequests, asOf) } : {}),
    deployments: delivery.deployments.filter(({ finishedAt }) => finishedAt <= asOf),
    incidents: delivery.incidents
      .filter(({ openedAt }) => openedAt <= asOf)
      .map((incident) =>
        incident.resolvedAt !== null && incident.resolvedAt > asOf ? { ...incident, resolvedAt: null } : incident,
      ),
  };
}

/** What was opened by then; a later review, merge or end had not happened yet. */
function pullRequestsAsOf(pullRequests: readonly PullRequest[], asOf: Instant): readonly PullRequest[] {
  const known = (at: Instant | null) => (at !== null && at <= asOf ? at : null);
  return pullRequests
    .filter(({ openedAt }) => openedAt <= asOf)
    .map((one) => {
      const mergedAt = known(one.mergedAt);
      return {
        ...one,
        firstReviewAt: known(one.firstReviewAt),
        mergedAt,
        closedAt: known(one.closedAt),
        mergeSha: mergedAt === null ? null : one.mergeSha,
      };
    });
}
