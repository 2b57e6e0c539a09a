import { deliveryCourse } from '../../metrics/delivery/delivery-course.ts';
import { serviceFactsOf } from '../../metrics/delivery/service-facts.ts';
import { sureSigns, stretchLines } from '../delivery.ts';
import type { DeliveryTrendChart } from './chart.ts';
import { aboutChart } from './chart-input.ts';
import type { ChartInput } from './chart-input.ts';

/** The trend of the main service (metrics.md 5.2). Null where nothing was deployed in it. */
export function buildDeliveryTrend(input: ChartInput): DeliveryTrendChart | null {
  const { view, metrics, thresholds } = input;
  const [facts] = serviceFactsOf(view);
  const course = facts ? deliveryCourse(view, facts) : null;
  if (!course || course.stretches.every(({ deployments }) => deployments === 0)) return null;
  return {
    kind: 'chart-delivery-trend',
    ...aboutChart(input),
    service: course.service,
    stretches: stretchLines(course),
    worst: sureSigns(course, thresholds)[0] ?? null,
    perWeek: metrics.figures.deploymentsPerWeek.value,
    medianLeadTimeHours: metrics.figures.changeLeadTimeHours.value,
  };
}
