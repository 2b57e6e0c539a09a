import { chanceOfItems } from '../metrics/forecast/forecast.ts';
import { fitPace } from '../metrics/forecast/pace.ts';
import { evaluateRag } from '../metrics/milestones/rag.ts';
import { chanceWithinBudget, costOutlook, spendAhead } from '../metrics/value/cost.ts';
import type { CostInput } from '../metrics/value/cost.ts';
import { defaultThresholds } from '../model/thresholds.ts';

export interface BudgetQuestion extends CostInput {
  /** Earned value, in the unit of the budget; null where nobody asks about progress. */
  readonly ev: number | null;
  /** The work that is left and the past weeks of who does it; null where nobody asks for odds. */
  readonly forecast: {
    readonly weekly: readonly number[];
    /** Capacity of each week as a part of a normal one; null = all 1. */
    readonly exposure: readonly number[] | null;
    readonly priorPace: number;
    readonly items: number;
  } | null;
}

/**
 * `calc budget`: how long the money lasts, and what the work costs in the end (metrics.md 6.3). With `ev` also whether it
 * is spent ahead of the work; with `forecast` the chance of staying within the budget, and its colour (4.6).
 */
export function calcBudget({ ev, forecast, ...cost }: BudgetQuestion) {
  return {
    ...costOutlook(cost),
    ...(ev === null ? {} : { spendAhead: spendAhead({ ...cost, ev }) }),
    ...(forecast === null ? {} : oddsOf(cost, forecast)),
  };
}

function oddsOf(
  cost: CostInput,
  { weekly, exposure, priorPace, items }: NonNullable<BudgetQuestion['forecast']>,
): { readonly probability: number; readonly colour: string } {
  const pace = fitPace({ weekly, priorPace, ...(exposure === null ? {} : { exposure }) });
  const probability = chanceWithinBudget(cost, (weeks) => chanceOfItems(pace, items, { weeks, exposure: weeks }));
  const { colour } = evaluateRag(null, { probability, isOverdue: false }, defaultThresholds.health);
  return { probability, colour };
}
