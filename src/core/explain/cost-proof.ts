import { costFigures } from '../metrics/cost-figures.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { actualCostOf, costsByMonth } from '../metrics/value/actual-cost.ts';
import type { ActualCost, RoleMonth } from '../metrics/value/actual-cost.ts';
import { costBasisOf, paidWeeksOf } from '../metrics/value/cost-basis.ts';
import { weeksToEnd } from '../metrics/value/cost-at-end.ts';
import { evaluationAt } from '../metrics/milestones/health.ts';
import { promisesOf } from '../metrics/milestones/promised.ts';
import { milestonesOf } from '../metrics/milestones/milestones.ts';
import type { BudgetSettings } from '../model/budget.ts';
import type { Day } from '../time/day.ts';
import { provePaidPlan } from './plan-proof.ts';
import type { ProvenPlan } from './plan-proof.ts';
import type { PlanStep } from './plan-step.ts';
import { planStepsOf } from './plan-steps.ts';
import { costBy } from '../metrics/value/agile-cost.ts';
import type { Figures } from '../metrics/figures.ts';
import type { ProjectView } from '../view/view.ts';

/** What a project has cost, by month and role, so that it can be added up again; money in whole minor units. */
export interface CostProof extends Omit<ActualCost, 'entries' | 'total'> {
  readonly currency: string;
  /** The rows sum to the total. Roles, never persons. */
  readonly rows: readonly RoleMonth[];
  readonly total: number;
  /** Some row is of a role. */
  readonly hasRoles: boolean;
}

/** The arithmetic of a figure of cost; words are `partials/steps/<code>`. */
export type CostStep =
  | { readonly code: 'costEarned'; readonly part: number; readonly budget: number; readonly value: number }
  | { readonly code: 'costIndex'; readonly earned: number; readonly cost: number; readonly value: number }
  | { readonly code: 'costAtIndex'; readonly budget: number; readonly index: number; readonly value: number }
  | { readonly code: 'paidPlan'; readonly items: number; readonly from: Day }
  | { readonly code: 'costAtPlan'; readonly cost: number; readonly left: number; readonly value: number }
  | {
      readonly code: 'costAtBoth';
      readonly cost: number;
      readonly left: number;
      readonly index: number;
      readonly spiT: number;
      readonly value: number;
    }
  | {
      readonly code: 'costAtBurn';
      readonly cost: number;
      readonly burn: number;
      /** With a chance of 15, 50 and 85 %. */
      readonly weeks: readonly (number | null)[];
    }
  | { readonly code: 'costRange'; readonly low: number; readonly high: number }
  | { readonly code: 'costBurn'; readonly weeks: readonly number[]; readonly usual: number; readonly mean: number }
  | {
      readonly code: 'costRunway';
      readonly budget: number;
      readonly cost: number;
      readonly burn: number;
      readonly value: number;
    }
  | { readonly code: 'costLess'; readonly one: number; readonly other: number; readonly value: number }
  | { readonly code: 'costShares'; readonly spent: number; readonly done: number; readonly value: number }
  | { readonly code: 'costHours'; readonly part: number; readonly whole: number; readonly value: number }
  | { readonly code: 'costChance'; readonly weeks: number; readonly milestone: string | null; readonly value: number };

/** Null without a cost. */
export function proveCost(view: ProjectView, name: string): CostProof | null {
  const { budget } = view.settings;
  if (!costFigures.has(name) || !budget) return null;
  const spent = actualCostOf(view);
  if (spent === null || spent.total === null) return null;
  const { entries: _, total, ...rest } = spent;
  const rows = costsByMonth(spent);
  return { ...rest, currency: budget.currency, rows, total, hasRoles: rows.some(({ role }) => role !== null) };
}

/** Figures that rest on the part of the plan that the budget pays. */
const earnedFigures: ReadonlySet<string> = new Set([
  'cpi',
  'paidWorkDone',
  'spendAhead',
  'costAtCompletion',
  'costAtCompletionLow',
  'costAtCompletionHigh',
  'costToComplete',
  'varianceAtCompletion',
]);

/** That part, for a figure that rests on it; null for others, and where nothing of it is known. */
export function paidPlanFor(name: string, view: ProjectView, { figures }: Metrics): ProvenPlan | null {
  return earnedFigures.has(name) && figures.paidWorkDone.value !== null ? provePaidPlan(view) : null;
}

export interface CostParts {
  readonly metrics: Metrics;
  readonly proof: CostProof | null;
  readonly paid: ProvenPlan | null;
}

/** In order; none for a value that is unknown. */
export function costStepsOf(
  name: string,
  view: ProjectView,
  { metrics, proof, paid }: CostParts,
): readonly (CostStep | PlanStep)[] {
  const { figures } = metrics;
  const valueOf = (of: keyof typeof figures) => figures[of].value;
  const { budget } = view.settings;
  if (proof === null || !budget || valueOf(name as keyof typeof figures) === null) return [];
  const cost = proof.total;
  const part = figures.paidWorkDone.value;
  const index = figures.cpi.value;
  const earned =
    part === null
      ? []
      : [
          ...paidSteps(budget, paid),
          { code: 'costEarned', part, budget: budget.amount, value: part * budget.amount } as const,
        ];
  const atIndex =
    part === null || index === null
      ? []
      : [...earned, { code: 'costIndex', earned: part * budget.amount, cost, value: index } as const];
  const burn = figures.burnPerWeek.value;
  const burnStep =
    burn === null
      ? []
      : [
          {
            code: 'costBurn',
            weeks: paidWeeksOf(view, budget, actualCostOf(view)),
            usual: burn,
            mean: figures.burnMeanPerWeek.value!,
          } as const,
        ];
  const runway = figures.runwayWeeks.value;
  const runwaySteps =
    runway === null || burn === null
      ? burnStep
      : [...burnStep, { code: 'costRunway', budget: budget.amount, cost, burn, value: runway } as const];
  const low = figures.costAtCompletionLow.value;
  const high = figures.costAtCompletionHigh.value;
  const centre = figures.costAtCompletion.value;
  const isAtBurn = figures.costAtCompletion.flags.includes('atBurn');
  const atEnd = [
    ...(isAtBurn ? burnStep : atIndex),
    ...(isAtBurn
      ? stepsAtBurn(view, { cost, burn })
      : stepsAtIndex(paid, { budget: budget.amount, cost, part, index })),
    ...(low === null || high === null ? [] : [{ code: 'costRange', low, high } as const]),
  ];
  switch (name) {
    case 'cpi':
      return atIndex;
    case 'paidWorkDone':
      return earned;
    case 'burnPerWeek':
    case 'burnMeanPerWeek':
      return burnStep;
    case 'runwayWeeks':
    case 'budgetEndsOn':
      return runwaySteps;
    case 'costAtCompletion':
    case 'costAtCompletionLow':
    case 'costAtCompletionHigh':
      return atEnd;
    case 'costToComplete':
      return [...atEnd, { code: 'costLess', one: centre!, other: cost, value: centre! - cost }];
    case 'varianceAtCompletion':
      return [...atEnd, { code: 'costLess', one: budget.amount, other: centre!, value: budget.amount - centre! }];
    case 'spendAhead':
      return [
        ...earned,
        { code: 'costShares', spent: cost / budget.amount, done: part!, value: figures.spendAhead.value! },
      ];
    case 'worklogCompleteness':
      return [
        {
          code: 'costHours',
          part: proof.hours,
          whole: proof.capacityHours!,
          value: figures.worklogCompleteness.value!,
        },
      ];
    case 'lateBooked':
      return [{ code: 'costHours', part: proof.lateHours, whole: proof.hours, value: figures.lateBooked.value! }];
    case 'budgetChance': {
      const [id] = figures.budgetChance.evidence;
      const milestone = metrics.milestones.find((one) => one.id === id)?.name ?? null;
      if (runway === null) return runwaySteps;
      return [...runwaySteps, { code: 'costChance', weeks: runway, milestone, value: figures.budgetChance.value! }];
    }
    case 'agileCpi':
    case 'agileCostAtCompletion':
      return agileCostSteps(name, view, figures);
    default:
      return [];
  }
}

/** How much of the plan is paid, and how much of that is done. */
function paidSteps({ from }: BudgetSettings, paid: ProvenPlan | null): readonly (CostStep | PlanStep)[] {
  if (paid === null || paid.proof === null) return [];
  return [
    { code: 'paidPlan', items: paid.plan.planned.length, from },
    ...planStepsOf('percentComplete', paid.proof.delivered / paid.proof.planned, paid),
  ];
}

interface Earned {
  readonly budget: number;
  readonly cost: number;
  readonly part: number | null;
  readonly index: number | null;
}

/** The rest at the cost index, at plan rate, and at the cost index times SPI(t), with where that comes from. */
function stepsAtIndex(paid: ProvenPlan | null, { budget, cost, part, index }: Earned) {
  if (part === null || index === null || index === 0) return [];
  const left = budget - part * budget;
  const spiT = paid?.proof?.schedule.spiT ?? null;
  return [
    { code: 'costAtIndex', budget, index, value: budget / index } as const,
    { code: 'costAtPlan', cost, left, value: cost + left } as const,
    ...(paid === null || spiT === null || spiT === 0
      ? []
      : [
          ...planStepsOf('spiT', spiT, paid).filter(({ code }) => code !== 'delivered'),
          { code: 'costAtBoth', cost, left, index, spiT, value: cost + left / (index * spiT) } as const,
        ]),
  ];
}

/** By the milestone that takes the most work. */
function stepsAtBurn(view: ProjectView, { cost, burn }: { readonly cost: number; readonly burn: number | null }) {
  const milestones = milestonesOf(view);
  const basis = costBasisOf(view, promisesOf(view, milestones), evaluationAt(view, milestones, view.asOf));
  if (burn === null || !basis?.prospect) return [];
  return [{ code: 'costAtBurn', cost, burn, weeks: weeksToEnd(view.today, basis.prospect) } as const];
}

/** As of the end of the last sprint of the summary. */
function agileCostSteps(name: string, view: ProjectView, figures: Figures): readonly CostStep[] {
  const { budget } = view.settings;
  const spent = actualCostOf(view);
  const { value, window } = figures.agileEvm;
  const index = figures.agileCpi.value;
  if (!budget || spent === null || value === null || window === null || index === null) return [];
  const part = value.actualComplete;
  const earned = part * budget.amount;
  const atEnd = figures.agileCostAtCompletion.value;
  return [
    { code: 'costEarned', part, budget: budget.amount, value: earned },
    { code: 'costIndex', earned, cost: costBy(view, spent, window.to), value: index },
    ...(name === 'agileCpi' || atEnd === null
      ? []
      : [{ code: 'costAtIndex', budget: budget.amount, index, value: atEnd } as const]),
  ];
}
