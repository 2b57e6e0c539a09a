import { earnedValue } from './earned-value.ts';
import type { EarnedValue } from './earned-value.ts';

/** A release that is planned in points and sprints. */
export interface AgilePlan {
  /** Points planned at the start: frozen. */
  readonly plannedPoints: number;
  readonly addedPoints: number;
  readonly donePoints: number;
  readonly plannedSprints: number;
  readonly doneSprints: number;
  /** Budget and cost so far; 1 and null where there is no money. */
  readonly bac: number;
  readonly ac: number | null;
}

export interface AgileEvm {
  /** Expected and actual part that is complete, 0 to 1; null without planned sprints or points. */
  readonly expectedComplete: number | null;
  readonly actualComplete: number | null;
  readonly value: EarnedValue | null;
  /** Sprints that the release takes at the rate so far; null while nothing is done. */
  readonly sprintsNeeded: number | null;
}

/**
 * AgileEVM after Sulaiman, Barton and Blackburn (metrics.md 1.5, vector T5): a familiar summary of a release. It is a
 * point without uncertainty: dates come from the forecast.
 */
export function agileEvm(plan: AgilePlan): AgileEvm {
  const { plannedPoints, addedPoints, donePoints, plannedSprints, doneSprints, bac, ac } = plan;
  const scope = plannedPoints + addedPoints;
  const expectedComplete = plannedSprints > 0 ? doneSprints / plannedSprints : null;
  const actualComplete = scope > 0 ? donePoints / scope : null;
  if (expectedComplete === null || actualComplete === null)
    return { expectedComplete, actualComplete, value: null, sprintsNeeded: null };
  const value = earnedValue({ bac, pv: expectedComplete * bac, ev: actualComplete * bac, ac });
  const sprintsNeeded = value.spi === null || value.spi === 0 ? null : plannedSprints / value.spi;
  return { expectedComplete, actualComplete, value, sprintsNeeded };
}
