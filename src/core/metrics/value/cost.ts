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
