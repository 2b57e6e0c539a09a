import type { AlertRule } from '../alerts/alert.ts';
import type { Honesty } from '../backtest/honesty.ts';
import type { Beyond } from '../dependencies/programme-outlook.ts';
import type { Finding } from '../findings/finding.ts';
import type { Trust } from '../metrics/trust.ts';
import type { Colour, ForecastDates, GreenIf, HeldBy } from '../metrics/milestone-figures.ts';
import type { ItemKey, ProjectId } from '../model/ids.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import type { BudgetLine } from './budget-line.ts';
import type { LeftAlerts } from './left-alerts.ts';
import type { TeamLine } from './team-line.ts';

/**
 * Report: plain data for one audience. Numbers and names, no words: the words stand in the templates. Those with a file
 * of their own are added in `any-report.ts`.
 */
export type Report = ProjectDigest | ProgrammeDigest | ProjectStatus;

/** An item as a reader sees it; `url` is built from the configured host only. */
export interface ItemRef {
  readonly key: ItemKey;
  readonly summary: string;
  readonly url: string | null;
}

/** A date worth a line: the milestone that the health speaks about, or another that moved. */
export interface MilestoneLine {
  readonly id: string;
  readonly name: string;
  readonly committedOn: Day | null;
  /** The promise that people agreed on since; null where only the first one was made. */
  readonly rebaselinedOn: Day | null;
  readonly currentOn: Day | null;
  readonly finishedOn: Day | null;
  readonly replans: number;
  /** Working days against the first promise, + = late. */
  readonly slipCommitted: number | null;
  readonly forecast: ForecastDates | null;
  readonly noForecast: string | null;
  /** The team to know of; left out where none stands out, as in every project without teams. */
  readonly team?: TeamLine;
  readonly historyWeeks: number;
  readonly openItems: number;
  readonly doneItems: number;
  readonly flags: readonly string[];
  readonly baseline: Colour;
  readonly current: Colour;
  readonly probability: { readonly baseline: number | null; readonly current: number | null };
  readonly greenIf: { readonly baseline: GreenIf | null; readonly current: GreenIf | null };
  /** Signed working days from P85 to the date of each clock, + = P85 is later; null without either. */
  readonly gap: { readonly baseline: number | null; readonly current: number | null };
  /** Day of the pull that first saw it, for dates that were there before anyone kept them; null where that says nothing. */
  readonly recordedOn: Day | null;
}

/** The day that is 85 % sure with what a milestone waits for in other projects, and whom it waits for. */
export interface LaterLine {
  /** Null when no day has 85 %. */
  readonly p85On: Day | null;
  /** Why no day has; null when one does. */
  readonly beyond: Beyond | null;
  readonly waiting: ItemRef;
  /** Each waits for the next; at least one. */
  readonly blockers: readonly ItemRef[];
}

/** An open item as the thread lists it: what it is in, and what holds it. */
export interface OpenItemLine extends ItemRef {
  /** Null when it is not known. */
  readonly status: string | null;
  readonly isStarted: boolean;
  readonly isOwned: boolean;
  readonly isBlocked: boolean;
  readonly blockedBy: readonly ItemRef[];
  /** Days since it was started, counting both ends; null when it is not. */
  readonly ageDays: number | null;
}

/** A list of which only the first stand in the report; `more` is how many do not. */
export interface Listing<T> {
  readonly items: readonly T[];
  readonly more: number;
}

export interface MoveLine {
  readonly milestone: string;
  readonly at: Instant;
  readonly from: Day | null;
  readonly to: Day | null;
  readonly workingDays: number | null;
  readonly noticeWorkingDays: number | null;
  readonly replans: number;
}

export interface ScopeLine {
  readonly milestone: string;
  /** Items in it, done ones too, at the start and at the end of the period. */
  readonly itemsBefore: number;
  readonly itemsNow: number;
  readonly added: readonly ItemRef[];
  readonly removed: readonly ItemRef[];
}

export interface Count {
  readonly count: number;
  /** The newest of them, up to the longest list that a thread takes. */
  readonly items: readonly ItemRef[];
}

/** Who is asked: a role, never a person. */
export const roles = ['productOwner', 'projectManager', 'releaseManager', 'teamLead'] as const;
export type Role = (typeof roles)[number];

/** What a digest may ask. */
export const questions = [
  'OVERDUE_MILESTONE',
  'RELEASED_WITH_OPEN_ITEMS',
  'KEEP_IN_MILESTONE',
  'REDATE_OR_CUT',
  'UNOWNED',
] as const;
export type Question = (typeof questions)[number];

/** Something that a person has to answer, as data: `question` is a code whose words stand in the templates. */
export interface Decision {
  readonly question: Question;
  readonly role: Role;
  readonly facts: Finding['facts'];
  readonly items: readonly ItemRef[];
  /** What holds them up. */
  readonly blockers: readonly ItemRef[];
  /** What the one blocker waits for in turn, nearest first. */
  readonly chain: readonly ItemRef[];
  readonly by: Day | null;
}

export interface SprintLine {
  readonly name: string;
  readonly endOn: Day | null;
  readonly committed: number;
  readonly added: number;
  readonly done: number;
  readonly open: number;
  readonly points: { readonly done: number; readonly total: number } | null;
  readonly outlook: { readonly doneAtP50: number; readonly doneAtP85: number } | null;
  readonly flags: readonly string[];
}

export interface RunningSprintLine extends SprintLine {
  /** Too few of its items will be done by its end, at even odds. */
  readonly isAtRisk: boolean;
}

/** How a service was delivered in the period, and in general over 90 days; null where it is not known. */
export interface DeliveryLine {
  readonly service: string;
  readonly deployments: number;
  readonly failed: number | null;
  readonly changes: number;
  readonly perWeek: number | null;
  /** Median, from first commit to users. */
  readonly leadTimeHours: number | null;
  readonly failRate: number | null;
}

export interface ProjectDigest {
  readonly kind: 'project-digest';
  readonly project: { readonly id: ProjectId; readonly name: string };
  readonly asOf: Instant;
  readonly zone: string;
  /** From the last digest (or a week before) to as-of. */
  readonly since: Instant;
  /** Nothing moved, nothing to decide: one line is enough. */
  readonly isQuiet: boolean;
  readonly health: {
    readonly baseline: Colour;
    readonly current: Colour;
    readonly previous: { readonly baseline: Colour; readonly current: Colour } | null;
    readonly reasons: readonly string[];
    /** What it is red for waiting for; left out where it is not. */
    readonly heldBy?: HeldBy;
    /** The milestone that decides the colour; null when there is none. */
    readonly about: MilestoneLine | null;
    /** Null unless what it waits for in other projects makes its date later by days that matter. */
    readonly later: LaterLine | null;
    /** A decision asks for what would make it green: then the verdict need not say it too. */
    readonly isWayAsked: boolean;
  };
  /** Dates that moved in the period: those of the milestone that decides, then the longest moves. */
  readonly moves: readonly MoveLine[];
  /** How many more moved, for want of room. */
  readonly moreMoves: number;
  readonly scope: readonly ScopeLine[];
  readonly finished: Count;
  readonly started: Count;
  /** `times` is how often the first of them has been reopened by now. */
  readonly reopened: Count & { readonly times: number };
  readonly created: Count;
  readonly released: readonly MilestoneLine[];
  /** How many more were released, for want of room. */
  readonly moreReleased: number;
  /** Median of complete weeks before this one; null without history. */
  readonly usualWeek: number | null;
  readonly cycleTimeP85: { readonly now: number | null; readonly before: number | null };
  readonly decisions: readonly Decision[];
  readonly next: {
    readonly milestones: readonly MilestoneLine[];
    readonly sprints: readonly RunningSprintLine[];
  };
  /** Sprints closed in the period. */
  readonly closedSprints: readonly (SprintLine & { readonly sayDo: number | null })[];
  readonly lookAt: readonly FindingLine[];
  /** Alerts of the period that had no message: what they were about leads `lookAt`. */
  readonly leftAlerts: LeftAlerts;
  /** Null without a budget, and where its reader may not see money. */
  readonly budget: BudgetLine | null;
  /** A service each; empty where nothing is known to be deployed. */
  readonly delivery: readonly DeliveryLine[];
  /** What the thread goes into: the lists behind the lines above. */
  readonly details: {
    /** Open items of the milestone that decides, blocked ones first; null without one. */
    readonly openItems: Listing<OpenItemLine> | null;
    /** All that moved in the period, oldest first; empty when all of them are told above. */
    readonly moves: readonly MoveLine[];
    /** Every move of that milestone, oldest first. */
    readonly ledger: readonly MoveLine[];
    readonly decisions: readonly Decision[];
    readonly findings: Listing<FindingLine>;
    readonly milestones: Listing<MilestoneLine>;
    /** How much of the open work is in order, and the rules that cost most; null without open items. */
    readonly compliance: {
      readonly score: number;
      readonly top: readonly { readonly rule: string; readonly count: number }[];
    } | null;
  };
  readonly trust: Trust;
  /** How the dates of earlier reports have turned out; null when that is not news. */
  readonly honesty: Honesty | null;
}

/** A finding, or several of one rule: then `facts` are those of the worst, and `evidence` is that of all. */
export interface FindingLine extends Finding {
  readonly count: number;
  readonly items: readonly ItemRef[];
  /** The first milestones that they are about; empty for findings about items. */
  readonly milestones: readonly string[];
  /** What holds the worst of them up. */
  readonly blockers: readonly ItemRef[];
  /** What the one blocker waits for in turn, nearest first. */
  readonly chain: readonly ItemRef[];
}

/** How many of each. */
export type ColourCounts = Readonly<Record<Colour, number>>;

/** One screen for a programme: each project's verdict, worst first, and what moved. */
export interface ProgrammeDigest {
  readonly kind: 'programme-digest';
  readonly programme: { readonly id: string; readonly name: string };
  readonly asOf: Instant;
  readonly zone: string;
  readonly since: Instant;
  /** How many projects have each colour against their first promises, and against their current dates. */
  readonly counts: { readonly baseline: ColourCounts; readonly current: ColourCounts };
  readonly projects: readonly ProjectDigest[];
}

/** An open alert in the short answer about its project; who answered it is not said. */
export interface StatusAlert {
  readonly alert: AlertRule;
  /** What it is about: a milestone, a sprint, a service or the key of an item. */
  readonly name: string;
  readonly state: 'open' | 'acknowledged' | 'snoozed' | 'disputed' | 're-baselined';
}

/** The short answer to `/pmo status PROJECT`. */
export interface ProjectStatus {
  readonly kind: 'project-status';
  readonly project: { readonly id: ProjectId; readonly name: string };
  readonly asOf: Instant;
  readonly zone: string;
  readonly baseline: Colour;
  readonly current: Colour;
  readonly about: MilestoneLine | null;
  readonly later: LaterLine | null;
  readonly open: number;
  readonly inProgress: number;
  readonly finishedThisWeek: number;
  readonly blocked: number;
  readonly sprint: (SprintLine & { readonly workingDaysLeft: number | null }) | null;
  /** Left out where it is asked how things stood: alerts are known as they stand. */
  readonly alerts?: readonly StatusAlert[];
  readonly trust: Trust;
}
