import type { Figure, Part } from '../metrics/figure.ts';
import type { Counted, Step } from './figure-explanation.ts';

/** What a share or a count of delivery is counted out of. */
const outOf: Readonly<Record<string, Counted>> = {
  changeFailRate: 'deployments',
  reworkRate: 'deployments',
  failedAttempts: 'runs',
  changesWithoutItem: 'changes',
  changesWithoutReview: 'changes',
  changesNotReleased: 'changes',
  itemsWithoutChange: 'items',
  itemsNotReleased: 'items',
};

/** The arithmetic of a figure of delivery (metrics.md 5.2); null for one that is not of it. */
export function deliveryStepsOf(
  name: string,
  { value, n, unit }: Omit<Figure, 'evidence' | 'value'> & { readonly value: number },
  parts: readonly Part[],
): readonly Step[] | null {
  const of = outOf[name];
  if (of !== undefined)
    return [{ code: 'outOf', of, part: parts.length, whole: n, value: unit === 'ratio' ? value : null }];
  switch (name) {
    case 'deploymentsPerWeek':
      // Deployments of the week that runs are listed, and no part of it.
      return [{ code: 'perWeek', total: Math.round(value * n), weeks: n, value }];
    case 'changeLeadTimeP85Hours':
      return [{ code: 'quantile', level: 0.85, n, value }];
    case 'changeLeadTimeHours':
    case 'mergeToDeployHours':
    case 'deploymentDaysPerWeek':
    case 'recoveryHours':
    case 'timeToRestoreHours':
    case 'commitmentToUsersDays':
      return [{ code: 'median', n, value }];
    default:
      return null;
  }
}
