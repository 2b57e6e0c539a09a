export interface CostInput {
  readonly bac: number;
  readonly ac: number;
  /** Spent in a usual week. */
  readonly burnPerWeek: number;
  /** Weeks to the end of the work, from a forecast; null where it gives none. */
  readonly weeks: { readonly p15: number | null; readonly p50: number | null; readonly p85: number | null };
}

export interface CostOutlook {
  /** Until the budget is spent, below 0 when it was overspent; null when nothing is being spent. */
  readonly runwayWeeks: number | null;
  readonly costAtCompletion: {
    readonly low: number | null;
    readonly centre: number | null;
    readonly high: number | null;
  };
}

/** How long the money lasts, and what the work costs in the end at this burn (metrics.md 6.3). In the unit of its input. */
export function costOutlook({ bac, ac, burnPerWeek, weeks }: CostInput): CostOutlook {
  const costAfter = (left: number | null) => (left === null ? null : ac + burnPerWeek * left);
  return {
    runwayWeeks: burnPerWeek === 0 ? null : (bac - ac) / burnPerWeek,
    costAtCompletion: { low: costAfter(weeks.p15), centre: costAfter(weeks.p50), high: costAfter(weeks.p85) },
  };
}

/** Money may run ahead of the work by this part of the whole before anybody has to ask (metrics.md 6.3). */
const aheadShare = 0.1;

/** Spending against progress (metrics.md 6.3). */
export interface SpendAhead {
  /** Part of the budget that is spent minus the part of the work that is earned; null without a budget. */
  readonly ahead: number | null;
  /** `SPEND_AHEAD`: by more than a tenth of the whole. */
  readonly isAhead: boolean;
}

/** `ev` in the unit of `bac`. A difference of exactly a tenth is none, whatever the last digits of the division. */
export function spendAhead({ bac, ac, ev }: { bac: number; ac: number; ev: number }): SpendAhead {
  if (!(bac > 0)) return { ahead: null, isAhead: false };
  const ahead = (ac - ev) / bac;
  return { ahead, isAhead: ahead > aheadShare + 1e-12 };
}

/**
 * Chance, 0 to 1, that the work costs no more than its budget at this burn (metrics.md 6.3, P(cost <= BAC) with cost =
 * AC + burn * T): that it is done before the money ends. `chanceWithin` is the chance that the work is done within so many
 * weeks. Overspent it is 0; with nothing being spent any more, what is spent decides.
 */
export function chanceWithinBudget(
  { bac, ac, burnPerWeek }: Pick<CostInput, 'bac' | 'ac' | 'burnPerWeek'>,
  chanceWithin: (weeks: number) => number,
): number {
  if (ac > bac) return 0;
  return burnPerWeek === 0 ? 1 : chanceWithin((bac - ac) / burnPerWeek);
}
