import type { Grade } from '../figure.ts';
import { gradeOfGaps, share, worse } from '../grade.ts';
import type { ActualCost } from './actual-cost.ts';

/** Less of the hours of the team than this is logged: too little to call it the cost. */
const leastLogged = 0.7;

/** Logged hours over those of the team; null where nobody says who the team is. Days of a team are complete by themselves. */
export function completenessOf({ basis, hours, capacityHours }: ActualCost): number | null {
  if (basis === 'capacity' || capacityHours === null || capacityHours === 0) return null;
  return hours / capacityHours;
}

/** What a figure made from this cost is worth at most, and why (metrics.md 6.3); grade D where no source is read. */
export function sourceQuality(spent: ActualCost | null): { readonly grade: Grade; readonly flags: readonly string[] } {
  if (spent === null) return { grade: 'D', flags: [] };
  if (spent.basis === 'capacity') return { grade: 'B', flags: ['capacityCost'] };
  const completeness = completenessOf(spent);
  const isLow = completeness !== null && completeness < leastLogged;
  return {
    grade: worse(gradeOfGaps(share(spent.unratedHours, spent.hours)), isLow ? 'C' : completeness === null ? 'B' : 'A'),
    flags: [
      ...(isLow ? ['lowCompleteness'] : []),
      ...(spent.unratedHours > 0 ? ['missingRates'] : []),
      ...(spent.defaultHours > 0 ? ['defaultRates'] : []),
    ],
  };
}
