import { deliveryIn } from '../metrics/delivery/delivery-window.ts';
import { serviceFactsOf } from '../metrics/delivery/service-facts.ts';
import { addDays } from '../time/day.ts';
import type { DigestInput } from './digest-input.ts';
import type { DeliveryLine } from './report.ts';

/** What was deployed in the period, and how that goes in general; null where nothing is known to be deployed. */
export function deliveryLine({
  view,
  metrics,
  since,
}: Pick<DigestInput, 'view' | 'metrics' | 'since'>): DeliveryLine | null {
  const facts = serviceFactsOf(view);
  if (!facts || facts.delivery.deployments.length === 0) return null;
  const { zone } = view.calendar;
  const { service } = deliveryIn(facts, [zone.dayAt(since), addDays(view.today, 1)], zone);
  const inPeriod = ({ finishedAt }: { readonly finishedAt: number }) => finishedAt > since;
  const failed = new Set(service.failed);
  const made = facts.delivery.deployments.filter((one) => one.isSuccessful && inPeriod(one));
  const { figures } = metrics;
  return {
    service: facts.delivery.service,
    deployments: made.length,
    failed: facts.delivery.hasIncidents ? made.filter(({ id }) => failed.has(id)).length : null,
    changes: facts.shipped.changes.filter(({ deployment }) => inPeriod(deployment)).length,
    perWeek: figures.deploymentsPerWeek.value,
    leadTimeHours: figures.changeLeadTimeHours.value,
    failRate: figures.changeFailRate.value,
  };
}
