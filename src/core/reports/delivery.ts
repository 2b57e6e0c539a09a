import { attributeIncidents } from '../metrics/delivery/attribute-incidents.ts';
import { deliveryCourse } from '../metrics/delivery/delivery-course.ts';
import type { DeliveryCourse } from '../metrics/delivery/delivery-course.ts';
import { measureService } from '../metrics/delivery/delivery-figures.ts';
import { attributionHours, deliveryIn, windowDays, windowTo } from '../metrics/delivery/delivery-window.ts';
import type { DeliveryWindow } from '../metrics/delivery/delivery-window.ts';
import { scoreOf } from '../metrics/delivery/score-of.ts';
import { serviceFactsOf } from '../metrics/delivery/service-facts.ts';
import type { ServiceFacts } from '../metrics/delivery/service-facts.ts';
import type { DeliveryFigures } from '../metrics/figures.ts';
import { commitsOf } from '../metrics/delivery/trunk.ts';
import type { Deployment } from '../model/delivery.ts';
import { hourMs } from '../time/instant.ts';
import { aboutProject } from './answer-input.ts';
import type { AnswerInput } from './answer-input.ts';
import { countOf, createRefs, listingOf } from './item-ref.ts';
import type { DeploymentLine, DeliveryReport, ServiceReport, StretchLine, WorseLine } from './delivery-report.ts';
import { shippedMilestones } from './shipped-milestones.ts';

const mostDeployments = 5;
const mostItems = 5;

/** The five delivery metrics of each service with its own trend, its newest deployments and its work. */
export function buildDeliveryReport(input: AnswerInput): DeliveryReport {
  const about = { kind: 'delivery', ...aboutProject(input) } as const;
  const all = serviceFactsOf(input.view);
  const deployed = all.filter(({ delivery }) => delivery.deployments.length > 0);
  const nothing = all.length === 0 ? 'notCollected' : deployed.length === 0 ? 'noDeployments' : null;
  return { ...about, nothing, services: deployed.map((facts) => serviceReport(input, facts)) };
}

function serviceReport(input: AnswerInput, facts: ServiceFacts): ServiceReport {
  const { view } = input;
  const figures = measureService(view, facts);
  const measured = deliveryIn(facts, windowTo(view.today), view.calendar.zone);
  const { service } = measured;
  const course = deliveryCourse(view, facts)!;
  const { flags } = figures.deploymentsPerWeek;
  return {
    name: facts.delivery.service,
    days: windowDays,
    frequency: {
      perWeek: figures.deploymentsPerWeek.value,
      deployments: service.deployments,
      failedAttempts: service.failedAttempts,
      isYoung: flags.includes('youngService'),
      isFrozen: flags.includes('deployFreeze'),
    },
    leadTime: {
      medianHours: figures.changeLeadTimeHours.value,
      p85Hours: figures.changeLeadTimeP85Hours.value,
      mergeToDeployHours: figures.mergeToDeployHours.value,
      changes: measured.leadTimes.length,
      isByTime: facts.shipped.isByTime,
    },
    failures: facts.delivery.hasIncidents ? failuresOf(figures, measured) : null,
    stretches: stretchLines(course),
    worse: sureSigns(course, input.thresholds),
    score: scoreOf(figures),
    deployments: deploymentsOf(facts),
    work: workOf(input, figures, measured),
    milestones: shippedMilestones(input, facts),
  };
}

/** The trend from the first stretch in which anything was deployed: before it there is nothing to compare. */
export function stretchLines({ stretches }: DeliveryCourse): readonly StretchLine[] {
  const first = stretches.findIndex(({ deployments }) => deployments > 0);
  return stretches.slice(first === -1 ? -1 : first).map(({ from, to, deployments, failed, medianLeadTimeHours }) => ({
    from,
    to,
    deployments,
    failed,
    medianLeadTimeHours,
  }));
}

/** Where delivery is worse than before, and that is hardly an accident. */
export function sureSigns(
  { worse }: DeliveryCourse,
  { alerts }: Pick<AnswerInput['thresholds'], 'alerts'>,
): readonly WorseLine[] {
  return worse
    .filter(({ chance }) => chance >= alerts.deliveryDegradedOn)
    .map(({ code, chance, now, before }) => ({ code, chance, now, before }));
}

function failuresOf(figures: DeliveryFigures, { service }: DeliveryWindow): ServiceReport['failures'] {
  const interval = service.changeFailRateInterval;
  return {
    failed: service.failed.length,
    rate: service.changeFailRate,
    interval: interval && { low: interval[0], high: interval[1] },
    recoveryHours: figures.recoveryHours.value,
    restored: service.recoveryMinutes.length,
    open: service.openFailures,
    rework: service.reworkRate,
    unattributed: service.unattributed.length,
  };
}

function deploymentsOf({ delivery, shipped }: ServiceFacts): ServiceReport['deployments'] {
  const { failuresOf: blamed } = attributeIncidents(delivery.deployments, delivery.incidents, {
    service: delivery.service,
    withinMs: attributionHours * hourMs,
  });
  const changes = new Map<string, number>();
  for (const { deployment } of shipped.changes) changes.set(deployment.id, (changes.get(deployment.id) ?? 0) + 1);
  const shas = new Set(commitsOf(delivery).map(({ sha }) => sha));
  const isKnown = ({ sha }: Deployment) => (shipped.isByTime ? !shipped.areCommits : sha !== null && shas.has(sha));
  const newest = delivery.deployments.toSorted((a, b) => b.finishedAt - a.finishedAt || (a.id < b.id ? 1 : -1));
  const { items, more } = listingOf(newest, mostDeployments);
  return {
    more,
    items: items.map((one): DeploymentLine => {
      const incidents = (blamed.get(one.id) ?? []).map(({ id }) => id);
      return {
        id: one.id,
        version: one.version,
        at: one.finishedAt,
        outcome: !one.isSuccessful ? 'attempt' : incidents.length > 0 ? 'failed' : 'fine',
        isPlanned: one.isPlanned,
        remediates: one.remediates,
        incidents,
        changes: isKnown(one) ? (changes.get(one.id) ?? 0) : null,
      };
    }),
  };
}

function workOf(
  { view, urlOf }: AnswerInput,
  figures: DeliveryFigures,
  { shipped }: DeliveryWindow,
): ServiceReport['work'] {
  const refOf = createRefs(view, urlOf);
  return {
    changes: shipped.length,
    withoutItem: figures.changesWithoutItem.value ?? 0,
    withoutReview: figures.changesWithoutReview.value,
    waiting: figures.changesNotReleased.value ?? 0,
    itemsWaiting: countOf(figures.itemsNotReleased.evidence, refOf, mostItems),
    itemsWithoutChange: countOf(figures.itemsWithoutChange.evidence, refOf, mostItems),
    delivered: figures.itemsWithoutChange.n,
    commitmentToUsersDays: figures.commitmentToUsersDays.value,
  };
}
