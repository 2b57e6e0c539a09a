import type { DeliveryHistory, Deployment, Incident } from '../../model/delivery.ts';
import type { ProjectView } from '../../view/view.ts';
import { withCauses, withRevertedCauses } from './causes.ts';
import { withIncidentsOfItems } from './incidents-of-items.ts';
import { mergeIncidents } from './merge-incidents.ts';
import { withRemediations } from './remediations.ts';
import { withoutRepeated } from './repeated-deployments.ts';
import { shippedChanges } from './shipped-changes.ts';
import type { Shipped } from './shipped-changes.ts';

/** What the delivery figures of a project are made from, put in order. */
export interface ServiceFacts {
  /** Deployments of one version and incidents of one outage are one, those among the items are there, and deployments say what they mend. */
  readonly delivery: DeliveryHistory;
  readonly shipped: Shipped;
}

/** Of each service of the project, the main one first: they are never blended (metrics.md 5.1). */
export function serviceFactsOf(view: ProjectView): readonly ServiceFacts[] {
  const made = known.get(view);
  if (made) return made;
  const facts = view.services.map((service) => factsOf(view, service));
  known.set(view, facts);
  return facts;
}

/** Figures, rules, reports and charts of one view ask for the same walk through all commits. */
const known = new WeakMap<ProjectView, readonly ServiceFacts[]>();

function factsOf(view: ProjectView, service: DeliveryHistory): ServiceFacts {
  const once = withoutRepeated({ ...service, incidents: incidentsFor(service, view.services) });
  const shipped = shippedChanges(once);
  const named = { ...once, incidents: withCauses(once.incidents, once.deployments, shipped) };
  const delivery = withIncidentsOfItems(view, mergeIncidents(named));
  const deployments = withRemediations(delivery.deployments, delivery.incidents, shipped);
  const incidents = withRevertedCauses(delivery.incidents, deployments, shipped);
  return { delivery: { ...delivery, deployments, incidents }, shipped };
}

/** An incident is of the service whose deployment it names, else of its own. */
function incidentsFor(service: DeliveryHistory, all: readonly DeliveryHistory[]): readonly Incident[] {
  if (all.length === 1) return service.incidents;
  const others = all
    .filter((one) => one !== service)
    .map(({ deployments, incidents }) => ({ ids: idsOf(deployments), incidents }));
  const own = idsOf(service.deployments);
  return [
    ...service.incidents.filter(
      ({ cause }) => cause === null || own.has(cause) || !others.some(({ ids }) => ids.has(cause)),
    ),
    ...others.flatMap(({ ids, incidents }) =>
      incidents.filter(({ cause }) => cause !== null && own.has(cause) && !ids.has(cause)),
    ),
  ];
}

function idsOf(deployments: readonly Deployment[]): ReadonlySet<string> {
  return new Set(deployments.map(({ id }) => id));
}
