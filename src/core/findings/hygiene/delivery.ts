import { changesOf } from '../../metrics/delivery/change.ts';
import { serviceFactsOf } from '../../metrics/delivery/service-facts.ts';
import type { RuleInput } from '../rule.ts';
import { lookBackFrom } from './discipline.ts';
import { checked, notCollected, ofOther } from './hygiene-rule.ts';
import type { HygieneResult } from './hygiene-rule.ts';

/**
 * H19: a change that reached the repository lately without naming an item: a merged pull request, or a commit pushed
 * without one. Merges carry nothing of their own, and automation needs no item.
 */
export function checkUnlinkedChanges({ view, thresholds }: RuleInput): HygieneResult {
  if (view.services.length === 0) return notCollected('noChanges');
  const since = lookBackFrom(view, thresholds.hygiene.recentDays);
  const bare = view.services
    .flatMap((service) => changesOf(service).changes)
    .filter(({ keys, madeAt }) => keys.length === 0 && madeAt >= since);
  return checked(bare.map(({ id }) => ofOther(id)));
}

/** H20: a hotfix without an incident. A change or ticket of a planned deployment is not looked for. */
export function checkHotfixes({ view, thresholds }: RuleInput): HygieneResult {
  const services = serviceFactsOf(view);
  if (services.length === 0) return notCollected('noDeployments');
  const known = services.filter(({ delivery }) => delivery.hasIncidents);
  if (known.length === 0) return notCollected('noIncidents');
  const since = lookBackFrom(view, thresholds.hygiene.recentDays);
  const bare = known
    .flatMap(({ delivery }) => delivery.deployments)
    .filter(
      ({ isPlanned, isSuccessful, remediates, finishedAt }) =>
        !isPlanned && isSuccessful && remediates === null && finishedAt >= since,
    );
  return checked(bare.map(({ id }) => ofOther(id)));
}

/** H21: an incident that is over and whose cause nobody named. Of items that are incidents no source tells a cause. */
export function checkIncidentCauses({ view, thresholds }: RuleInput): HygieneResult {
  const known = view.services.filter(({ hasIncidents }) => hasIncidents);
  if (known.length === 0) return notCollected('noIncidents');
  const since = lookBackFrom(view, thresholds.hygiene.recentDays);
  const bare = known
    .flatMap(({ incidents }) => incidents)
    .filter(({ resolvedAt, cause }) => resolvedAt !== null && resolvedAt >= since && cause === null);
  return checked(bare.map(({ id }) => ofOther(id)));
}
