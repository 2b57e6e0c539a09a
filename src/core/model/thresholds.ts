/** Every number that a PMO may argue about. `config/thresholds.yaml` holds the same values with the reasons; a test compares the two. */
export interface Thresholds {
  /** Colours of a clock (metrics.md 4.6): chances from 0 to 1. */
  readonly health: {
    readonly green: number;
    readonly red: number;
    readonly hysteresis: number;
    /** Evaluations in a row that have to agree before a colour changes. */
    readonly confirm: number;
  };
  readonly items: {
    /** Finished items that P85 of the cycle times needs before an age is compared with it. */
    readonly agedSample: number;
    /** From this multiple of P85 on, an age is a high finding instead of a medium one. */
    readonly agedHighFactor: number;
    readonly staleWorkingDays: number;
    readonly unassignedGraceWorkingDays: number;
    /** A block shorter than this is not worth a line. */
    readonly blockedWorkingDays: number;
    readonly blockedHighWorkingDays: number;
    readonly serialSprints: number;
    /** An open item of a milestone this close to its date, and that nobody owns, is asked about. */
    readonly unownedWorkingDays: number;
  };
  readonly milestones: {
    /** A move this close to the old date is "last-minute" (metrics.md 1.1). */
    readonly lastMinuteWorkingDays: number;
    /** Share of the scope of the previous report that has to come on top. */
    readonly scopeGrowthShare: number;
    /** Items that have to come on top as well: 25 % of four items is one item. */
    readonly scopeGrowthItems: number;
  };
  readonly sprints: {
    /** Below this share of the sprint's items done by its end, at even odds, it is at risk. */
    readonly likelyShare: number;
  };
  readonly data: {
    /** One day that closes more than this many usual weeks' items is a bulk close (metrics.md 7.5 H28). */
    readonly bulkCloseWeeks: number;
    readonly bulkCloseItems: number;
    /** Older data than this is said to be old. */
    readonly staleHours: number;
    /** Share of items with a cut or missing history from which on the figures are not to be trusted. */
    readonly truncatedShare: number;
  };
  readonly digest: {
    readonly decisions: number;
    readonly lookAt: number;
    /** Milestones and sprints named under "Next", and how far ahead. */
    readonly next: number;
    readonly nextWorkingDays: number;
    /** Longest list in the thread; the rest is counted. */
    readonly listed: number;
    /** Working days that a person has for an answer, unless the thing happens before. */
    readonly answerWorkingDays: number;
  };
}

export const defaultThresholds: Thresholds = {
  health: { green: 0.8, red: 0.5, hysteresis: 0.05, confirm: 2 },
  items: {
    agedSample: 12,
    agedHighFactor: 3,
    staleWorkingDays: 5,
    unassignedGraceWorkingDays: 1,
    blockedWorkingDays: 2,
    blockedHighWorkingDays: 5,
    serialSprints: 3,
    unownedWorkingDays: 5,
  },
  milestones: { lastMinuteWorkingDays: 5, scopeGrowthShare: 0.25, scopeGrowthItems: 3 },
  sprints: { likelyShare: 0.8 },
  data: { bulkCloseWeeks: 5, bulkCloseItems: 20, staleHours: 36, truncatedShare: 0.3 },
  digest: { decisions: 3, lookAt: 3, next: 3, nextWorkingDays: 15, listed: 40, answerWorkingDays: 2 },
};
