import type { TeamNumbers } from './team-settings.ts';

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
    /** Additions so soon after the start are clerical and count as committed; 0 as in Jira (metrics.md 2.5). */
    readonly graceMinutes: number;
  };
  /** Projects with several teams. */
  readonly teams: TeamNumbers;
  /** Process compliance (metrics.md 7.5): a weight for each rule, 3 high, 2 medium, 1 low, 0 off, and their limits. */
  readonly hygiene: Readonly<Record<HygieneThreshold, number>>;
  readonly data: {
    /** One day that closes more than this many usual weeks' items is a bulk close (metrics.md 7.5 H28). */
    readonly bulkCloseWeeks: number;
    /** And at least so many: where next to nothing is finished in a usual week, a handful is no tidying up. */
    readonly bulkCloseItems: number;
    /** Older data than this is said to be old. */
    readonly staleHours: number;
    /** A source whose pulls have failed for so long is told to the operator and to its projects. */
    readonly failingHours: number;
    /** Share of items with a cut or missing history from which on the figures are not to be trusted. */
    readonly truncatedShare: number;
  };
  /** When a finding becomes an alert, and how often (metrics.md 4.5). `core/alerts/policy.ts` reads them. */
  readonly alerts: {
    /** Chance of trouble from which an alert of a rule opens, and below which it closes. */
    readonly promiseGapOn: number;
    readonly promiseGapOff: number;
    readonly sprintAtRiskOn: number;
    readonly sprintAtRiskOff: number;
    readonly scopeGrowthOn: number;
    readonly scopeGrowthOff: number;
    readonly workStalledOn: number;
    readonly workStalledOff: number;
    readonly itemAtRiskOn: number;
    readonly itemAtRiskOff: number;
    readonly deliveryDegradedOn: number;
    readonly deliveryDegradedOff: number;
    /** Evaluations in a row that have to agree; a fact, such as a missed date, needs one. */
    readonly evaluations: number;
    /** A warning of a date that is closer than this comes too late to act upon: the digest has it. */
    readonly leastNoticeWorkingDays: number;
    /** Without an answer for so long, an alert is raised once more, louder. */
    readonly escalateWorkingDays: number;
    /** An unchanged alert is repeated after so long at the earliest. */
    readonly repeatWorkingDays: number;
    /** After it opened, an alert cannot open again for so long. */
    readonly reopenWorkingDays: number;
    /** New alerts in a channel on one day; what is over goes to the digest. */
    readonly perDay: number;
    /** More new alerts of a project than this in one evaluation are told by one message. */
    readonly rollUpFrom: number;
    /** Hours of the day, 0 to 24, between which nothing is posted; the same twice: no quiet hours. */
    readonly quietFromHour: number;
    readonly quietToHour: number;
    /** A rule of whose last so many alerts fewer than this share were right opens later, up to a limit. */
    readonly precisionLast: number;
    readonly precisionLeast: number;
    readonly onStep: number;
    readonly onMost: number;
    /** An alert that was over so soon, by itself, was none. */
    readonly selfResolvedWorkingDays: number;
  };
  /** Chance that an item misses what it was promised for (metrics.md 4.3). `core/risk/scorecard.ts` says what each means. */
  readonly risk: {
    /** From this chance on, an item is told of. */
    readonly likely: number;
    /** So many of them, those that matter most. */
    readonly listed: number;
    /** Chance of an item for which no reason speaks, where its date is not known beforehand. */
    readonly chanceWithoutReason: number;
    /** Weights in log odds, each added to those of the levels below it. */
    readonly noActivity3Days: number;
    readonly noActivity7Days: number;
    readonly noActivity14Days: number;
    readonly noActivity112Days: number;
    readonly promised7Days: number;
    readonly promised21Days: number;
    readonly oldWhenPromised: number;
    readonly littleDone: number;
    readonly oldRelease: number;
    readonly releaseNotNext: number;
    readonly notStarted: number;
    readonly unassigned: number;
    readonly unassignedNearDue: number;
    readonly mediumPriority: number;
    readonly lowPriority: number;
    readonly blocked: number;
    readonly blocksOthers: number;
    readonly reopened: number;
    readonly replannedOnce: number;
    readonly replannedTwice: number;
    readonly replannedOften: number;
    readonly serialCarryover: number;
    readonly scopeGrew: number;
    readonly manyDependencies: number;
    readonly ownerOverloaded: number;
    readonly ownerLateHistory: number;
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

type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

export type HygieneThreshold =
  | Exclude<`H0${Digit}` | `H1${Digit}` | `H2${Digit}`, 'H00'>
  /** Blocked for longer than so many working days, an item says what it waits for. */
  | 'blockedWorkingDays'
  /** From this share of finished items with an estimate on, the team estimates. */
  | 'estimatingShare'
  | 'linkingShare'
  /** H18: work logged so long after its item was closed is late; in progress for so long, an item has work logged on it. */
  | 'worklogWorkingDays'
  /** The highest priority on a larger share of the open items says nothing. */
  | 'highestShare'
  /** Calendar days that rules about what was done look back. */
  | 'recentDays'
  /** Rules named first. */
  | 'top';

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
  sprints: { likelyShare: 0.8, graceMinutes: 0 },
  teams: { correlation: 0.3, decidesWorkingDays: 5 },
  hygiene: {
    H01: 3,
    H02: 2,
    H03: 3,
    H04: 1,
    H05: 2,
    H06: 2,
    H07: 3,
    H08: 3,
    H09: 1,
    H10: 2,
    H11: 1,
    H12: 3,
    H13: 3,
    H14: 2,
    H15: 1,
    H16: 1,
    H17: 1,
    H18: 1,
    H19: 2,
    H20: 2,
    H21: 2,
    H22: 2,
    H23: 3,
    H24: 1,
    H25: 1,
    H26: 1,
    H27: 1,
    H28: 1,
    H29: 2,
    blockedWorkingDays: 2,
    estimatingShare: 0.5,
    linkingShare: 0.5,
    worklogWorkingDays: 5,
    highestShare: 0.15,
    recentDays: 28,
    top: 5,
  },
  data: { bulkCloseWeeks: 5, bulkCloseItems: 6, staleHours: 36, failingHours: 6, truncatedShare: 0.3 },
  alerts: {
    promiseGapOn: 0.6,
    promiseGapOff: 0.45,
    sprintAtRiskOn: 0.7,
    sprintAtRiskOff: 0.45,
    scopeGrowthOn: 0.4,
    scopeGrowthOff: 0.3,
    workStalledOn: 0.7,
    workStalledOff: 0.45,
    itemAtRiskOn: 0.6,
    itemAtRiskOff: 0.45,
    deliveryDegradedOn: 0.9,
    deliveryDegradedOff: 0.7,
    evaluations: 2,
    leastNoticeWorkingDays: 3,
    escalateWorkingDays: 5,
    repeatWorkingDays: 5,
    reopenWorkingDays: 5,
    perDay: 5,
    rollUpFrom: 20,
    quietFromHour: 19,
    quietToHour: 7,
    precisionLast: 20,
    precisionLeast: 0.5,
    onStep: 0.05,
    onMost: 0.85,
    selfResolvedWorkingDays: 2,
  },
  risk: {
    likely: 0.6,
    listed: 5,
    chanceWithoutReason: 0.032,
    noActivity3Days: 0.25,
    noActivity7Days: 0.22,
    noActivity14Days: 0.24,
    noActivity112Days: 0.34,
    promised7Days: 0.22,
    promised21Days: 0.52,
    oldWhenPromised: 0.7,
    littleDone: 0.38,
    oldRelease: 0.78,
    releaseNotNext: 0.32,
    notStarted: 1.26,
    unassigned: 0.47,
    unassignedNearDue: 0.6,
    mediumPriority: 1.32,
    lowPriority: 0.33,
    blocked: 0.98,
    blocksOthers: 0,
    reopened: 0.79,
    replannedOnce: 0,
    replannedTwice: 0.03,
    replannedOften: 0.15,
    serialCarryover: 0.5,
    scopeGrew: 1.11,
    manyDependencies: 0.3,
    ownerOverloaded: 0.89,
    ownerLateHistory: 0.4,
  },
  digest: { decisions: 3, lookAt: 3, next: 3, nextWorkingDays: 15, listed: 40, answerWorkingDays: 2 },
};
