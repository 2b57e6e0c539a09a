import type { Thresholds } from '../model/thresholds.ts';
import type { ProjectHistory } from '../model/project.ts';
import type { Calendar } from '../time/calendar.ts';
import type { Instant } from '../time/instant.ts';

/** What a backtest of a project is made from: the same figures, asked on its past. Nothing after `asOf` is looked at. */
export interface BacktestInput {
  readonly history: ProjectHistory;
  readonly calendar: Calendar;
  readonly asOf: Instant;
  readonly thresholds: Thresholds;
}

/** A share with Wilson's 95 % interval (metrics.md 0.2); null when there was nothing to count. */
export type Interval = readonly [number, number] | null;

/**
 * The risk signal on the past (metrics.md 4.3), made by `backtestRisk(input: BacktestInput): RiskTest`. What the data
 * cannot carry is null, and `reason` is a code that says why; null when all is there.
 */
export interface RiskTest {
  readonly auc: number | null;
  /** By items, of which each was judged on many Mondays. */
  readonly aucInterval: Interval;
  readonly precision: number | null;
  readonly precisionInterval: Interval;
  readonly recall: number | null;
  readonly recallInterval: Interval;
  readonly brier: number | null;
  /** Matured judgements, and how many of them ended late against the first commitment. */
  readonly n: number;
  readonly late: number;
  readonly reason: string | null;
  /** What lies behind the scores; left out while there are none. */
  readonly detail?: RiskDetail;
}

/** How a scorecard did on some judgements; a part without cases is null. */
export interface RiskMoment {
  readonly n: number;
  readonly late: number;
  readonly auc: number | null;
  /** By items, of which each was judged on many Mondays. */
  readonly aucInterval: Interval;
  readonly brier: number | null;
  readonly precision: number | null;
  readonly precisionInterval: Interval;
  readonly recall: number | null;
  readonly recallInterval: Interval;
}

export interface RiskDetail {
  /** Share of late judgements, and the Brier score of who always says that share. */
  readonly baseRate: number;
  readonly brierOfBaseRate: number;
  /** How many times as often as all, the tenth with the highest chances was late. */
  readonly lift: number | null;
  /** The project's own weights had won by then. */
  readonly isOwn: boolean;
  /** Called late from a chance of 0.5 on. */
  readonly atEvenOdds: RiskMoment;
  /** The weights that the program comes with, and those fitted to the project's earlier promises. */
  readonly usual: RiskMoment;
  readonly own: RiskMoment;
  /** Asked once an item, on the Monday after its promise; and only when it had been promised for four weeks. */
  readonly firstMonday: RiskMoment;
  readonly afterFourWeeks: RiskMoment;
}

/** The alerts that would have been raised (metrics.md 4.5), made by `backtestAlerts(input: BacktestInput): AlertTest`. */
export interface AlertTest {
  readonly precision: number | null;
  readonly precisionInterval: Interval;
  readonly recall: number | null;
  readonly recallInterval: Interval;
  /** Working days from the alert to the promised date, over the alerts that were right. */
  readonly medianNoticeWorkingDays: number | null;
  /** Alerts that would have been raised and whose outcome is known, and how many were right. */
  readonly raised: number;
  readonly right: number;
  readonly reason: string | null;
}

/** How one forecaster did at one horizon: means within a series first, then over the series (metrics.md 3.6). */
export interface ForecastScores {
  /** Share of the statements at even odds, and at 85 %, that held. A perfect model of counts is slightly above. */
  readonly p50Hit: number | null;
  readonly p50Interval: Interval;
  readonly p85Hit: number | null;
  readonly p85Interval: Interval;
  /** Pinball loss of the 85 % statement (level 0.15), and CRPS, in parts of the series' mean times the horizon. */
  readonly pinball: number | null;
  readonly crps: number | null;
}

export type RivalName = 'weekly-26' | 'daily-84';

export interface HorizonTest extends ForecastScores {
  readonly weeks: number;
  /** Matured forecasts at this horizon. */
  readonly n: number;
  /** The forecaster with its adaptive layer (metrics.md 3.5) over the same origins. */
  readonly adaptive: ForecastScores;
  readonly rivals: Readonly<Record<RivalName, ForecastScores>>;
  /** Why the values are null: `tooFewWeeks`; null when they are not. */
  readonly reason: string | null;
}

/** The forecast part of a backtest: of one series, or averaged over several. */
export interface ForecastTest {
  /** Weeks at which a forecast was made, over all series. */
  readonly origins: number;
  readonly horizons: readonly HorizonTest[];
}

/** The answer of `vigie backtest` (calculations.md). */
export interface Backtest extends ForecastTest {
  readonly series?: Readonly<Record<string, ForecastTest>>;
  readonly risk?: RiskTest;
  readonly alerts?: AlertTest;
  /** Dates of milestones: as the project has set them to be forecast, and from the open items alone. */
  readonly milestoneDates?: { readonly asSet: MilestoneDatesTest; readonly openItemsAlone: MilestoneDatesTest };
}

/** How the dates of milestones would have turned out: each milestone weighs the same, however long it was open. */
export interface MilestoneDatesTest {
  readonly milestones: number;
  readonly forecasts: number;
  /** Mean share of the dates told with even odds, and with 85 %, that held; null where none is over. */
  readonly p50Hit: number | null;
  readonly p85Hit: number | null;
  /** Milestones with such dates that are over. */
  readonly p85Milestones: number;
  /** Sum over the 52 weeks ahead of (chance of being done - done)^2, in weeks; 0 is perfect (metrics.md 3.6, "when"). */
  readonly crps: number | null;
  /** Forecasts without a date, since scope grew as fast as it was finished, or the date was beyond 260 weeks. */
  readonly undated: number;
}
