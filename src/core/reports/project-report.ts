import type { Honesty } from '../backtest/honesty.ts';
import type { Trust } from '../metrics/trust.ts';
import type { Colour, HeldBy } from '../metrics/milestone-figures.ts';
import type { ProjectId } from '../model/ids.ts';
import type { Instant } from '../time/instant.ts';
import type { BudgetLine } from './budget-line.ts';
import type { Decision } from './decision.ts';
import type { DeliveryLine } from './delivery-line.ts';
import type { FindingLine } from './finding-line.ts';
import type { Count, Listing } from './item-ref.ts';
import type { LaterLine } from './later-line.ts';
import type { LeftAlerts } from './left-alerts.ts';
import type { MilestoneLine } from './milestone-line.ts';
import type { MoveLine } from './move-line.ts';
import type { OpenItemLine } from './open-item-lines.ts';
import type { ScopeLine } from './scope-line.ts';
import type { RunningSprintLine, SprintLine } from './sprint-line.ts';

/** What the digest of one project tells, in numbers and names. */
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
