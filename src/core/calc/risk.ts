import { itemRisk } from '../risk/item-risk.ts';
import type { Reasons } from '../risk/item-risk.ts';

export interface RiskQuestion {
  /** Chance of being late that time alone gives. */
  readonly timeProbability: number;
  readonly reasons: Reasons;
}

/** `calc risk`: the additive score of an item, and what each reason adds (metrics.md 4.3). */
export function calcRisk({ timeProbability, reasons }: RiskQuestion) {
  return itemRisk(timeProbability, reasons);
}
