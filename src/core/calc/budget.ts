import { costOutlook } from '../metrics/value/cost.ts';
import type { CostInput } from '../metrics/value/cost.ts';

/** `calc budget`: how long the money lasts, and what the work costs in the end (metrics.md 6.3). */
export function calcBudget(question: CostInput) {
  return costOutlook(question);
}
