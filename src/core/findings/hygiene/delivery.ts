import { changesOf } from '../../metrics/delivery/change.ts';
import { mergeIncidents } from '../../metrics/delivery/merge-incidents.ts';
import { namedItems } from '../../metrics/delivery/named-items.ts';
import { serviceFactsOf } from '../../metrics/delivery/service-facts.ts';
import type { ServiceFacts } from '../../metrics/delivery/service-facts.ts';
import type { RuleInput } from '../rule.ts';
import { lookBackFrom } from './discipline.ts';
import { checked, notCollected, ofOther } from './hygiene-rule.ts';
import type { HygieneHit, HygieneResult } from './hygiene-rule.ts';

/**
 * H19: a change that reached the repository lately without naming an item (a merged pull request, or a commit pushed
 * without one; automation needs none); and an item delivered lately that no change names, for teams that name at least a
 * share of what they deliver. Merges carry nothing of their own.
 */
export function checkUnlinkedChanges({ view, thresholds }: RuleInput): HygieneResult {
  if (view.services.length === 0) return notCollected('noChanges');
  const { recentDays, linkingShare } = thresholds.hygiene;
  const since = lookBackFrom(view, recentDays);
  const bare = view.services
    .flatMap((service) => changesOf(service).changes)
    .filter(({ keys, madeAt }) => keys.length === 0 && madeAt >= since);
  const named = namedItems(view);
  const delivered = view.counted.filter(({ isDelivered, doneAt }) => isDelivered && doneAt !== null && doneAt >= since);
  const silent = delivered.filter(({ key }) => !named.has(key));
  const isHabit = delivered.length - silent.length >= linkingShare * delivered.length;
  // In a monorepo one change counts for several services.
  const ids = [...new Set(bare.map(({ id }) => id))];
  return checked([...ids.map(byId), ...(isHabit ? silent.map(({ key }) => ofOther(key, [key])) : [])]);
}

/** What is no item is called by its id; a commit by as many digits as people use. */
function byId(id: string): HygieneHit {
  return ofOther(id, [], /^[0-9a-f]{40}$/.test(id) ? id.slice(0, 10) : id);
}

/** H20: a deployment that brought changes none of which names an item, and one that nobody planned without an incident. */
export function checkDeployments({ view, thresholds }: RuleInput): HygieneResult {
  const services = serviceFactsOf(view);
  if (services.every(({ delivery }) => delivery.deployments.length === 0)) return notCollected('noDeployments');
  const since = lookBackFrom(view, thresholds.hygiene.recentDays);
  const hits = services.flatMap((facts) => [...withoutItem(facts, since), ...withoutIncident(facts, since)]);
  return checked([...new Set(hits)].map(byId));
}

function withoutItem({ shipped }: ServiceFacts, since: number): readonly string[] {
  const brought = new Map<string, boolean>();
  for (const { change, deployment } of shipped.changes)
    if (deployment.finishedAt >= since)
      brought.set(deployment.id, (brought.get(deployment.id) ?? false) || change.keys.length > 0);
  return [...brought].flatMap(([id, namesItem]) => (namesItem ? [] : [id]));
}

function withoutIncident({ delivery }: ServiceFacts, since: number): readonly string[] {
  if (!delivery.hasIncidents) return [];
  return delivery.deployments
    .filter(
      ({ isPlanned, isSuccessful, remediates, finishedAt }) =>
        !isPlanned && isSuccessful && remediates === null && finishedAt >= since,
    )
    .map(({ id }) => id);
}

/**
 * H21: an incident that is over and whose cause nobody named; alerts of one outage are one. Of items that are incidents
 * no source tells a cause.
 */
export function checkIncidentCauses({ view, thresholds }: RuleInput): HygieneResult {
  const known = view.services.filter(({ hasIncidents }) => hasIncidents);
  if (known.length === 0) return notCollected('noIncidents');
  const since = lookBackFrom(view, thresholds.hygiene.recentDays);
  const bare = known
    .flatMap((service) => mergeIncidents(service).incidents)
    .filter(({ resolvedAt, cause }) => resolvedAt !== null && resolvedAt >= since && cause === null);
  return checked(bare.map(({ id }) => byId(id)));
}
