import type { Deployment, Incident } from '../../model/delivery.ts';
import type { Instant } from '../../time/instant.ts';
import { inOrder } from './reach.ts';
import type { Shipped, ShippedChange } from './shipped-changes.ts';

/**
 * Incidents with the deployment that caused them, where they name one in another way (metrics.md 5.2, attribution): by its
 * version, by the commit that was deployed, or by a change, which the first deployment that brought it stands for. Of
 * several of one version or commit it is the newest before the incident. A cause that is not known is none.
 */
export function withCauses(
  incidents: readonly Incident[],
  deployments: readonly Deployment[],
  { changes }: Pick<Shipped, 'changes'>,
): readonly Incident[] {
  if (incidents.every(({ cause }) => cause === null)) return incidents;
  const ids = new Set(deployments.map(({ id }) => id));
  const newestFirst = inOrder(deployments).toReversed();
  const brought = new Map(
    changes.flatMap(({ change: { id, shas, parts }, deployment }) =>
      [...parts, ...shas, id].map((name) => [name, deployment.id] as const),
    ),
  );
  return incidents.map((incident) => {
    const { cause, openedAt } = incident;
    if (cause === null || ids.has(cause)) return incident;
    const named = newestFirst.find(
      ({ version, sha, finishedAt }) => (version === cause || sha === cause) && finishedAt <= openedAt,
    );
    return { ...incident, cause: named?.id ?? brought.get(cause) ?? null };
  });
}

/**
 * Incidents that name no cause, with the deployment of what was taken back to mend them: who reverts a change holds it to
 * be the cause. It has to be older than the incident.
 */
export function withRevertedCauses(
  incidents: readonly Incident[],
  deployments: readonly Deployment[],
  { changes }: Pick<Shipped, 'changes'>,
): readonly Incident[] {
  const mends = new Map(deployments.map(({ id, remediates }) => [id, remediates]));
  const bare = new Map(incidents.filter(({ cause }) => cause === null).map((one) => [one.id, one]));
  const causes = new Map<string, string>();
  for (const { change, deployment } of changes) {
    const mended = change.reverted === null ? undefined : bare.get(mends.get(deployment.id) ?? '');
    const cause = mended && newestCalled(changes, change.reverted!, mended.openedAt);
    if (mended && cause && !causes.has(mended.id)) causes.set(mended.id, cause.deployment.id);
  }
  if (causes.size === 0) return incidents;
  return incidents.map((one) => (causes.has(one.id) ? { ...one, cause: causes.get(one.id)! } : one));
}

/** The change of a title that reached the users last before an instant. */
function newestCalled(changes: readonly ShippedChange[], title: string, before: Instant): ShippedChange | undefined {
  return changes.findLast((one) => one.change.title === title && one.deployment.finishedAt <= before);
}
