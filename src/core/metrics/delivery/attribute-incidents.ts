import type { Instant } from '../../time/instant.ts';
import type { Deployment, Incident } from '../../model/delivery.ts';

export interface Blame {
  /** Incidents by the deployment that they are blamed on, in order of opening. */
  readonly failuresOf: ReadonlyMap<string, readonly Incident[]>;
  /** Incidents of the service that no deployment can be blamed for, in order of opening. */
  readonly unattributed: readonly Incident[];
}

/**
 * Which deployment failed (metrics.md 5.2), first match wins: the one that the incident names; the newest successful one
 * of the same service, when it ended no longer than `withinMs` before the incident opened; else none. Deployments are
 * those of one service, in order of time.
 */
export function attributeIncidents(
  deployments: readonly Pick<Deployment, 'id' | 'finishedAt' | 'isSuccessful'>[],
  incidents: readonly Incident[],
  { service, withinMs }: { readonly service: string; readonly withinMs: number },
): Blame {
  const successful = deployments.filter(({ isSuccessful }) => isSuccessful);
  const ids = new Set(successful.map(({ id }) => id));
  const failuresOf = new Map<string, Incident[]>();
  const unattributed: Incident[] = [];
  for (const incident of incidents.toSorted((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1))) {
    const isNamed = incident.cause !== null && ids.has(incident.cause);
    if (!isNamed && incident.service !== service) continue;
    const cause = isNamed ? incident.cause : newestBefore(successful, incident.openedAt, withinMs);
    if (cause === null) unattributed.push(incident);
    else failuresOf.set(cause, [...(failuresOf.get(cause) ?? []), incident]);
  }
  return { failuresOf, unattributed };
}

function newestBefore(
  successful: readonly Pick<Deployment, 'id' | 'finishedAt' | 'isSuccessful'>[],
  openedAt: Instant,
  withinMs: number,
): string | null {
  let low = 0;
  let high = successful.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (successful[middle]!.finishedAt <= openedAt) low = middle + 1;
    else high = middle;
  }
  const newest = successful[low - 1];
  return newest && openedAt - newest.finishedAt <= withinMs ? newest.id : null;
}
