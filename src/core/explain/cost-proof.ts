import { costFigures } from '../metrics/cost-figures.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { actualCostOf, costsByMonth } from '../metrics/value/actual-cost.ts';
import type { ActualCost, RoleMonth } from '../metrics/value/actual-cost.ts';
import { paidWeeksOf } from '../metrics/value/cost-basis.ts';
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
  | { readonly code: 'costRange'; readonly low: number; readonly high: number; readonly isAtBurn: boolean }
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

/** In order; none for a value that is unknown. */
export function costStepsOf(
  name: string,
  view: ProjectView,
  { metrics, proof }: { readonly metrics: Metrics; readonly proof: CostProof | null },
): readonly CostStep[] {
  const { figures } = metrics;
  const valueOf = (of: keyof typeof figures) => figures[of].value;
  const { budget } = view.settings;
  if (proof === null || !budget || valueOf(name as keyof typeof figures) === null) return [];
  const cost = proof.total;
  const part = figures.paidWorkDone.value;
  const index = figures.cpi.value;
  const earned =
    part === null ? [] : [{ code: 'costEarned', part, budget: budget.amount, value: part * budget.amount } as const];
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
    ...(centre === null || isAtBurn || index === null
      ? []
      : [{ code: 'costAtIndex', budget: budget.amount, index, value: centre } as const]),
    ...(low === null || high === null ? [] : [{ code: 'costRange', low, high, isAtBurn } as const]),
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
      return [{ code: 'costShares', spent: cost / budget.amount, done: part!, value: figures.spendAhead.value! }];
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
