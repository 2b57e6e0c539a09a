import { costFigures } from '../metrics/cost-figures.ts';
import { deliveryTimeParts, factsCalled, measureService } from '../metrics/delivery/delivery-figures.ts';
import { unknownDelivery } from '../metrics/delivery/unknown-delivery.ts';
import { flowBaseOf } from '../metrics/flow/flow-base.ts';
import { proveFlow } from '../metrics/flow/flow.ts';
import { itemsByStage } from '../metrics/flow/cumulative-flow.ts';
import { weekIndexOf } from '../metrics/flow/throughput.ts';
import type { Weeks } from '../metrics/flow/throughput.ts';
import type { Figure, Part, Proof } from '../metrics/figure.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Figures } from '../metrics/figures.ts';
import type { ItemKey } from '../model/ids.ts';
import { addDays } from '../time/day.ts';
import { compareKeys, keysOf } from '../view/item-key.ts';
import type { ProjectView } from '../view/view.ts';
import type { ExplainedItem, FigureExplanation } from './figure-explanation.ts';
import { agileFigures, agileStepsOf } from './agile-steps.ts';
import { costStepsOf, paidPlanFor, proveCost } from './cost-proof.ts';
import { plannedParts, provePlan } from './plan-proof.ts';
import type { ProvenPlan } from './plan-proof.ts';
import { planFigures, planStepsOf } from './plan-steps.ts';
import { provePromises } from './promises-proof.ts';
import type { PromisesProof } from './promises-proof.ts';
import { stepsOf } from './steps.ts';
import type { StepParts } from './steps.ts';
import { headOf } from './explanation-head.ts';

/** Figures that are made from others, and from which. */
const composed: Readonly<Record<string, readonly (keyof Figures)[]>> = {
  netFlowPerWeek: ['arrivalsPerWeek', 'throughputPerWeek'],
  arrivalDepartureRatio: ['arrivalsPerWeek', 'throughputPerWeek'],
};

/**
 * Where a figure comes from: its arithmetic, the items that it was made from with what each brought, and what was left
 * out and why (metrics.md 0.2, 2.8). The proofs are those that the figure itself is taken from.
 */
export function explainFigure(
  view: ProjectView,
  measured: Metrics,
  { name, service }: { readonly name: keyof Figures; readonly service: string | null },
): FigureExplanation {
  const metrics = ofService(view, measured, service);
  const base = flowBaseOf(view);
  const proofs: Readonly<Record<string, Proof<unknown>>> = proveFlow(base);
  const { evidence, ...figure } = metrics.figures[name] as Figure<unknown>;
  const proof = proofs[name];
  const promises = provePromises(view, name);
  const plan = planFigures.has(name) ? provePlan(view) : null;
  const cost = proveCost(view, name);
  const paid = paidPlanFor(name, view, metrics);
  const parts =
    proof?.parts() ??
    (costFigures.has(name)
      ? loggedParts(name, evidence)
      : otherParts(view, { name, service, evidence, plan, promises }));
  const isMoney = figure.unit.startsWith('minor:');
  const shape = isMoney ? 'money' : shapeOf(figure.value);
  return {
    kind: 'figure-explanation',
    ...headOf(view, metrics),
    name,
    service: isOfDelivery(name) && view.services.length > 1 ? (service ?? view.services[0]!.service) : null,
    figure,
    interval: figure.interval ?? null,
    unitCode: isMoney ? moneyUnit(figure.unit) : figure.unit.replace(/[^a-z0-9]+/gi, '-'),
    currency: view.settings.budget?.currency ?? null,
    shape,
    latest: latestOf(metrics, name),
    steps: costFigures.has(name)
      ? costStepsOf(name, view, { metrics, proof: cost, paid })
      : stepsFor({
          name,
          figure,
          plan,
          promises,
          parts,
          figures: metrics.figures,
          view,
          metrics,
          stages: name === 'cumulativeFlow' ? itemsByStage(base) : [],
          finished:
            name === 'defectsPer100Done' ? base.delivered.filter(({ doneAt }) => doneAt! > figure.window!.from) : [],
        }),
    weeks: shape === 'weeks' && proof ? byWeek(view, base.weeks, parts) : [],
    items: inOrder(parts),
    hasValues: parts.some(({ value }) => value !== null),
    excluded: (proof?.excluded ?? [])
      .filter(({ items }) => items.length > 0)
      .map(({ reason, items }) => ({ reason, keys: keysOf(items) })),
    plan: (plan ?? paid)?.proof ?? null,
    promises,
    cost,
    madeFrom: composed[name] ?? [],
  };
}

const deliveryFigures: ReadonlySet<string> = new Set(Object.keys(unknownDelivery('')));

function isOfDelivery(name: keyof Figures): boolean {
  return deliveryFigures.has(name);
}

/** The figures with those of delivery taken from one service; as they are for the main one. */
function ofService(view: ProjectView, metrics: Metrics, service: string | null): Metrics {
  const facts = service === null ? undefined : factsCalled(view, service);
  if (!facts) return metrics;
  const isDeployed = facts.delivery.deployments.length > 0;
  const delivery = isDeployed ? measureService(view, facts) : unknownDelivery('noDeployments');
  return { ...metrics, figures: { ...metrics.figures, ...delivery } };
}

interface Question {
  readonly name: keyof Figures;
  readonly plan: ProvenPlan | null;
  readonly promises: PromisesProof | null;
}

function otherParts(
  view: ProjectView,
  question: Question & { readonly service: string | null; readonly evidence: readonly string[] },
): readonly Part[] {
  const { name, service, evidence, plan, promises } = question;
  const times = deliveryTimeParts(view, { name, service });
  if (times !== null) return times;
  if (promises !== null) return [];
  const isWholePlan = plan !== null && name !== 'unbaselinedScope' && name !== 'removedScope';
  return isWholePlan ? plannedParts(plan.plan) : evidence.map(justKey);
}

function stepsFor(
  question: Question &
    StepParts & {
      readonly figure: Omit<Figure<unknown>, 'evidence'>;
      readonly view: ProjectView;
      readonly metrics: Metrics;
    },
): FigureExplanation['steps'] {
  const { name, figure, plan, promises } = question;
  if (plan !== null) return planStepsOf(name, figure.value, plan);
  if (agileFigures.has(name)) return agileStepsOf(name, question.view, question.metrics);
  if (promises === null) return stepsOf(name, figure, question);
  if (typeof figure.value !== 'number') return [];
  const { kept, due, since } = promises;
  return [{ code: 'keptPromises', kept, due: due.length, value: figure.value, since }];
}

function justKey(key: ItemKey): Part {
  return { key, value: null, from: null, to: null };
}

/** The items that hours were logged on. */
function loggedParts(name: string, evidence: readonly string[]): readonly Part[] {
  return name === 'actualCost' ? evidence.map(justKey) : [];
}

/** The amount says its currency itself. */
function moneyUnit(unit: string): string {
  return unit.endsWith('/week') ? 'money-week' : 'money';
}

/** The last numbers of a series, by stage: a diagram has no single value. */
function latestOf({ figures }: Metrics, name: keyof Figures): FigureExplanation['latest'] {
  if (name !== 'cumulativeFlow' || figures.cumulativeFlow.value === null) return [];
  const { stages, counts } = figures.cumulativeFlow.value;
  return stages.map((stage, index) => ({ stage, count: counts[index]!.at(-1) ?? 0 }));
}

function shapeOf(value: unknown): FigureExplanation['shape'] {
  if (typeof value !== 'object' || value === null) return 'number';
  if ('p50' in value) return 'percentiles';
  return 'median' in value && 'weeks' in value ? 'weeks' : 'record';
}

function inOrder(parts: readonly Part[]): readonly ExplainedItem[] {
  return parts.toSorted((a, b) => (b.value ?? 0) - (a.value ?? 0) || compareKeys(a.key, b.key));
}

function byWeek(view: ProjectView, weeks: Weeks, parts: readonly Part[]): FigureExplanation['weeks'] {
  const found: Part[][] = Array.from({ length: weeks.count }, () => []);
  for (const part of parts) {
    const index = part.to === null ? null : weekIndexOf(part.to, weeks, view.calendar);
    if (index !== null) found[index]!.push(part);
  }
  return found.map((some, index) => ({ on: addDays(weeks.firstOn!, 7 * index), keys: keysOf(some) }));
}
