import { degradedDelivery } from '../../findings/rules/delivery-degraded.ts';
import { deliveryCourse } from '../../metrics/delivery/delivery-course.ts';
import { serviceFactsOf } from '../../metrics/delivery/service-facts.ts';
import { keyOf } from './signal-input.ts';
import type { SignalRule } from './signal-input.ts';

/**
 * The delivery of a service is worse than its own last months: as likely as its surest sign. What is worse by less than
 * is news is likely enough to keep an alert open, and not to open one: else one would come and go with a tenth.
 */
export const signalDeliveryDegraded: SignalRule = ({ view, thresholds: { alerts } }) => {
  const most = (alerts.deliveryDegradedOn + alerts.deliveryDegradedOff) / 2;
  return serviceFactsOf(view).flatMap((facts) => {
    const { worse = [], nearlyWorse = [] } = deliveryCourse(view, facts) ?? {};
    const finding = degradedDelivery(facts.delivery.service, worse.length > 0 ? worse : nearlyWorse);
    if (!finding) return [];
    return {
      key: keyOf('DELIVERY_DEGRADED', finding.subject),
      rule: 'DELIVERY_DEGRADED',
      subject: finding.subject,
      severity: finding.severity,
      probability: Math.max(
        ...worse.map(({ chance }) => chance),
        ...nearlyWorse.map(({ chance }) => Math.min(chance, most)),
      ),
      facts: [],
      impact: 1,
      parents: [],
      dueOn: null,
      finding,
    };
  });
};
