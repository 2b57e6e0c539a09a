import type { Day } from '../time/day.ts';

/** What came of an alert. Words stand in `partials/outcomes`. */
export type OutcomeCode =
  | 'FINISHED_LATE'
  | 'FINISHED_IN_TIME'
  | 'RE_DATED'
  | 'MOVED_OUT'
  | 'STILL_OPEN'
  | 'NOT_MOVED'
  | 'STILL_BLOCKED'
  | 'MOVED_ON'
  | 'LITTLE_DONE'
  | 'ENOUGH_DONE'
  | 'STAYED_WORSE'
  | 'GOT_BETTER'
  | 'NOT_YET'
  | 'NOT_KNOWN';

export interface AlertOutcome {
  /** Null: not yet known, or not to be known; it counts in no share. */
  readonly isRight: boolean | null;
  readonly code: OutcomeCode;
  /** The day that settled it. */
  readonly on: Day | null;
}

export const right = (code: OutcomeCode, on: Day | null): AlertOutcome => ({ isRight: true, code, on });
export const wrong = (code: OutcomeCode, on: Day | null): AlertOutcome => ({ isRight: false, code, on });
export const notYet: AlertOutcome = { isRight: null, code: 'NOT_YET', on: null };
export const notKnown: AlertOutcome = { isRight: null, code: 'NOT_KNOWN', on: null };
