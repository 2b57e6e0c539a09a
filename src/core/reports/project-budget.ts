import { actualCostOf, costsByMonth } from '../metrics/value/actual-cost.ts';
import type { ProjectView } from '../view/view.ts';
import type { AnswerInput } from './answer-input.ts';
import { aboutProject } from './answer-input.ts';
import { budgetLine } from './budget-line.ts';
import type { MonthCost, ProjectBudget } from './project-answers.ts';

const monthsTold = 6;

/** What was approved, spent and earned, what it comes to, and when the money ends (metrics.md 6.3). */
export function buildProjectBudget(input: AnswerInput): ProjectBudget {
  const { view } = input;
  return {
    kind: 'project-budget',
    ...aboutProject(input),
    budget: budgetLine(input),
    months: monthsOf(view),
    drift: actualCostOf(view)?.drift ?? 0,
  };
}

function monthsOf(view: ProjectView): readonly MonthCost[] {
  const spent = actualCostOf(view);
  if (spent === null || spent.total === null) return [];
  const months = Map.groupBy(costsByMonth(spent), ({ month }) => month);
  return [...months.entries()]
    .map(([month, rows]) => ({
      month,
      hours: rows.reduce((sum, { hours }) => sum + hours, 0),
      cost: rows.reduce((sum, { cost }) => sum + cost, 0),
    }))
    .slice(-monthsTold);
}
