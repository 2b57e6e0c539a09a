import type { AgileCostFigures, CostFigures } from './figures.ts';

const all: Readonly<Record<keyof (CostFigures & AgileCostFigures), true>> = {
  budget: true,
  actualCost: true,
  worklogCompleteness: true,
  lateBooked: true,
  burnPerWeek: true,
  burnMeanPerWeek: true,
  runwayWeeks: true,
  budgetEndsOn: true,
  cpi: true,
  costAtCompletion: true,
  costAtCompletionLow: true,
  costAtCompletionHigh: true,
  costToComplete: true,
  varianceAtCompletion: true,
  paidWorkDone: true,
  spendAhead: true,
  budgetChance: true,
  agileCpi: true,
  agileCostAtCompletion: true,
};

/** Figures that tell of money: not every audience may see them. A figure that is made from cost belongs here, too. */
export const costFigures: ReadonlySet<string> = new Set(Object.keys(all));
