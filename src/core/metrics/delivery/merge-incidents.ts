import type { DeliveryHistory, Incident } from '../../model/delivery.ts';
import { minuteMs } from '../../time/instant.ts';

/** Monitoring opens an incident an alert: those of one outage follow one another within half an hour (metrics.md 5.5). */
const sameOutageMs = 30 * minuteMs;

/**
 * Incidents that opened within 30 minutes of the first of their group are one: it opened first, ended when the last of
 * them ended (open while any is), and names the first cause that any of them names. Deployments that mend one of them
 * mend the whole. Only for what sources tell: an incident that a person wrote down as an item is one.
 */
export function mergeIncidents(delivery: DeliveryHistory): DeliveryHistory {
  const groups: Incident[][] = [];
  for (const incident of delivery.incidents.toSorted((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1))) {
    const last = groups.at(-1);
    if (last && incident.openedAt - last[0]!.openedAt <= sameOutageMs) last.push(incident);
    else groups.push([incident]);
  }
  const nameOf = new Map(groups.flatMap((group) => group.map(({ id }) => [id, group[0]!.id])));
  return {
    ...delivery,
    incidents: groups.map(oneOf),
    deployments: delivery.deployments.map((one) =>
      one.remediates === null ? one : { ...one, remediates: nameOf.get(one.remediates) ?? one.remediates },
    ),
  };
}

function oneOf(group: readonly Incident[]): Incident {
  const first = group[0]!;
  const ends = group.map(({ resolvedAt }) => resolvedAt);
  return {
    ...first,
    resolvedAt: ends.every((end) => end !== null) ? Math.max(...ends) : null,
    cause: group.find(({ cause }) => cause !== null)?.cause ?? null,
  };
}
