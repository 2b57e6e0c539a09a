import { deliveryCourse } from '../../metrics/delivery/delivery-course.ts';
import { factsCalled, measureService } from '../../metrics/delivery/delivery-figures.ts';
import { serviceFactsOf } from '../../metrics/delivery/service-facts.ts';
import type { ServiceFacts } from '../../metrics/delivery/service-facts.ts';
import { sureSigns, stretchLines } from '../delivery.ts';
import type { DeliveryTrendChart } from './chart.ts';
import { aboutChart } from './chart-input.ts';
import type { ChartInput } from './chart-input.ts';

/** The trend of one service, or of the main one (metrics.md 5.2). Null where nothing was deployed in it. */
export function buildDeliveryTrend(input: ChartInput, service: string | null = null): DeliveryTrendChart | null {
  const facts = factsCalled(input.view, service);
  return facts ? trendOf(input, facts) : null;
}

/** The trend of each service in which anything was deployed, the main one first. */
export function buildDeliveryTrends(input: ChartInput): readonly DeliveryTrendChart[] {
  return serviceFactsOf(input.view).flatMap((facts) => trendOf(input, facts) ?? []);
}

function trendOf(input: ChartInput, facts: ServiceFacts): DeliveryTrendChart | null {
  const { view, thresholds } = input;
  const course = deliveryCourse(view, facts);
  if (!course || course.stretches.every(({ deployments }) => deployments === 0)) return null;
  const { deploymentsPerWeek, changeLeadTimeHours } = measureService(view, facts);
  return {
    kind: 'chart-delivery-trend',
    ...aboutChart(input),
    service: course.service,
    stretches: stretchLines(course),
    worst: sureSigns(course, thresholds)[0] ?? null,
    perWeek: deploymentsPerWeek.value,
    medianLeadTimeHours: changeLeadTimeHours.value,
  };
}
