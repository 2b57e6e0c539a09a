import type { ForecastDates } from '../../metrics/milestone-figures.ts';
import type { Percentiles } from '../../metrics/figures.ts';
import type { ProjectId } from '../../model/ids.ts';
import type { Day } from '../../time/day.ts';
import type { Instant } from '../../time/instant.ts';
import type { StretchLine, WorseLine } from '../delivery-report.ts';
import type { SprintUnit } from '../sprint-review-report.ts';
import type { TeamLine } from '../team-line.ts';

/** What every chart says of itself. Charts are reports: plain data, their words stand in the template of their kind. */
interface About {
  readonly project: { readonly id: ProjectId; readonly name: string };
  readonly asOf: Instant;
  readonly zone: string;
  /** The day of as-of where the project is. */
  readonly today: Day;
}

/** Work of one milestone over time, and where its forecast leads. */
export interface BurnUpChart extends About {
  readonly kind: 'chart-burn-up';
  readonly milestone: string;
  readonly dueOn: Day | null;
  /** Items in it and items done, at the end of each of these days, oldest first; the last one is as-of. */
  readonly course: readonly { readonly on: Day; readonly scope: number; readonly done: number }[];
  readonly forecast: ForecastDates | null;
  readonly noForecast: string | null;
  /** The team to know of; left out where none stands out. */
  readonly team?: TeamLine;
  readonly historyWeeks: number;
  readonly openItems: number;
  readonly doneItems: number;
  /** Chance of the date in force, 0 to 1; null without a date or a forecast that may judge. */
  readonly chance: number | null;
  /** Working days from the date in force to the day of even odds, + = late; null without either. */
  readonly lateWorkingDays: number | null;
}

/** The promised day of one milestone from the first promise on: a point a change, and one for the last report. */
export interface PromiseLine {
  readonly name: string;
  readonly points: readonly { readonly reportedOn: Day; readonly on: Day }[];
  readonly finishedOn: Day | null;
  /** The day of the finish, else the last one that was promised. */
  readonly leadsTo: Day;
  /** Signed working days from the first promise to the date in force or the finish, + = late. */
  readonly slip: number | null;
  readonly replans: number;
}

/** Milestone trend: on which day was which day promised. What slips rises. */
export interface MilestoneTrendChart extends About {
  readonly kind: 'chart-milestone-trend';
  /** By the day that they lead to. */
  readonly lines: readonly PromiseLine[];
  /** How many more there are, for want of room. */
  readonly more: number;
  /** The one that slipped most; null when none is late. */
  readonly worst: PromiseLine | null;
}

export interface CycleTimeChart extends About {
  readonly kind: 'chart-cycle-time';
  readonly from: Day;
  /** `count` items that were finished on a day and took so many days. */
  readonly points: readonly { readonly on: Day; readonly days: number; readonly count: number }[];
  readonly percentiles: Percentiles;
  readonly n: number;
  readonly longest: number;
}

export interface CumulativeFlowChart extends About {
  readonly kind: 'chart-cumulative-flow';
  /** From right to left of the board: what stands in `done` first; the last is what waits. Never empty. */
  readonly bands: readonly {
    /** Columns that are one band here, from left to right; `created`, `started`, `done` are codes. */
    readonly stages: readonly string[];
    /** Items in it at the end of each week; of the last stage those that entered it since the first week. */
    readonly counts: readonly number[];
  }[];
  /** The last day of each week, oldest first. */
  readonly weeks: readonly Day[];
  readonly arrived: number;
  readonly finished: number;
  /** Begun and not finished, at the first and the last week. */
  readonly inProgress: { readonly before: number; readonly now: number };
  /** Not begun, at the last week. */
  readonly waiting: number;
}

export interface BurndownChart extends About {
  readonly kind: 'chart-burndown';
  readonly sprint: string;
  readonly unit: SprintUnit;
  readonly isOver: boolean;
  readonly endOn: Day;
  /** Every working day from the start to the planned end, or beyond it as long as the sprint ran; `left` is null ahead of as-of. */
  readonly days: readonly { readonly on: Day; readonly ideal: number; readonly left: number | null }[];
  readonly atStart: number;
  readonly left: number;
  /** Above the ideal line, in the same unit; below 0 = ahead of it. */
  readonly behind: number;
  /** What is left at the planned end at even odds and with 85 %; null where there is nothing to forecast. */
  readonly outlook: { readonly leftAtP50: number; readonly leftAtP85: number } | null;
}

/** How often a service was deployed, four weeks a column, how many of them failed, and how long its changes took. */
export interface DeliveryTrendChart extends About {
  readonly kind: 'chart-delivery-trend';
  readonly service: string;
  /** Oldest first; never empty, the last one ends with as-of. */
  readonly stretches: readonly StretchLine[];
  /** Where the newest is surely worse than the three before it; null where it is not. */
  readonly worst: WorseLine | null;
  /** Deployments a week over the last 90 days; null for a service that is too young. */
  readonly perWeek: number | null;
  readonly medianLeadTimeHours: number | null;
}

export type Chart =
  | BurnUpChart
  | MilestoneTrendChart
  | CycleTimeChart
  | CumulativeFlowChart
  | BurndownChart
  | DeliveryTrendChart;
