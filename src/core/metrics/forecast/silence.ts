import type { DeliveredWeeks } from '../flow/deliveries.ts';

/** Fewer whole weeks than this are no history (metrics.md 3.3). */
export const leastWeeks = 4;
/** When nothing was finished in so many weeks, the pace of before says nothing about the weeks to come. */
const silentWeeks = 12;

/** Why past weeks say nothing about those to come: `tooLittleHistory`, `nothingFinished`; null when they do. */
export function silenceOf({ weeks, weekly }: Pick<DeliveredWeeks, 'weeks' | 'weekly'>): string | null {
  if (weeks.count < leastWeeks) return 'tooLittleHistory';
  return weekly.slice(-silentWeeks).every((count) => count === 0) ? 'nothingFinished' : null;
}
