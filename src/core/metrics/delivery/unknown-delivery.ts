import type { Figure } from '../figure.ts';
import type { DeliveryFigures } from '../figures.ts';

/** The delivery figures of a project of which no source tells, or not yet: unknown, with the reason as a flag. */
export function unknownDelivery(flag: string): DeliveryFigures {
  const unknown = (unit: string): Figure => ({
    value: null,
    unit,
    n: 0,
    window: null,
    grade: 'D',
    flags: [flag],
    evidence: [],
  });
  return {
    deploymentsPerWeek: unknown('deployment/week'),
    deploymentDaysPerWeek: unknown('day/week'),
    failedAttempts: unknown('attempt'),
    changeLeadTimeHours: unknown('hour'),
    changeLeadTimeP85Hours: unknown('hour'),
    mergeToDeployHours: unknown('hour'),
    changeFailRate: unknown('ratio'),
    recoveryHours: unknown('hour'),
    timeToRestoreHours: unknown('hour'),
    reworkRate: unknown('ratio'),
    changesWithoutItem: unknown('change'),
    changesWithoutReview: unknown('change'),
    changesNotReleased: unknown('change'),
    itemsWithoutChange: unknown('item'),
    itemsNotReleased: unknown('item'),
    commitmentToUsersDays: unknown('day'),
  };
}
