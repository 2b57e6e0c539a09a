import type { DeliveryHistory } from '../model/delivery.ts';
import type { Instant } from '../time/instant.ts';

/** Commits, deployments and incidents by their own times; an incident that was resolved later was open then. */
export function deliveryAsOf(delivery: DeliveryHistory, asOf: Instant): DeliveryHistory {
  return {
    ...delivery,
    commits: delivery.commits.filter(({ committedAt }) => committedAt <= asOf),
    deployments: delivery.deployments.filter(({ finishedAt }) => finishedAt <= asOf),
    incidents: delivery.incidents
      .filter(({ openedAt }) => openedAt <= asOf)
      .map((incident) =>
        incident.resolvedAt !== null && incident.resolvedAt > asOf ? { ...incident, resolvedAt: null } : incident,
      ),
  };
}
