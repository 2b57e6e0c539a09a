import type { ConflictKind } from '../dependencies/order-conflicts.ts';
import type { Beyond } from '../dependencies/programme-outlook.ts';
import type { Trust } from '../metrics/trust.ts';
import type { Colour } from '../metrics/milestone-figures.ts';
import type { ItemKey } from '../model/ids.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import type { ProjectDigest } from './project-report.ts';
import type { ColourCounts } from './colour-order.ts';
import type { DeliveryLine } from './delivery-line.ts';
import type { Decision } from './decision.ts';
import type { MoveLine } from './move-line.ts';
import type { MilestoneLine } from './milestone-line.ts';
import type { ItemRef } from './item-ref.ts';

/** A programme, or a project where no programme is configured, in one line. */
export interface PortfolioLine {
  readonly id: string;
  /** Null for the projects that belong to no programme. */
  readonly name: string | null;
  readonly baseline: Colour;
  readonly current: Colour;
  /** Chance that all the dates it cannot do without are kept, by each clock; null when nothing is known. */
  readonly probability: { readonly baseline: number | null; readonly current: number | null };
  /** A date that it cannot do without has passed, by each clock. */
  readonly isMissed: { readonly baseline: boolean; readonly current: boolean };
  /** The chances differ when told in whole per cent. */
  readonly isPromiseApart: boolean;
  readonly projects: number;
  /** How many of its projects have each colour against their current dates. */
  readonly counts: ColourCounts;
  /** The date on which its end depends most; null without any. */
  readonly about: CriticalDate | null;
  /** What everybody waits for, or much of the work, is not known. */
  readonly isUnknownCritical: boolean;
}

export interface CriticalDate {
  readonly project: string;
  readonly milestone: string;
  readonly currentOn: Day | null;
  /** 85 % sure by then, with all that it waits for; null without a forecast or beyond its horizon. */
  readonly f85On: Day | null;
  /** Why there is no such day; null where there is one, and without a forecast. */
  readonly f85Beyond: Beyond | null;
  /** It waits for other items, so that this day may be later than its own forecast. */
  readonly isWaiting: boolean;
  /** Share of the simulated courses in which it comes last; null without a forecast or where there is nothing else. */
  readonly criticality: number | null;
}

export interface PortfolioMove extends MoveLine {
  readonly project: string;
}

/** A project whose colour is another one than in the last report. */
export interface ColourChange {
  readonly project: string;
  readonly clock: 'baseline' | 'current';
  readonly from: Colour;
  readonly to: Colour;
}

export interface PortfolioDecision extends Decision {
  readonly project: string;
}

/** An item with the project that it belongs to; null when that one is not kept. */
export interface PlacedItem extends ItemRef {
  readonly project: string | null;
}

/** `cause` slipped, and the date of `milestone` cannot be held for it. Working days. */
export interface RippleLine {
  readonly project: string;
  readonly milestone: string;
  readonly currentOn: Day | null;
  /** Name of the milestone that moved; null when the item itself did. */
  readonly causeMilestone: string | null;
  readonly causeProject: string | null;
  readonly cause: PlacedItem;
  readonly waiting: PlacedItem;
  /** What it waits for itself, when that is not the cause. */
  readonly via: PlacedItem | null;
  readonly slip: number;
  readonly float: number;
  readonly late: number;
}

export interface ConflictLine {
  readonly kind: ConflictKind;
  readonly blocker: PlacedItem;
  readonly blocked: PlacedItem;
  readonly blockerOn: Day | null;
  /** The planned finish of what waits, or its start where that is the trouble. */
  readonly blockedOn: Day | null;
  readonly gap: number | null;
  readonly chanceLate: number | null;
}

export interface CycleLine {
  /** Some of the items that wait for one another. */
  readonly items: readonly ItemRef[];
  readonly size: number;
  /** The newest link of them: to drop it costs least. */
  readonly cut: { readonly blocker: ItemKey; readonly blocked: ItemKey };
}

/** One screen over all programmes, for who answers for them on Monday. */
export interface PortfolioDigest {
  readonly kind: 'portfolio-digest';
  readonly asOf: Instant;
  readonly zone: string;
  readonly since: Instant;
  /** No programme is configured: every line is a project. */
  readonly isOfProjects: boolean;
  /** Nothing moved, nothing to decide, all green: one line is enough. */
  readonly isQuiet: boolean;
  readonly counts: { readonly baseline: ColourCounts; readonly current: ColourCounts };
  /** Worst first, as many as fit on a screen; `more` counts the others by their current colour. */
  readonly lines: readonly PortfolioLine[];
  readonly more: ColourCounts & { readonly all: number };
  readonly finished: number;
  /** Longest first. */
  readonly moves: readonly PortfolioMove[];
  readonly moreMoves: number;
  readonly turned: readonly ColourChange[];
  readonly moreTurned: number;
  readonly decisions: readonly PortfolioDecision[];
  readonly moreDecisions: number;
  readonly ripples: readonly RippleLine[];
  readonly conflicts: readonly ConflictLine[];
  readonly cycles: readonly CycleLine[];
  /** Ripples, conflicts and circles that did not fit. */
  readonly moreDependencies: number;
  readonly next: readonly { readonly project: string; readonly milestone: MilestoneLine }[];
  readonly trust: Trust;
  /** Projects whose data is old, by name. */
  readonly stale: readonly string[];
  readonly details: {
    readonly groups: readonly PortfolioGroup[];
    readonly moreGroups: number;
    /** Those that did not fit above, up to the longest list. */
    readonly decisions: readonly PortfolioDecision[];
    readonly conflicts: readonly ConflictLine[];
    /** Services of the projects, in the order of their names: each by itself, since a mean of services says nothing. */
    readonly delivery: readonly PortfolioDelivery[];
  };
}

export interface PortfolioDelivery extends DeliveryLine {
  readonly project: string;
  /** Then the service is named too. */
  readonly isOneOfSeveral: boolean;
}

/** The projects of one programme, for the thread. */
export interface PortfolioGroup {
  readonly name: string | null;
  readonly projects: readonly ProjectDigest[];
  readonly more: number;
  readonly rollUp: RollUp;
}

/** What is said of several projects together (metrics.md 7.4): from their sums, never from their averages. */
export interface RollUp {
  /** Of the sum of their plans; null without any. */
  readonly spiT: number | null;
  /** 85 % of all delivered items took so many days at most; null for fewer than ten. */
  readonly cycleTimeP85: number | null;
  readonly items: number;
}
