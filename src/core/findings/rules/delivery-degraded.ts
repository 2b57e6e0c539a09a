import { deliveryCourse } from '../../metrics/delivery/delivery-course.ts';
import type { DeliveryCourse } from '../../metrics/delivery/delivery-course.ts';
import { serviceFactsOf } from '../../metrics/delivery/service-facts.ts';
import type { ProjectView } from '../../view/view.ts';
import { createFinding } from '../create-finding.ts';
import type { Finding } from '../finding.ts';
import type { Rule } from '../rule.ts';

/** The delivery of the service is worse than its own last months, and that is hardly an accident (metrics.md 5.2). */
export const findDeliveryDegraded: Rule = ({ view, thresholds }) =>
  degradedDelivery(view, thresholds.alerts.deliveryDegradedOn);

/**
 * Changes take longer to reach the users, more deployments fail, or fewer are made than in the three months before, with
 * at least this chance. One finding a service, about the surest sign; all of them
 * are its reasons.
 */
export function degradedDelivery(view: ProjectView, leastChance: number): readonly Finding[] {
  return serviceFactsOf(view).flatMap((facts) => degradedService(deliveryCourse(view, facts), leastChance));
}

function degradedService(course: DeliveryCourse | null, leastChance: number): readonly Finding[] {
  const signs = course?.worse.filter(({ chance }) => chance >= leastChance) ?? [];
  const [first] = signs;
  if (!course || !first) return [];
  const { code: sign, now, before, chance, counts, evidence } = first;
  return [
    createFinding({
      rule: 'DELIVERY_DEGRADED',
      severity: signs.some(({ code }) => code === 'FAILS_MORE') ? 'high' : 'medium',
      subject: course.service,
      facts: {
        service: course.service,
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
    }),
  ];
}
