import { releasesOfItems } from '../metrics/delivery/releases-of-items.ts';
import type { ServiceFacts } from '../metrics/delivery/service-facts.ts';
import { windowTo } from '../metrics/delivery/delivery-window.ts';
import { milestonesOf } from '../metrics/milestones/milestones.ts';
import type { AnswerInput } from './answer-input.ts';
import type { ShippedMilestone } from './delivery-report.ts';

const mostMilestones = 3;

/**
 * Which milestone reached the users in which deployment: of those finished in the window, the newest deployment that
 * brought a change of one of their items. Items without a change, and those whose change waits, are not shipped.
 */
export function shippedMilestones(
  { view, metrics }: AnswerInput,
  { shipped }: ServiceFacts,
): readonly ShippedMilestone[] {
  const since = windowTo(view.today)[0];
  const finished = metrics.milestones
    .filter(({ kind, finishedOn }) => kind !== 'item' && finishedOn !== null && finishedOn >= since)
    .sort((a, b) => b.finishedOn!.localeCompare(a.finishedOn!) || a.id.localeCompare(b.id))
    .slice(0, mostMilestones);
  if (finished.length === 0) return [];
  const releases = releasesOfItems(view, shipped);
  const scopes = new Map(milestonesOf(view).map(({ id, scopeAt }) => [id, scopeAt]));
  return finished.map(({ id, name, finishedOn }) => {
    const items = scopes.get(id)?.(view.asOf) ?? [];
    const out = items.flatMap(({ key }) => {
      const release = releases.get(key);
      return release?.deployment && !release.isWaiting ? [release.deployment] : [];
    });
    const last = out.toSorted((a, b) => b.finishedAt - a.finishedAt)[0];
    return {
      name,
      finishedOn: finishedOn!,
      deployment: last ? { id: last.id, version: last.version, at: last.finishedAt } : null,
      items: items.length,
      itemsShipped: out.length,
    };
  });
}
