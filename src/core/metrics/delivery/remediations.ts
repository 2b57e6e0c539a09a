import type { Deployment, Incident } from '../../model/delivery.ts';
import type { Shipped } from './shipped-changes.ts';

/**
 * Deployments with what tells that somebody had to act, where the pipeline does not say so itself (metrics.md 5.2, rework
 * rate): one is unplanned when it goes back to an older commit, or brings a hotfix or a revert; an unplanned one mends
 * the newest incident of the service that was open when it ended, unless it names one.
 */
export function withRemediations(
  deployments: readonly Deployment[],
  incidents: readonly Incident[],
  { changes, rollbacks }: Pick<Shipped, 'changes' | 'rollbacks'>,
): readonly Deployment[] {
  const urgent = new Set(
    changes.filter(({ change }) => change.isHotfix || change.reverted !== null).map(({ deployment }) => deployment.id),
  );
  const newestFirst = incidents.toSorted((a, b) => b.openedAt - a.openedAt || (a.id < b.id ? -1 : 1));
  return deployments.map((deployment) => {
    const isPlanned = deployment.isPlanned && !rollbacks.has(deployment.id) && !urgent.has(deployment.id);
    if (isPlanned || deployment.remediates !== null)
      return isPlanned === deployment.isPlanned ? deployment : { ...deployment, isPlanned };
    const mended = newestFirst.find(
      ({ openedAt, resolvedAt }) =>
        openedAt <= deployment.finishedAt && (resolvedAt === null || resolvedAt >= deployment.finishedAt),
    );
    return { ...deployment, isPlanned, remediates: mended?.id ?? null };
  });
}
