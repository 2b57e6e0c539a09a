import { forecastRecords } from '../../core/backtest/published.ts';
import type { ForecastRecord } from '../../core/backtest/published.ts';
import { projectPlan } from '../../core/dependencies/project-plan.ts';
import { recentCycleTimes } from '../../core/metrics/flow/cycle-time.ts';
import { planCurveOf } from '../../core/metrics/value/plan-curve.ts';
import type { ProjectId } from '../../core/model/ids.ts';
import type { Chart } from '../../core/reports/charts/chart.ts';
import { digestCharts } from '../../core/reports/charts/digest-charts.ts';
import { withDistinctMilestones } from '../../core/metrics/milestones/distinct-milestones.ts';
import type { PortfolioEntry } from '../../core/reports/portfolio-input.ts';
import { buildProjectDigest } from '../../core/reports/project-digest.ts';
import type { ProjectDigest } from '../../core/reports/project-report.ts';
import { toldMilestones } from '../../core/reports/told-milestones.ts';
import type { Instant } from '../../core/time/instant.ts';
import type { Zone } from '../../core/time/zone.ts';
import { listDigestNotes } from '../../store/digest-notes.ts';
import { listPublished } from '../../store/forecasts.ts';
import type { JobContext } from '../context.ts';
import { itemUrls } from '../item-urls.ts';
import { laterDateOf } from './later-date-of.ts';
import type { Measured } from '../recent-views.ts';

/** A project at the two ends of a period. */
export interface TwoViews {
  readonly now: Measured;
  readonly before: Measured;
  readonly since: Instant;
  readonly zone: Zone;
  readonly isToBePublished: boolean;
}

export interface MadeProject {
  readonly report: ProjectDigest;
  readonly forecasts: readonly ForecastRecord[];
  readonly charts: () => readonly Chart[];
  /** What a portfolio is added up from; asked for while the history is at hand. */
  readonly entry: () => PortfolioEntry;
}

export async function tellProject(
  context: JobContext,
  id: ProjectId,
  { now, before, since, zone, isToBePublished }: TwoViews,
): Promise<MadeProject> {
  const { view, metrics } = now;
  const { thresholds } = context.config;
  const later = await laterDateOf(context, id, now);
  const report = buildProjectDigest({
    ...now,
    previous: before,
    since,
    zone,
    thresholds,
    urlOf: itemUrls(context, id),
    published: await listPublished(context.db, id, view.asOf),
    later,
    notes: await listDigestNotes(context.db, id, { since, until: view.asOf }),
  });
  if (report.honesty?.isOff)
    context.log.warn({ project: id, ...report.honesty.p85 }, 'published dates held too often or too seldom');
  return {
    report,
    forecasts: isToBePublished ? forecastRecords(view, toldMilestones(report)) : [],
    charts: () => digestCharts({ ...now, zone, thresholds }, report),
    entry: () => ({
      digest: report,
      plan: projectPlan({
        view,
        metrics: withDistinctMilestones(metrics),
        since,
        deciding: report.health.about?.id ?? null,
        withForecasts: true,
      }),
      curve: planCurveOf(view),
      cycleTimes: recentCycleTimes(view),
    }),
  };
}
