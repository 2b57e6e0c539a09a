import type { ItemKey, PersonId } from '../model/ids.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import type { Grade } from './figure.ts';
import type { PaceRange } from './team-figures.ts';

export type Colour = 'green' | 'amber' | 'red' | 'unknown';

/** One move of a milestone's date after it was committed (metrics.md 1.1). */
export interface MilestoneMove {
  readonly at: Instant;
  readonly by: PersonId | null;
  readonly from: Day | null;
  readonly to: Day | null;
  /** Signed working days, + = later; null when the date was removed. One that came back is measured from the last known. */
  readonly workingDays: number | null;
  /** Working days between the move and the old date; below 0 = moved after it was missed; null when there was no old date. */
  readonly noticeWorkingDays: number | null;
}

/** The dates by which the work is done with these odds; null beyond the horizon of 260 weeks. */
export interface ForecastDates {
  readonly p50: Day | null;
  readonly p85: Day | null;
  readonly p95: Day | null;
}

export interface ClockHealth {
  readonly colour: Colour;
  /** Chance of finishing by this clock's date, 0 to 1; null when there is no date or no forecast. */
  readonly probability: number | null;
  /** It is red for what it waits for, whatever its chance (metrics.md 4.6); left out otherwise. */
  readonly heldBy?: HeldBy;
}

/** An open item waits for another, whose date `dueOn` cannot be held and leaves no working day to spare. */
export interface HeldBy {
  readonly waiting: ItemKey;
  readonly blocker: ItemKey;
  readonly dueOn: Day;
}

/** What would turn a clock green (voice.md 3). `null` parts cannot be had. */
export interface GreenIf {
  /** The date that this clock would need, to be green with the work as it is. */
  readonly dueOn: Day | null;
  /** How many of the `openItems` would have to leave. */
  readonly itemsOut: number | null;
  readonly openItems: number;
}

/** How the items of a milestone that have dates of their own stand to them (metrics.md 1.2). */
export interface ChildSlip {
  /** Such items whose slip is known. */
  readonly n: number;
  /**
   * Working days of the latest of those that it cannot close without, + = late: the slip of a milestone that never had
   * a date of its own. Null when none of them is left. Never the mean, which lets early items hide late ones.
   */
  readonly max: number | null;
  /** The item that it is of. */
  readonly maxKey: ItemKey | null;
  readonly median: number;
  /** Items whose finish, else whose date, is after the date of the milestone; null without one. */
  readonly laterKeys: readonly ItemKey[] | null;
}

export interface MilestoneFigures {
  readonly id: string;
  readonly kind: 'version' | 'epic' | 'item' | 'named';
  readonly name: string;
  readonly key: ItemKey | null;
  readonly state: 'open' | 'finished';
  /** First promise; null while the settling window runs, without a date, or when it is not known (see flags). */
  readonly committedOn: Day | null;
  /** The promise that people agreed on since, with the slip against it; left out where there is none. */
  readonly rebaseline?: { readonly on: Day; readonly at: Instant; readonly slip: number | null };
  readonly currentOn: Day | null;
  readonly finishedOn: Day | null;
  /** `baselineUnknown`, `bornLate`, `lateCommit`, `releasedWithOpenItems`, `undated`, `overdue`, ... */
  readonly flags: readonly string[];
  readonly moves: readonly MilestoneMove[];
  readonly slipCommitted: number | null;
  readonly slipLast: number | null;
  readonly replanGloss: number | null;
  readonly replans: number;
  /** Sum of all moves in working days, whichever way; null without a known first promise. */
  readonly churn: number | null;
  /** churn / |replanGloss|: 2 and more is a zig-zag. */
  readonly volatility: number | null;
  /** slipCommitted as a part of the promised time; null when the start is unknown or not before the promise. */
  readonly relativeSlip: number | null;
  /** Working days from the first promise to the forecast dates; null without either. */
  readonly forecastSlip: { readonly p50: number | null; readonly p85: number | null } | null;
  /** Roll-up of the slip of its items with dates of their own (metrics.md 1.2); left out where there are none. */
  readonly childSlip?: ChildSlip;
  /** Slip chart of the date, week by week since the promise (metrics.md 1.6); null for items, and without a promise. */
  readonly trend: MilestoneTrend | null;
  readonly openItems: number;
  readonly doneItems: number;
  /** Keys of the open items, blocked ones first. */
  readonly openKeys: readonly ItemKey[];
  readonly forecast: ForecastDates | null;
  /** Why there is no forecast: `tooLittleHistory`, `noOpenItems`, ...; null when there is one. */
  readonly noForecast: string | null;
  readonly forecastGrade: Grade;
  /** Levels at which P50, P85 and P95 were asked (metrics.md 3.5); left out while they are the plain ones. */
  readonly forecastLevels?: readonly number[];
  /**
   * What the forecast was made for (metrics.md 3.4); left out where there is nothing to forecast from or for, and where
   * several teams have work of their own.
   */
  readonly forecastWork?: ForecastWork;
  /** What each team has open in it; left out in projects without teams, with a shared pool, and where nothing is open. */
  readonly teams?: MilestoneTeams;
  readonly health: {
    readonly baseline: ClockHealth;
    readonly current: ClockHealth;
    readonly reasons: readonly string[];
  };
  readonly greenIf: { readonly baseline: GreenIf | null; readonly current: GreenIf | null };
}

/** A milestone over teams is done when each of them has done its own (metrics.md 3.4). */
export interface MilestoneTeams {
  /** Those with open items in it, in the order of the settings, the rest last. */
  readonly parts: readonly TeamPart[];
  /** Which of the parts is done clearly after every other, from 0; null when none is, and with one part only. */
  readonly decides: number | null;
  /** Chance by the date of each clock between its brackets; null without a date or a forecast. */
  readonly odds: { readonly baseline: JointOdds | null; readonly current: JointOdds | null };
}

export interface JointOdds {
  readonly probability: number;
  /** The chances of the parts multiplied, and the least of them. */
  readonly independent: number;
  readonly weakest: number;
}

/** What one team has open in a milestone. */
export interface TeamPart {
  /** Null: what no team takes. */
  readonly team: string | null;
  /** No team has finished such items lately: the part stands for the whole milestone, done by all teams together. */
  readonly isByAll: boolean;
  readonly openKeys: readonly ItemKey[];
  /** When its own part is done, whatever the others do; null without a forecast. */
  readonly forecast: ForecastDates | null;
  readonly noForecast: string | null;
  readonly grade: Grade;
  /** Whole weeks that it is known for. */
  readonly historyWeeks: number;
  /** Chance that its own part is done by the date of each clock; null without a date or a forecast. */
  readonly probability: { readonly baseline: number | null; readonly current: number | null };
  readonly pace: PaceRange | null;
  /** What its forecast was made for; null without one. */
  readonly work: ForecastWork | null;
}

/** The work behind the dates of a milestone (metrics.md 3.4), the items of its scope and what is added to them. */
export interface ForecastWork {
  /** Its own open items, those of milestones that come first, and those that they wait for. */
  readonly need: number;
  /** What that is multiplied by: `flow`, `splits`, `triangle`; `none` also where nothing is known. */
  readonly growth: 'flow' | 'splits' | 'triangle' | 'none';
  /** Items finished in all by then, each number as likely as the others. */
  readonly counts: readonly number[];
  /** Ids of the finished milestones that it was learned from, newest first. */
  readonly learnedFrom: readonly string[];
  /** Items that come in a normal week; null where they are not counted apart. */
  readonly arrivalsPerWeek: number | null;
  /** Part of the team that it has for itself; null: the team goes by the order of dates. */
  readonly share: number | null;
  /** Nothing has begun, and nothing is planned to before this day; null otherwise. */
  readonly startsOn: Day | null;
  /** Items outside of it that it waits for and that were added. */
  readonly waitsFor: readonly ItemKey[];
  /** Items of other projects that it waits for: nothing was added for them. */
  readonly waitsElsewhere: readonly ItemKey[];
  /** `noFinishedMilestones`, `fewFinishedMilestones` (under three), `scopeOutgrowsPace`, `waitsElsewhere`. */
  readonly flags: readonly string[];
}

/** Where the date of a milestone has been going, report by report (metrics.md 1.6). */
export interface MilestoneTrend {
  /** Days that the date slips in a working day: 0 stands still, 1 runs away as fast as time goes; null below two reports. */
  readonly slope: number | null;
  /** Working days from the last report to the date that it gave. */
  readonly remaining: number | null;
  /** Working days after the last report at which it would really be reached; null when it does not converge, or its date has passed. */
  readonly projected: number | null;
  readonly isConverging: boolean;
  /** `STEADY_SLIP`, `ZIGZAG`, `LATE_BEND`. */
  readonly patterns: readonly string[];
}
