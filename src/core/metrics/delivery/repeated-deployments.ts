import type { DeliveryHistory, Deployment } from '../../model/delivery.ts';
import { inOrder } from './reach.ts';

/**
 * One deployment for each version that reaches the users (metrics.md 5.2): what is live already is released by no second
 * job, and by no pipeline that is run again; the first that brought it counts, and incidents that name one of the others
 * name that one. Told by commit and version, or by the version where no commit is known, if it has a digit: `latest` is
 * always another one. A repetition that mends something, or that nobody planned, stays.
 */
export function withoutRepeated(delivery: DeliveryHistory): DeliveryHistory {
  const firstOf = new Map<string, string>();
  let live: Deployment | null = null;
  for (const one of inOrder(delivery.deployments)) {
    if (live && isSame(live, one) && one.isPlanned && one.remediates === null) firstOf.set(one.id, live.id);
    else live = one;
  }
  if (firstOf.size === 0) return delivery;
  return {
    ...delivery,
    deployments: delivery.deployments.filter(({ id }) => !firstOf.has(id)),
    incidents: delivery.incidents.map((one) =>
      one.cause === null ? one : { ...one, cause: firstOf.get(one.cause) ?? one.cause },
    ),
  };
}

function isSame(live: Deployment, { service, sha, version }: Deployment): boolean {
  if (live.service !== service || live.sha !== sha || live.version !== version) return false;
  return sha !== null || /\d/.test(version ?? '');
}
