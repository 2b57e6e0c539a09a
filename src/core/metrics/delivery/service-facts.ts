import type { DeliveryHistory } from '../../model/delivery.ts';
import type { ProjectView } from '../../view/view.ts';
import { withIncidentsOfItems } from './incidents-of-items.ts';
import { mergeIncidents } from './merge-incidents.ts';
import { withRemediations } from './remediations.ts';
import { shippedChanges } from './shipped-changes.ts';
import type { Shipped } from './shipped-changes.ts';

/** What the delivery figures of a project are made from, put in order. */
export interface ServiceFacts {
  /** Incidents of one outage are one, those among the items are there, and deployments say what they mend. */
  readonly delivery: DeliveryHistory;
  readonly shipped: Shipped;
}

/** Null where the project names no service. */
export function serviceFactsOf(view: ProjectView): ServiceFacts | null {
  if (!view.delivery) return null;
  const delivery = withIncidentsOfItems(view, mergeIncidents(view.delivery));
  const shipped = shippedChanges(delivery);
  const deployments = withRemediations(delivery.deployments, delivery.incidents, shipped);
  return { delivery: { ...delivery, deployments }, shipped };
}
