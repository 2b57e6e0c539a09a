/** How late, in classes of past delays, and what each costs. */
export interface DelayClass {
  readonly probability: number;
  readonly cost: number;
}

/** Expected loss (metrics.md 4.3, vector T18): each class's chance times its cost, in the unit of the cost. */
export function riskExposure(classes: readonly DelayClass[]): number {
  return classes.reduce((sum, { probability, cost }) => sum + probability * cost, 0);
}
