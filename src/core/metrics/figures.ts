import type { SprintId } from '../model/ids.ts';
import type { Day } from '../time/day.ts';
import type { Figure } from './figure.ts';

export interface Percentiles {
  readonly p50: number;
  readonly p85: number;
  readonly p95: number;
}

export interface Throughput {
  readonly median: number;
  /** Complete ISO weeks, oldest first. */
  readonly weeks: readonly number[];
}

/** By column, or by status where no one board is known: how old, since their start, 85 % were at most when they left. */
export type AgeAtExit = Readonly<Record<string, { readonly p85: number; readonly n: number }>>;

/** Days lost, all reasons together and each by itself; reasons overlap, so they may sum to more than all. */
export interface BlockedDays {
  readonly all: number;
  readonly flagged: number;
  readonly status: number;
  readonly link: number;
}

/** How many items had ever entered a stage, or one to its right, at the end of each whole week. */
export interface CumulativeFlow {
  /** From left to right: `created`, then the columns of the board or `started` and `done`. */
  readonly stages: readonly string[];
  /** The Monday of each week, oldest first. */
  readonly weeks: readonly Day[];
  /** A list a stage, a number a week; never falling, and never above the stage to its left. */
  readonly counts: readonly (readonly number[])[];
}

/** How work flows through the project (metrics.md 2). Absent parts are figures with a null value, not missing keys. */
export interface FlowFigures {
  readonly cycleTimeDays: Figure<Percentiles>;
  readonly cycleTimeWorkingDays: Figure<Percentiles>;
  readonly sleDays: Figure;
  readonly leadTimeDays: Figure<Percentiles>;
  readonly ageDays: Figure<Percentiles>;
  readonly ageAtExitDays: Figure<AgeAtExit>;
  readonly throughputPerWeek: Figure<Throughput>;
  readonly arrivalsPerWeek: Figure<Throughput>;
  readonly netFlowPerWeek: Figure<Throughput>;
  readonly arrivalDepartureRatio: Figure;
  readonly cumulativeFlow: Figure<CumulativeFlow>;
  readonly wip: Figure;
  readonly blocked: Figure;
  readonly blockedDays: Figure<BlockedDays>;
  readonly flowEfficiency: Figure;
  readonly littlesLaw: Figure;
  readonly completedNotStarted: Figure;
  readonly agedWip: Figure;
  readonly reopenRate: Figure;
  readonly reopenRateSoFar: Figure;
  readonly defectsPer100Done: Figure;
  readonly defectEscapeRate: Figure;
}

/**
 * The work against its first promises (metrics.md 1.3, 1.4), each item weighing 1 or its points; null with the reason as a flag where
 * nothing was promised. Periods are weeks, or sprints where the project has them.
 */
export interface ValueFigures {
  /** Items, or points, that were promised for a day: the budget at completion. */
  readonly plannedScope: Figure;
  readonly percentComplete: Figure;
  /** Not to be used after the planned finish: a late project ends at 1. See `spiT`. */
  readonly spi: Figure;
  readonly spiT: Figure;
  readonly svT: Figure;
  /** Day on which the plan is done at the rate so far: a point without uncertainty; dates come from the forecast. */
  readonly ieacT: Figure<Day>;
  /** The same with the rest at plan rate (PF = 1): the optimist's day. */
  readonly ieacTPf1: Figure<Day>;
  /** The rate that the rest would need; null from the planned finish on. Above 1.10 the flag `RECOVERY_UNLIKELY`. */
  readonly tspiT: Figure;
  /** P-factor: low with a good `spiT` means fast, but out of sequence (flag `OUT_OF_SEQUENCE`). */
  readonly scheduleAdherence: Figure;
  /** Items that joined a promise after it was made, and promised items that left, over the planned scope. */
  readonly unbaselinedScope: Figure;
  readonly removedScope: Figure;
  /** Share of the promises of the last 365 days that were kept: by first promise, and by the last date. */
  readonly onTimeRate: Figure;
  readonly onTimeRateLast: Figure;
}

/** A release by sprints (metrics.md 1.5): a familiar summary without uncertainty; dates come from the forecast. */
export interface AgileSummary {
  /** Id and name of the milestone that decides. */
  readonly milestone: string;
  readonly name: string;
  /** In the unit of the figure: promised at first, come in since, and delivered of both. */
  readonly planned: number;
  readonly added: number;
  readonly done: number;
  readonly plannedSprints: number;
  readonly doneSprints: number;
  /** Part that should be complete by the sprints, above 1 after the last of them, and part that is. */
  readonly expectedComplete: number;
  readonly actualComplete: number;
  readonly spi: number;
  /** Sprints that all of it takes at the rate so far; null while nothing is done. */
  readonly sprintsNeeded: number | null;
  /** Ids of the sprints that are done, oldest first: all stands as of the end of the last. */
  readonly sprints: readonly SprintId[];
}

export interface VelocityRange {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** How a project that plans by sprints goes; null with the reason as a flag in all others. */
export interface AgileFigures {
  /** Of the last six sprints of the main board; never for dates. */
  readonly velocity: Figure<VelocityRange>;
  readonly agileEvm: Figure<AgileSummary>;
}

/**
 * What the work has cost, and will have (metrics.md 6.3), in whole minor units; null with the reason as a flag without a
 * budget, and where nobody knows what was spent. Not every audience may see them.
 */
export interface CostFigures {
  /** Budget at completion. */
  readonly budget: Figure;
  /** By worklogs and rates, or by days of the team (`capacityCost`). */
  readonly actualCost: Figure;
  /** Logged hours over those of the team, since the first day of the budget. */
  readonly worklogCompleteness: Figure;
  /** Share of the hours that were booked after the end of the month of the work. */
  readonly lateBooked: Figure;
  /** Median, and mean, of the last six whole weeks. */
  readonly burnPerWeek: Figure;
  readonly burnMeanPerWeek: Figure;
  /** Below 0 when it was overspent; null when nothing is being spent. */
  readonly runwayWeeks: Figure;
  readonly budgetEndsOn: Figure<Day>;
  /** What is earned over what was spent: earned is the budget times `paidWorkDone`. */
  readonly cpi: Figure;
  /** Null below a fifth of the work: then only the range is told. */
  readonly costAtCompletion: Figure;
  readonly costAtCompletionLow: Figure;
  readonly costAtCompletionHigh: Figure;
  readonly costToComplete: Figure;
  readonly varianceAtCompletion: Figure;
  /** Part of the planned work that is done, of what was not done yet on the first day of the budget. */
  readonly paidWorkDone: Figure;
  /** Part of the money that is spent minus part of the work that is done (flag `SPEND_AHEAD` above 0.10). */
  readonly spendAhead: Figure;
  /** That all that is promised is done before the money ends. */
  readonly budgetChance: Figure;
}

/** The AgileEVM summary in money (metrics.md 1.5), where the budget is for its milestone; cost figures, too. */
export interface AgileCostFigures {
  readonly agileCpi: Figure;
  /** Null below a fifth of the work. */
  readonly agileCostAtCompletion: Figure;
}

/** How change reaches the users of the project's service (metrics.md 5.2), and what ties it to the work items. */
export interface DeliveryFigures {
  readonly deploymentsPerWeek: Figure;
  readonly deploymentDaysPerWeek: Figure;
  /** Runs that never reached the users: outside all rates. */
  readonly failedAttempts: Figure;
  /** From the first commit of a change to its users: median and 85th percentile. */
  readonly changeLeadTimeHours: Figure;
  readonly changeLeadTimeP85Hours: Figure;
  readonly mergeToDeployHours: Figure;
  readonly changeFailRate: Figure;
  readonly recoveryHours: Figure;
  /** Of all incidents, those that no deployment is blamed for included: for operations, no delivery metric. */
  readonly timeToRestoreHours: Figure;
  readonly reworkRate: Figure;
  readonly changesWithoutItem: Figure;
  /** Pull requests that nobody else looked at, and commits pushed without one; null without any pull request. */
  readonly changesWithoutReview: Figure;
  readonly changesNotReleased: Figure;
  readonly itemsWithoutChange: Figure;
  /** Delivered, as the tickets say, with a change that no deployment has brought yet. */
  readonly itemsNotReleased: Figure;
  readonly commitmentToUsersDays: Figure;
}

/** All figures of one project: one interface a group, each made by its own folder. */
export type Figures = FlowFigures & ValueFigures & AgileFigures & CostFigures & AgileCostFigures & DeliveryFigures;
