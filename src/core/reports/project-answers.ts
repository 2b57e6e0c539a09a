import type { Trust } from '../metrics/trust.ts';
import type { PaceRange } from '../metrics/team-figures.ts';
import type { ProjectId } from '../model/ids.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import type { BudgetLine } from './budget-line.ts';
import type { FindingLine } from './finding-line.ts';
import type { SprintLine } from './sprint-line.ts';
import type { MoveLine } from './move-line.ts';
import type { MilestoneLine } from './milestone-line.ts';
import type { Listing } from './item-ref.ts';

/** What every short answer about one project begins and ends with. */
interface About {
  readonly project: { readonly id: ProjectId; readonly name: string };
  readonly asOf: Instant;
  readonly zone: string;
  readonly trust: Trust;
}

/** `/pmo milestones`: every open one by its date, those reached lately, and the newest moves of dates. */
export interface ProjectMilestones extends About {
  readonly kind: 'project-milestones';
  readonly milestones: Listing<MilestoneLine>;
  /** Newest first. */
  readonly reached: readonly MilestoneLine[];
  readonly moves: readonly MoveLine[];
}

/** `/pmo risks`: all that the figures show, what matters most first. */
export interface ProjectRisks extends About {
  readonly kind: 'project-risks';
  readonly findings: Listing<FindingLine>;
}

/** `/pmo sprint`: what runs, and how the last ones ended. */
export interface ProjectSprints extends About {
  readonly kind: 'project-sprints';
  readonly running: readonly (SprintLine & { readonly workingDaysLeft: number | null })[];
  /** Newest first. */
  readonly closed: readonly SprintLine[];
  /** Items that its board completes in a sprint: median, least and most of the last `n`; null without closed ones. */
  readonly velocity: { readonly n: number; readonly median: number; readonly min: number; readonly max: number } | null;
}

/** `/pmo capacity`: what is in work, against how much gets done and on how many people it rests. Teams, not persons. */
export interface ProjectCapacity extends About {
  readonly kind: 'project-capacity';
  readonly inProgress: number;
  readonly unowned: number;
  /** People who finished something in the last 28 days; null for fewer than three, who could be told apart. */
  readonly people: number | null;
  /** Items a week: the median of the last weeks; null without any. */
  readonly usualWeek: number | null;
  readonly open: number;
  /** Open items over the usual week: how long it would take if nothing came in; null without a pace. */
  readonly weeksOfWork: number | null;
  /** How many people finished half of the items of the last 180 days; null for fewer than ten items. */
  readonly halfDoneBy: number | null;
  readonly finished: number;
  /** In the order of the config, what no team takes last; left out in projects without teams. */
  readonly teams?: readonly TeamLoad[];
}

/** What a team has open, and how fast it is. */
export interface TeamLoad {
  /** Null: what no team takes. */
  readonly team: string | null;
  readonly open: number;
  readonly inProgress: number;
  readonly unowned: number;
  /** People who finished something of it in the last 28 days; null for fewer than three, who could be told apart. */
  readonly people: number | null;
  /** Items a week: the median of its last weeks; null without any. */
  readonly usualWeek: number | null;
  /** Open items over the usual week; null without a pace. */
  readonly weeksOfWork: number | null;
  /** Items a week as they are told; null without a pace, and `noForecast` says why. */
  readonly pace: PaceRange | null;
  readonly noForecast: string | null;
  readonly historyWeeks: number;
  /** It has fewer whole weeks than a forecast wants: its pace goes by the other teams. */
  readonly isNew: boolean;
  /** Open items that another team's rule takes too. */
  readonly alsoOthers: number;
}

/** `/pmo capacity apollo payments`: the same of one team. */
export interface TeamCapacity extends About, TeamLoad {
  readonly kind: 'team-capacity';
  readonly team: string;
}

/** `/pmo forecast`: dates with their odds, or what can be done by a date, or when so many items are. */
export interface ProjectForecast extends About {
  readonly kind: 'project-forecast';
  /** Of all open ones, or of the one that was asked about. */
  readonly milestones: readonly MilestoneLine[];
  readonly historyWeeks: number;
  /** Why there is none: `tooLittleHistory`, `nothingFinished`; null when there is one. */
  readonly noForecast: string | null;
  /** Items of the whole project that are done by a day, with these odds; null when no day was asked about. */
  readonly by: {
    readonly on: Day;
    readonly p50: number;
    readonly p85: number;
    readonly milestones: readonly { readonly name: string; readonly openItems: number; readonly chance: number }[];
  } | null;
  /** Days by which so many items of the project are done; null when no number was asked about. */
  readonly items: {
    readonly count: number;
    readonly p50: Day | null;
    readonly p85: Day | null;
    readonly p95: Day | null;
  } | null;
}

/** `/pmo budget`: what was approved and spent, and what it comes to. Months and roles, never persons. */
export interface ProjectBudget extends About {
  readonly kind: 'project-budget';
  /** Null where the config names none. */
  readonly budget: BudgetLine | null;
  /** What was spent would cost so much more by the exchange of now, below 0 less; 0 where nobody says. */
  readonly drift: number;
  /** The last six, oldest first. */
  readonly months: readonly MonthCost[];
}

export interface MonthCost {
  /** Its first day. */
  readonly month: Day;
  readonly hours: number;
  readonly cost: number;
}

export type ProjectAnswer =
  | ProjectBudget
  | ProjectMilestones
  | ProjectRisks
  | ProjectSprints
  | ProjectCapacity
  | TeamCapacity
  | ProjectForecast;
