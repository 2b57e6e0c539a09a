import { deliveryCourse } from '../../metrics/delivery/delivery-course.ts';
import type { WorseSign } from '../../metrics/delivery/delivery-course.ts';
import { serviceFactsOf } from '../../metrics/delivery/service-facts.ts';
import { createFinding } from '../create-finding.ts';
import type { Finding } from '../finding.ts';
import type { Rule } from '../rule.ts';

/**
 * Changes take longer to reach the users, more deployments fail, or fewer are made than in the three months before, and
 * that is hardly an accident (metrics.md 5.2). One finding a service, about the surest sign; all of them are its reasons.
 */
export const findDeliveryDegraded: Rule = ({ view, thresholds }) =>
  serviceFactsOf(view).flatMap((facts) => {
    const worse = deliveryCourse(view, facts)?.worse ?? [];
    const sure = worse.filter(({ chance }) => chance >= thresholds.alerts.deliveryDegradedOn);
    return degradedDelivery(facts.delivery.service, sure) ?? [];
  });

/** What signs say of a service, the surest first; null without any. */
export function degradedDelivery(service: string, signs: readonly WorseSign[]): Finding | null {
  const [first] = signs;
  if (!first) return null;
  const { code: sign, now, before, chance, counts, evidence } = first;
  return createFinding({
    rule: 'DELIVERY_DEGRADED',
    severity: signs.some(({ code }) => code === 'FAILS_MORE') ? 'high' : 'medium',
    subject: service,
    facts: {
      service,
      sign,
      now,
      before,
      chance,
      ...(counts && {
        failed: counts.now.failed,
        deployments: counts.now.deployments,
        failedBefore: counts.before.failed,
        deploymentsBefore: counts.before.deployments,
      }),
    },
    reasons: signs.map(({ code }) => code),
    evidence,
  });
}
