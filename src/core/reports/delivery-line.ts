import { deliveryIn } from '../metrics/delivery/delivery-window.ts';
import { measureService } from '../metrics/delivery/delivery-figures.ts';
import { serviceFactsOf } from '../metrics/delivery/service-facts.ts';
import type { ServiceFacts } from '../metrics/delivery/service-facts.ts';
import type { Instant } from '../time/instant.ts';
import type { ProjectView } from '../view/view.ts';
import { addDays } from '../time/day.ts';
import type { DigestInput } from './digest-input.ts';

/** How a service was delivered in the period, and in general over 90 days; null where it is not known. */
export interface DeliveryLine {
  readonly service: string;
  readonly deployments: number;
  readonly failed: number | null;
  readonly changes: number;
  readonly perWeek: number | null;
  /** Median, from first commit to users. */
  readonly leadTimeHours: number | null;
  readonly failRate: number | null;
}

/** What was deployed in the period, and how that goes in general, for each service that is known to be deployed. */
export function deliveryLines({ view, since }: Pick<DigestInput, 'view' | 'since'>): readonly DeliveryLine[] {
  return serviceFactsOf(view)
    .filter(({ delivery }) => delivery.deployments.length > 0)
    .map((facts) => lineOf(view, facts, since));
}

function lineOf(view: ProjectView, facts: ServiceFacts, since: Instant): DeliveryLine {
  const { delivery, shipped } = facts;
  const { zone } = view.calendar;
  const { service } = deliveryIn(facts, [zone.dayAt(since), addDays(view.today, 1)], zone);
  const inPeriod = ({ finishedAt }: { readonly finishedAt: Instant }) => finishedAt > since;
  const failed = new Set(service.failed);
  const made = delivery.deployments.filter((one) => one.isSuccessful && inPeriod(one));
  const figures = measureService(view, facts);
  return {
    service: delivery.service,
    deployments: made.length,
    failed: delivery.hasIncidents ? made.filter(({ id }) => failed.has(id)).length : null,
    changes: shipped.changes.filter(({ deployment }) => inPeriod(deployment)).length,
    perWeek: figures.deploymentsPerWeek.value,
    leadTimeHours: figures.changeLeadTimeHours.value,
    failRate: figures.changeFailRate.value,
  };
}
