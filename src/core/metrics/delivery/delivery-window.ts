import type { DeliveryHistory } from '../../model/delivery.ts';
import { addDays } from '../../time/day.ts';
import type { Day } from '../../time/day.ts';
import { hourMs, minuteMs } from '../../time/instant.ts';
import type { Instant } from '../../time/instant.ts';
import type { Zone } from '../../time/zone.ts';
import { median, q7 } from '../statistics.ts';
import { measureDelivery } from './service-delivery.ts';
import type { ServiceDelivery } from './service-delivery.ts';
import type { ServiceFacts } from './service-facts.ts';
import type { ShippedChange } from './shipped-changes.ts';

/** Window of the delivery metrics (metrics.md 5.2). */
export const windowDays = 90;
/** An incident opened later than this after a deployment is not blamed on it by time alone. */
export const attributionHours = 24;

/** The delivery of one service in a window, with the changes that first reached the users in it. */
export interface DeliveryWindow {
  readonly service: ServiceDelivery;
  readonly shipped: readonly ShippedChange[];
  /** Hours from the first commit, and from the merge, to the end of the deployment: changes whose clocks agree. */
  readonly leadTimes: readonly TimedChange[];
  readonly mergeTimes: readonly TimedChange[];
  /** Changes of which nobody tells when they were begun. */
  readonly withoutStart: number;
}

export interface TimedChange extends ShippedChange {
  readonly hours: number;
}

/** The 90 days that end with a day. */
export function windowTo(day: Day): readonly [from: Day, to: Day] {
  const to = addDays(day, 1);
  return [addDays(to, -windowDays), to];
}

/** Measures the days from `from` to before `to` (metrics.md 5.2). */
export function deliveryIn(
  { delivery, shipped }: ServiceFacts,
  window: readonly [from: Day, to: Day],
  zone: Zone,
): DeliveryWindow {
  const from = zone.startOf(window[0]);
  const to = zone.startOf(window[1]);
  const own = shipped.changes.filter(({ deployment: { finishedAt } }) => finishedAt >= from && finishedAt < to);
  const begun = own.flatMap((one) =>
    one.change.firstCommitAt === null ? [] : [{ ...one, hours: hoursTo(one, one.change.firstCommitAt) }],
  );
  const merged = own.flatMap((one) =>
    one.change.mergedAt === null ? [] : [{ ...one, hours: hoursTo(one, one.change.mergedAt) }],
  );
  return {
    service: measureDelivery({ ...delivery, window, zone, attributionHours, leadTimes: minutesOf(begun) }),
    shipped: own,
    leadTimes: begun.filter(isSound),
    mergeTimes: merged.filter(isSound),
    withoutStart: own.length - begun.length,
  };
}

/** When the first deployment of all ended, or the first try at one; never without any. */
export function firstDeploymentAt({ deployments }: Pick<DeliveryHistory, 'deployments'>): Instant {
  return deployments.reduce((first, { finishedAt }) => Math.min(first, finishedAt), Infinity);
}

/** The middle value (metrics.md 0.4, 5.2); null without changes. */
export function medianHours(changes: readonly TimedChange[]): number | null {
  return median(changes.map(({ hours }) => hours));
}

/** Type 7, as the median is (metrics.md 0.4); null without changes. */
export function p85Hours(changes: readonly TimedChange[]): number | null {
  return q7(
    changes.map(({ hours }) => hours),
    0.85,
  );
}

/** A change that was deployed before it was written: clocks that disagree. */
function isSound({ hours }: TimedChange): boolean {
  return hours >= 0;
}

function hoursTo({ deployment }: ShippedChange, from: number): number {
  return (deployment.finishedAt - from) / hourMs;
}

/** Minutes of each change, by the deployment that brought it. */
function minutesOf(changes: readonly TimedChange[]) {
  const minutes = new Map<string, number[]>();
  for (const { deployment, hours } of changes) {
    const known = minutes.get(deployment.id);
    if (known) known.push((hours * hourMs) / minuteMs);
    else minutes.set(deployment.id, [(hours * hourMs) / minuteMs]);
  }
  return [...minutes].map(([deployment, own]) => ({ deployment, minutes: own }));
}
