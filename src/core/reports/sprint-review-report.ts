import type { BurndownDay } from '../metrics/sprints/burndown.ts';
import type { PlanUnit } from '../metrics/value/plan-weights.ts';
import type { AgileSummary, VelocityRange } from '../metrics/figures.ts';
import type { Grade } from '../metrics/figure.ts';
import type { Trust } from '../metrics/trust.ts';
import type { Finding } from '../findings/finding.ts';
import type { ProjectId, SprintId } from '../model/ids.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import type { FindingLine } from './finding-line.ts';
import type { ItemRef, Listing } from './item-ref.ts';

/** What a sprint is measured in: points where most of what it held was estimated, items else. */
export type SprintUnit = 'points' | 'items';

/** So many items, and their points; the points are null where the team does not estimate in points. */
export interface Weight {
  readonly count: number;
  readonly points: number | null;
}

export interface CarriedLine extends ItemRef {
  /** Sprints in a row that ended without it being done, this one included. */
  readonly sprints: number;
}

/** What the retrospective may be about: a code whose words stand in `talk/`. */
export const talkCodes = [
  'LOW_SAY_DO',
  'SERIAL_CARRYOVER',
  'SCOPE_CHURN',
  'LATE_ADDITIONS',
  'LATE_BURN',
  'BURN_FLAT',
  'EXTENDED',
  'RE_ESTIMATED',
] as const;

export interface TalkLine {
  readonly code: (typeof talkCodes)[number];
  readonly facts: Finding['facts'];
  readonly items: readonly ItemRef[];
}

/** How the burndown went, in figures that a sentence can be made of. */
export interface BurndownFacts {
  readonly unit: SprintUnit;
  /** For a chart: what was left at the end of each working day, beside the ideal line. */
  readonly days: readonly BurndownDay[];
  readonly atStart: number;
  /** At the end of the working day half-way to the planned end; null for a sprint too short to have one. */
  readonly halfWay: { readonly on: Day; readonly left: number; readonly ideal: number } | null;
  readonly atEnd: number;
  /** Items that were done on the last two working days of the sprint, and all that were done in it. */
  readonly doneLate: number;
  readonly done: number;
  /** Longest run of working days on which nothing was done. */
  readonly flatWorkingDays: number;
}

export interface ReviewedSprint {
  readonly id: SprintId;
  readonly name: string;
  readonly goal: string | null;
  readonly startOn: Day;
  /** Planned end. */
  readonly endOn: Day | null;
  readonly completedOn: Day;
  readonly overrunWorkingDays: number | null;
  readonly grade: Grade;
  readonly flags: readonly string[];
  /** Items of it whose history is missing or cut. */
  readonly cutHistories: number;
  /** Committed and completed / committed, 0 to 1; null on grade D, and over nothing committed. */
  readonly sayDo: { readonly count: number | null; readonly points: number | null };
  readonly committed: Weight;
  /** What was committed and completed. */
  readonly kept: number;
  readonly completed: Weight;
  readonly carried: Weight;
  readonly added: Weight;
  readonly removed: Weight;
  readonly completedOutside: number;
  readonly lateAdditions: number | null;
  readonly churned: number;
  /** Points that estimates gained or lost, and points of items that came in without an estimate and got one. */
  readonly reEstimatedPoints: number | null;
  readonly firstEstimatedPoints: number | null;
  /** (Added + removed) / committed, by count; null on grade D. */
  readonly scopeChange: number | null;
}

/** The AgileEVM summary in one line (metrics.md 1.5): without a date, which the forecast gives. */
export interface ReleaseLine extends Pick<
  AgileSummary,
  'name' | 'added' | 'done' | 'plannedSprints' | 'doneSprints' | 'expectedComplete' | 'actualComplete'
> {
  readonly unit: PlanUnit;
  /** Promised and added. */
  readonly scope: number;
  /** More sprints are done than were planned. */
  readonly isPast: boolean;
}

/** What one sprint came to, for its review and its retrospective. */
export interface SprintReview {
  readonly kind: 'sprint-review';
  readonly project: { readonly id: ProjectId; readonly name: string };
  readonly asOf: Instant;
  readonly zone: string;
  /** Null when no sprint has been closed yet. */
  readonly sprint: ReviewedSprint | null;
  /** What was completed against the last sprints of the board; null without any, and on grade D. */
  readonly velocity: {
    readonly unit: SprintUnit;
    readonly now: number;
    readonly range: VelocityRange;
    readonly sprints: number;
    readonly standing: 'below' | 'within' | 'above';
  } | null;
  /** How far the milestone that decides is, by sprints; null where the figure is not known or older than this sprint. */
  readonly release: ReleaseLine | null;
  readonly burndown: BurndownFacts | null;
  /** Carried through several sprints in a row, the oldest first. */
  readonly carriedOften: readonly CarriedLine[];
  /** At most three points, those of the sprint itself first. */
  readonly talk: readonly TalkLine[];
  readonly lookAt: readonly FindingLine[];
  /** The sprint that follows on the same board; null when none is known. */
  readonly next: {
    readonly name: string;
    readonly isRunning: boolean;
    readonly goal: string | null;
    readonly endOn: Day | null;
    readonly items: number;
    readonly points: number | null;
    /** Items in it that come from the reviewed sprint. */
    readonly carriedIn: number;
  } | null;
  readonly details: {
    readonly completed: Listing<ItemRef>;
    readonly carried: Listing<CarriedLine>;
    readonly added: Listing<ItemRef>;
    readonly removed: Listing<ItemRef>;
  };
  readonly trust: Trust;
}
