import { addDays, startOfWeek } from '../../time/day.ts';
import type { ProjectView } from '../../view/view.ts';
import type { Figure, Part } from '../figure.ts';
import type { DeliveryFigures } from '../figures.ts';
import { gradeOf, share } from '../grade.ts';
import { deliveryIn, firstDeploymentAt, medianHours, p85Hours, windowTo } from './delivery-window.ts';
import type { DeliveryWindow, TimedChange } from './delivery-window.ts';
import { failureFigures } from './failure-figures.ts';
import { isFrozenSince } from './freeze.ts';
import { linksToWork } from './links-to-work.ts';
import type { MakeFigure } from './make-figure.ts';
import { serviceFactsOf } from './service-facts.ts';
import type { ServiceFacts } from './service-facts.ts';
import { unknownDelivery } from './unknown-delivery.ts';

/** A service younger than this has no frequency yet. */
const leastWeeks = 4;

/**
 * The five delivery metrics of the project's main service over the last 90 days (metrics.md 5.2), with what ties them to the
 * work items. Unknown, not zero, where nothing tells of deployments or of incidents.
 */
export function measureDeliveryFigures(view: ProjectView): DeliveryFigures {
  const [facts] = serviceFactsOf(view);
  if (!facts || facts.delivery.deployments.length === 0)
    return unknownDelivery(facts ? 'noDeployments' : 'notCollected');
  return measureService(view, facts);
}

/** The same figures of one service that has been deployed. */
export function measureService(view: ProjectView, facts: ServiceFacts): DeliveryFigures {
  const { zone } = view.calendar;
  const days = windowTo(view.today);
  const window = { from: zone.startOf(days[0]), to: view.asOf };
  const measured = deliveryIn(facts, days, zone);
  const ids = facts.delivery.deployments
    .filter(({ isSuccessful, finishedAt }) => isSuccessful && finishedAt >= window.from)
    .map(({ id }) => id);
  const { deployments } = measured.service;
  const figure: MakeFigure = (value, unit, more = {}) => ({
    value,
    unit,
    n: deployments,
    window,
    grade: gradeOf(deployments),
    flags: value === null ? ['noDeployments'] : [],
    evidence: ids,
    ...more,
  });
  return {
    ...frequencies(view, { facts, measured, figure }),
    ...leadTimes(facts, measured, figure),
    ...failureFigures(facts, { measured, figure, since: window.from }),
    ...linksToWork(view, { facts, measured, figure }),
  };
}

interface Measured {
  readonly facts: ServiceFacts;
  readonly measured: DeliveryWindow;
  readonly figure: MakeFigure;
}

/** Weeks in which nothing was to be deployed count like any other, and are named (metrics.md 5.5). */
function frequencies(
  view: ProjectView,
  { facts, measured: { service }, figure }: Measured,
): Pick<DeliveryFigures, 'deploymentsPerWeek' | 'deploymentDaysPerWeek' | 'failedAttempts'> {
  const { calendar, asOf } = view;
  const { zone } = calendar;
  const { deploymentsPerWeek, medianDeploymentDaysPerWeek, failedAttempts } = service;
  const first = firstDeploymentAt(facts.delivery);
  const isYoung = zone.startOf(addDays(startOfWeek(zone.dayAt(first)), 7 * leastWeeks)) > asOf;
  const isFrozen = isFrozenSince(view, windowTo(view.today)[0]);
  const total = deploymentsPerWeek.reduce((sum, count) => sum + count, 0);
  const isKnown = !isYoung && deploymentsPerWeek.length > 0;
  const rest = {
    n: deploymentsPerWeek.length,
    grade: gradeOf(deploymentsPerWeek.length),
    flags: [...(isYoung ? ['youngService'] : []), ...(isFrozen ? ['deployFreeze'] : [])],
  };
  const tries = service.deployments + failedAttempts;
  const since = zone.startOf(windowTo(view.today)[0]);
  const failed = facts.delivery.deployments
    .filter(({ isSuccessful, finishedAt }) => !isSuccessful && finishedAt >= since)
    .map(({ id }) => id);
  return {
    deploymentsPerWeek: figure(isKnown ? total / deploymentsPerWeek.length : null, 'deployment/week', rest),
    deploymentDaysPerWeek: figure(isKnown ? medianDeploymentDaysPerWeek : null, 'day/week', rest),
    failedAttempts: figure(failedAttempts, 'attempt', { n: tries, grade: gradeOf(tries), flags: [], evidence: failed }),
  };
}

function leadTimes(
  { shipped: { isByTime, bots, areCommits } }: ServiceFacts,
  { service, shipped, leadTimes: begun, mergeTimes, withoutStart }: DeliveryWindow,
  figure: MakeFigure,
): Pick<DeliveryFigures, 'changeLeadTimeHours' | 'changeLeadTimeP85Hours' | 'mergeToDeployHours'> {
  const ofChanges = (
    value: number | null,
    changes: readonly TimedChange[],
    { flags, nothing = 'noChanges' }: { readonly flags: readonly string[]; readonly nothing?: string },
  ): Figure =>
    figure(value, 'hour', {
      n: changes.length,
      grade: gradeOf(changes.length, share(withoutStart, shipped.length)),
      flags: [
        ...(value === null ? [nothing] : []),
        ...(isByTime && changes.length > 0 ? ['matchedByTime'] : []),
        ...flags,
      ],
      evidence: changes.map(({ change }) => change.id),
      ...(bots > 0 ? { exclusions: [{ reason: 'bot', n: bots }] } : {}),
    });
  const begunFlags = [
    ...(service.droppedNegative > 0 ? ['negativeLeadTimes'] : []),
    ...(withoutStart > 0 ? ['unknownFirstCommit'] : []),
  ];
  return {
    changeLeadTimeHours: ofChanges(medianHours(begun), begun, { flags: begunFlags }),
    changeLeadTimeP85Hours: ofChanges(p85Hours(begun), begun, { flags: begunFlags }),
    mergeToDeployHours: ofChanges(medianHours(mergeTimes), mergeTimes, {
      flags: [],
      nothing: areCommits ? 'noPullRequests' : 'noChanges',
    }),
  };
}

/** The facts of a service by its name; those of the main one for null. */
export function factsCalled(view: ProjectView, service: string | null): ServiceFacts | undefined {
  const all = serviceFactsOf(view);
  return service === null ? all[0] : all.find(({ delivery }) => delivery.service === service);
}

/** What each change of the window brought to a time of delivery, in hours: for those who ask where it comes from. */
export function deliveryTimeParts(
  view: ProjectView,
  { name, service }: { readonly name: string; readonly service: string | null },
): readonly Part[] | null {
  const facts = factsCalled(view, service);
  const isMerge = name === 'mergeToDeployHours';
  if (!isMerge && name !== 'changeLeadTimeHours' && name !== 'changeLeadTimeP85Hours') return null;
  if (!facts) return [];
  const { leadTimes: begun, mergeTimes } = deliveryIn(facts, windowTo(view.today), view.calendar.zone);
  return (isMerge ? mergeTimes : begun).map(({ change, deployment, hours }) => ({
    key: change.id,
    value: hours,
    from: isMerge ? change.mergedAt : change.firstCommitAt,
    to: deployment.finishedAt,
  }));
}
