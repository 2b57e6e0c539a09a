import { addDays, startOfWeek } from '../../time/day.ts';
import { dayMs, hourMs, minuteMs } from '../../time/instant.ts';
import type { Instant } from '../../time/instant.ts';
import type { ProjectView } from '../../view/view.ts';
import type { Figure, Part } from '../figure.ts';
import { gradeOf } from '../grade.ts';
import type { DeliveryFigures } from '../figures.ts';
import { withIncidentsOfItems } from './incidents-of-items.ts';
import { measureDelivery } from './service-delivery.ts';
import type { ServiceDelivery } from './service-delivery.ts';
import { shippedChanges } from './shipped-changes.ts';
import type { ShippedChange } from './shipped-changes.ts';

/** Window of the delivery metrics (metrics.md 5.2). */
const windowDays = 90;
/** A service younger than this has no frequency yet. */
const leastWeeks = 4;
const attributionHours = 24;

/**
 * The five delivery metrics of the project's service over the last 90 days (metrics.md 5.2), with what ties them to the
 * work items. Unknown, not zero, where nothing tells of deployments or of incidents.
 */
export function measureDeliveryFigures(view: ProjectView): DeliveryFigures {
  const { calendar, asOf, today } = view;
  const delivery = withIncidentsOfItems(view);
  if (!delivery || delivery.deployments.length === 0)
    return withoutDelivery(delivery ? 'noDeployments' : 'notCollected');
  const { zone } = calendar;
  const to = addDays(today, 1);
  const from = addDays(to, -windowDays);
  const window = { from: zone.startOf(from), to: asOf };
  const { changes, waiting } = shippedChanges(delivery.commits, delivery.deployments);
  const shipped = changes.filter(({ deployment }) => deployment.finishedAt >= window.from);
  const service = measureDelivery({
    ...delivery,
    window: [from, to],
    zone,
    attributionHours,
    leadTimes: leadTimesOf(shipped),
  });
  const first = Math.min(...delivery.deployments.map(({ finishedAt }) => finishedAt));
  const isYoung = zone.startOf(addDays(startOfWeek(zone.dayAt(first)), 7 * leastWeeks)) > asOf;
  const inWindow = delivery.deployments.filter(
    ({ isSuccessful, finishedAt }) => isSuccessful && finishedAt >= window.from,
  );
  const figure = (value: number | null, unit: string, more: Partial<Figure> = {}): Figure => ({
    value,
    unit,
    n: service.deployments,
    window,
    grade: gradeOf(service.deployments),
    flags: value === null ? ['noDeployments'] : [],
    evidence: inWindow.map(({ id }) => id),
    ...more,
  });
  return {
    ...frequencies(service, { figure, isYoung }),
    changeLeadTimeHours: figure(hoursOf(service.medianLeadTimeMinutes), 'hour', {
      n: shipped.length - service.droppedNegative,
      grade: gradeOf(shipped.length),
      flags: [
        ...(shipped.length === 0 ? ['noChanges'] : []),
        ...(service.droppedNegative > 0 ? ['negativeLeadTimes'] : []),
      ],
      evidence: shipped.map(({ commit }) => commit.sha),
    }),
    ...failures(service, { figure, hasIncidents: delivery.hasIncidents }),
    ...linksToWork(view, { figure, shipped, waiting }),
  };
}

type MakeFigure = (value: number | null, unit: string, more?: Partial<Figure>) => Figure;

function frequencies(
  { deploymentsPerWeek, medianDeploymentDaysPerWeek }: ServiceDelivery,
  { figure, isYoung }: { readonly figure: MakeFigure; readonly isYoung: boolean },
): Pick<DeliveryFigures, 'deploymentsPerWeek' | 'deploymentDaysPerWeek'> {
  const total = deploymentsPerWeek.reduce((sum, count) => sum + count, 0);
  const isKnown = !isYoung && deploymentsPerWeek.length > 0;
  const rest = {
    n: deploymentsPerWeek.length,
    grade: gradeOf(deploymentsPerWeek.length),
    flags: isYoung ? ['youngService'] : [],
  };
  return {
    deploymentsPerWeek: figure(isKnown ? total / deploymentsPerWeek.length : null, 'deployment/week', rest),
    deploymentDaysPerWeek: figure(isKnown ? medianDeploymentDaysPerWeek : null, 'day/week', rest),
  };
}

function failures(
  service: ServiceDelivery,
  { figure, hasIncidents }: { readonly figure: MakeFigure; readonly hasIncidents: boolean },
): Pick<DeliveryFigures, 'changeFailRate' | 'recoveryHours' | 'reworkRate'> {
  const unknown: Partial<Figure> = { n: 0, grade: 'D', flags: ['noIncidentSource'], evidence: [] };
  if (!hasIncidents)
    return {
      changeFailRate: figure(null, 'ratio', unknown),
      recoveryHours: figure(null, 'hour', unknown),
      reworkRate: figure(null, 'ratio', unknown),
    };
  const { recoveryMinutes, openFailures, unattributed, failed } = service;
  return {
    changeFailRate: figure(service.changeFailRate, 'ratio', {
      flags: unattributed.length > 0 ? ['unattributedIncidents'] : [],
      evidence: failed,
    }),
    recoveryHours: figure(hoursOf(service.medianRecoveryMinutes), 'hour', {
      n: recoveryMinutes.length,
      grade: gradeOf(recoveryMinutes.length),
      flags: [
        ...(recoveryMinutes.length === 0 ? ['noFailures'] : []),
        ...(openFailures.length > 0 ? ['openFailures'] : []),
      ],
      evidence: failed,
    }),
    reworkRate: figure(service.reworkRate, 'ratio'),
  };
}

interface Links {
  readonly figure: MakeFigure;
  readonly shipped: readonly ShippedChange[];
  readonly waiting: readonly { readonly sha: string; readonly keys: readonly string[] }[];
}

/** Which work reached the users, and which changes nobody had asked for (metrics.md 7.5, H19 and H20). */
function linksToWork(
  view: ProjectView,
  { figure, shipped, waiting }: Links,
): Pick<DeliveryFigures, 'changesWithoutItem' | 'itemsWithoutChange' | 'changesNotReleased'> {
  const known = (keys: readonly string[]) => keys.some((key) => view.itemsByKey.has(key));
  const stray = shipped.filter(({ commit }) => !known(commit.keys));
  const named = new Set(
    view.delivery!.commits.flatMap(({ keys }) => keys.flatMap((key) => view.itemsByKey.get(key)?.key ?? [])),
  );
  const since = view.asOf - windowDays * dayMs;
  const done = view.counted.filter(({ isDelivered, doneAt }) => isDelivered && doneAt !== null && doneAt > since);
  const silent = done.filter(({ key }) => !named.has(key));
  const count = (value: number, of: number, evidence: readonly string[]): Figure =>
    figure(value, 'item', { n: of, grade: gradeOf(of), flags: [], evidence });
  return {
    changesWithoutItem: count(
      stray.length,
      shipped.length,
      stray.map(({ commit }) => commit.sha),
    ),
    itemsWithoutChange: count(
      silent.length,
      done.length,
      silent.map(({ key }) => key),
    ),
    changesNotReleased: count(
      waiting.length,
      waiting.length,
      waiting.map(({ sha }) => sha),
    ),
  };
}

/** What each change of the window brought to the lead time, in hours: for those who ask where it comes from. */
export function leadTimeParts({ delivery, calendar, today }: ProjectView): readonly Part[] {
  if (!delivery) return [];
  const from = calendar.zone.startOf(addDays(today, 1 - windowDays));
  return shippedChanges(delivery.commits, delivery.deployments)
    .changes.filter(({ deployment }) => deployment.finishedAt >= from)
    .map(({ commit, deployment }) => ({
      key: commit.sha,
      value: hoursOf(minutesBetween(commit.authoredAt, deployment.finishedAt)),
      from: commit.authoredAt,
      to: deployment.finishedAt,
    }))
    .filter(({ value }) => value !== null && value >= 0);
}

/** Minutes of each change, by the deployment that brought it. */
function leadTimesOf(shipped: readonly ShippedChange[]) {
  const minutes = new Map<string, number[]>();
  for (const { commit, deployment } of shipped) {
    const known = minutes.get(deployment.id) ?? [];
    known.push(minutesBetween(commit.authoredAt, deployment.finishedAt));
    minutes.set(deployment.id, known);
  }
  return [...minutes].map(([deployment, own]) => ({ deployment, minutes: own }));
}

function minutesBetween(from: Instant, to: Instant): number {
  return (to - from) / minuteMs;
}

function hoursOf(minutes: number | null): number | null {
  return minutes === null ? null : (minutes * minuteMs) / hourMs;
}

function withoutDelivery(flag: string): DeliveryFigures {
  const unknown = (unit: string): Figure => ({
    value: null,
    unit,
    n: 0,
    window: null,
    grade: 'D',
    flags: [flag],
    evidence: [],
  });
  return {
    deploymentsPerWeek: unknown('deployment/week'),
    deploymentDaysPerWeek: unknown('day/week'),
    changeLeadTimeHours: unknown('hour'),
    changeFailRate: unknown('ratio'),
    recoveryHours: unknown('hour'),
    reworkRate: unknown('ratio'),
    changesWithoutItem: unknown('item'),
    itemsWithoutChange: unknown('item'),
    changesNotReleased: unknown('item'),
  };
}
