import { addDays, dayNumber, startOfWeek } from '../../time/day.ts';
import type { Day } from '../../time/day.ts';
import { hourMs, minuteMs } from '../../time/instant.ts';
import type { Instant } from '../../time/instant.ts';
import type { Zone } from '../../time/zone.ts';
import { median, wilson } from '../statistics.ts';
import { attributeIncidents } from './attribute-incidents.ts';
import type { Deployment, Incident } from '../../model/delivery.ts';

/** A deployment as far as its rates ask for it. */
export type Release = Omit<Deployment, 'sha' | 'version'>;

export interface DeliveryInput {
  readonly service: string;
  /** Days in the zone, the end not included. */
  readonly window: readonly [from: Day, to: Day];
  readonly zone: Zone;
  /** An incident opened later than this after a deployment is not blamed on it. */
  readonly attributionHours: number;
  readonly deployments: readonly Release[];
  readonly incidents: readonly Incident[];
  /** Minutes from the first commit of each change to the end of the deployment that brought it. */
  readonly leadTimes: readonly { readonly deployment: string; readonly minutes: readonly number[] }[];
}

/** The five delivery metrics of one service in a window (metrics.md 5.2). Null where there was nothing to measure. */
export interface ServiceDelivery {
  readonly deployments: number;
  readonly failedAttempts: number;
  /** Whole ISO weeks of the window, oldest first, those without any included. */
  readonly deploymentDaysPerWeek: readonly number[];
  readonly deploymentsPerWeek: readonly number[];
  readonly medianDeploymentDaysPerWeek: number | null;
  readonly medianLeadTimeMinutes: number | null;
  /** Changes whose deployment ended before their first commit: clocks that disagree. */
  readonly droppedNegative: number;
  /** Deployments with at least one failure, in order of time. */
  readonly failed: readonly string[];
  readonly changeFailRate: number | null;
  /** Wilson, 95 %. */
  readonly changeFailRateInterval: readonly [low: number, high: number] | null;
  /** Incidents opened in the window that no deployment can be blamed for. */
  readonly unattributed: readonly string[];
  /** For each failed deployment that is restored, from its end to the end of its last failure; none where clocks disagree. */
  readonly recoveryMinutes: readonly number[];
  readonly medianRecoveryMinutes: number | null;
  /** Failed deployments that were restored before they ended: clocks that disagree. */
  readonly droppedRecoveries: number;
  /** Incidents of failed deployments that still last: their recovery is not known, and not zero. */
  readonly openFailures: readonly string[];
  readonly reworkRate: number | null;
}

/**
 * Deployment frequency, lead time, change fail rate, recovery time and rework rate of one service (metrics.md 5.2,
 * vectors T19 and T20). One id is one deployment, however often it is given; the last counts.
 */
export function measureDelivery(input: DeliveryInput): ServiceDelivery {
  const { service, window, zone } = input;
  const from = zone.startOf(window[0]);
  const to = zone.startOf(window[1]);
  // A release train has one id for the deployment of each of its services.
  const own = lastOfEach(input.deployments.filter((deployment) => deployment.service === service)).sort(
    (a, b) => a.finishedAt - b.finishedAt || (a.id < b.id ? -1 : 1),
  );
  const inWindow = own.filter(({ finishedAt }) => finishedAt >= from && finishedAt < to);
  const successful = inWindow.filter(({ isSuccessful }) => isSuccessful);
  const incidents = lastOfEach(input.incidents);
  const blame = attributeIncidents(own, incidents, { service, withinMs: input.attributionHours * hourMs });
  const failed = successful.filter(({ id }) => blame.failuresOf.has(id));
  const recovery = recoveryOf(failed, own, blame.failuresOf);
  const weeks = weeksOf(successful, window, zone);
  const leadTimes = leadTimesOf(input.leadTimes, new Set(successful.map(({ id }) => id)));
  return {
    deployments: successful.length,
    failedAttempts: inWindow.length - successful.length,
    ...weeks,
    medianDeploymentDaysPerWeek: median(weeks.deploymentDaysPerWeek),
    ...leadTimes,
    failed: failed.map(({ id }) => id),
    changeFailRate: successful.length > 0 ? failed.length / successful.length : null,
    changeFailRateInterval: wilson(failed.length, successful.length),
    unattributed: blame.unattributed.filter(({ openedAt }) => openedAt >= from && openedAt < to).map(({ id }) => id),
    ...recovery,
    medianRecoveryMinutes: median(recovery.recoveryMinutes),
    reworkRate: successful.length > 0 ? successful.filter(isRework).length / successful.length : null,
  };
}

/** Unplanned, and because of an incident: a planned one that closes an old incident on the way is no rework. */
function isRework({ isPlanned, remediates }: Release): boolean {
  return !isPlanned && remediates !== null;
}

function lastOfEach<T extends { readonly id: string }>(given: readonly T[]): T[] {
  return [...new Map(given.map((one) => [one.id, one])).values()];
}

type Weeks = Pick<ServiceDelivery, 'deploymentDaysPerWeek' | 'deploymentsPerWeek'>;

function weeksOf(successful: readonly Release[], [from, to]: DeliveryInput['window'], zone: Zone): Weeks {
  const monday = startOfWeek(from) === from ? from : addDays(startOfWeek(from), 7);
  const first = dayNumber(monday);
  const count = Math.max(0, Math.floor((dayNumber(to) - first) / 7));
  const days = Array.from({ length: count }, () => new Set<Day>());
  const totals = Array.from({ length: count }, () => 0);
  for (const { finishedAt } of successful) {
    const day = zone.dayAt(finishedAt);
    const week = Math.floor((dayNumber(day) - first) / 7);
    if (week < 0 || week >= count) continue;
    days[week]!.add(day);
    totals[week]! += 1;
  }
  return { deploymentDaysPerWeek: days.map(({ size }) => size), deploymentsPerWeek: totals };
}

function leadTimesOf(
  given: DeliveryInput['leadTimes'],
  counted: ReadonlySet<string>,
): Pick<ServiceDelivery, 'medianLeadTimeMinutes' | 'droppedNegative'> {
  const minutes = given.filter(({ deployment }) => counted.has(deployment)).flatMap((one) => one.minutes);
  const sound = minutes.filter((span) => span >= 0);
  return { medianLeadTimeMinutes: median(sound), droppedNegative: minutes.length - sound.length };
}

/** Restored when its last failure ended: by the incident's own record, else by the deployment that says it mends it. */
function recoveryOf(
  failed: readonly Release[],
  own: readonly Release[],
  failuresOf: ReadonlyMap<string, readonly Incident[]>,
): Pick<ServiceDelivery, 'recoveryMinutes' | 'droppedRecoveries' | 'openFailures'> {
  const mendedAt = new Map<string, Instant>();
  for (const { isSuccessful, remediates, finishedAt } of own)
    if (isSuccessful && remediates !== null && !mendedAt.has(remediates)) mendedAt.set(remediates, finishedAt);
  const recoveryMinutes: number[] = [];
  const openFailures: string[] = [];
  let droppedRecoveries = 0;
  for (const { id, finishedAt } of failed) {
    const failures = failuresOf.get(id)!;
    const restored = failures.map((incident) => incident.resolvedAt ?? mendedAt.get(incident.id) ?? null);
    failures.forEach((incident, index) => {
      if (restored[index] === null) openFailures.push(incident.id);
    });
    if (restored.some((at) => at === null)) continue;
    const span = Math.max(...restored.map((at) => at!)) - finishedAt;
    if (span >= 0) recoveryMinutes.push(span / minuteMs);
    else droppedRecoveries += 1;
  }
  return { recoveryMinutes, droppedRecoveries, openFailures };
}
