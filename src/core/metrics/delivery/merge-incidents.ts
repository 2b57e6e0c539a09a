import type { DeliveryHistory, Incident } from '../../model/delivery.ts';
import { minuteMs } from '../../time/instant.ts';

/** Monitoring opens an incident an alert: those of one outage follow one another within half an hour (metrics.md 5.5). */
const sameOutageMs = 30 * minuteMs;

/**
 * Incidents that opened within 30 minutes of the first of their group are one: it opened first, ended when the last of
 * them ended (open while any is), and names the cause that any of them names; those that name different causes are
 * different. Deployments that mend one of them mend the whole. Only for what sources tell: an incident that a person wrote
 * down as an item is one.
 */
export function mergeIncidents(delivery: DeliveryHistory): DeliveryHistory {
  const done: Incident[][] = [];
  // Those that another incident may still belong to, the oldest first.
  const groups: Incident[][] = [];
  for (const incident of delivery.incidents.toSorted((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1))) {
    const own = groups.find((group) => isSameOutage(group, incident));
    if (own) own.push(incident);
    else groups.push([incident]);
    while (groups[0] && incident.openedAt - groups[0][0]!.openedAt > sameOutageMs) done.push(groups.shift()!);
  }
  done.push(...groups);
  const nameOf = new Map(done.flatMap((group) => group.map(({ id }) => [id, group[0]!.id])));
  return {
    ...delivery,
    incidents: done.map(oneOf),
    deployments: delivery.deployments.map((one) =>
      one.remediates === null ? one : { ...one, remediates: nameOf.get(one.remediates) ?? one.remediates },
    ),
  };
}

function isSameOutage(group: readonly Incident[], { openedAt, cause }: Incident): boolean {
  const named = causeOf(group);
  return openedAt - group[0]!.openedAt <= sameOutageMs && (cause === null || named === null || cause === named);
}

function causeOf(group: readonly Incident[]): string | null {
  return group.find(({ cause }) => cause !== null)?.cause ?? null;
}

function oneOf(group: readonly Incident[]): Incident {
  const first = group[0]!;
  const ends = group.map(({ resolvedAt }) => resolvedAt);
  return {
    ...first,
    resolvedAt: ends.every((end) => end !== null) ? Math.max(...ends) : null,
    cause: causeOf(group),
  };
}
