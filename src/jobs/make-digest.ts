import { forecastRecords } from '../core/backtest/published.ts';
import type { ForecastRecord } from '../core/backtest/published.ts';
import { placeOf } from '../config/place.ts';
import type { ProjectId } from '../core/model/ids.ts';
import { projectPlan } from '../core/dependencies/project-plan.ts';
import type { ProjectPlan } from '../core/dependencies/plan.ts';
import { buildPortfolioDigest } from '../core/reports/portfolio-digest.ts';
import type { PortfolioEntry, PortfolioInput } from '../core/reports/portfolio-input.ts';
import type { PortfolioDigest } from '../core/reports/portfolio-report.ts';
import type { Chart } from '../core/reports/charts/chart.ts';
import { buildDeliveryTrend } from '../core/reports/charts/delivery-trend.ts';
import { digestCharts, reviewCharts } from '../core/reports/charts/digest-charts.ts';
import { recentCycleTimes } from '../core/metrics/flow/cycle-time.ts';
import { planCurveOf } from '../core/metrics/value/plan-curve.ts';
import type { PlanCurve } from '../core/metrics/value/plan-curve.ts';
import { createRandom } from '../lib/random.ts';
import { withDistinctMilestones } from '../core/metrics/milestones/distinct-milestones.ts';
import { buildProgrammeDigest } from '../core/reports/programme-digest.ts';
import { buildProjectDigest } from '../core/reports/project-digest.ts';
import type { AnyReport } from '../core/reports/any-report.ts';
import type { ProgrammeDigest, ProjectDigest } from '../core/reports/report.ts';
import { buildComplianceReport } from '../core/reports/compliance.ts';
import type { ComplianceReport } from '../core/reports/compliance.ts';
import { buildDeliveryReport } from '../core/reports/delivery.ts';
import { buildSprintReview } from '../core/reports/sprint-review.ts';
import { createCalendar } from '../core/time/calendar.ts';
import type { Instant } from '../core/time/instant.ts';
import { toldMilestones } from '../core/reports/told-milestones.ts';
import { listDigestNotes } from '../store/digest-notes.ts';
import { listPublished } from '../store/forecasts.ts';
import { lastSent } from '../store/outbox.ts';
import type { JobContext } from './context.ts';
import { itemUrls } from './item-urls.ts';
import { measureProject } from './measuring/measure-project.ts';
import { slotAt, usualSince } from './digest-target.ts';
import type { DigestTarget } from './digest-target.ts';

/** The digest of a target at an instant: from the last one that was posted, or from the due time before. */
export async function makeDigest(context: JobContext, target: DigestTarget, asOf: Instant): Promise<AnyReport> {
  return (await make(context, target, { asOf, isToBePublished: false })).report;
}

/** A digest as readers see it, with its pictures, and the forecasts that it tells: they are kept, to be held against what happens. */
export interface PublishableDigest {
  readonly report: AnyReport;
  readonly forecasts: readonly ForecastRecord[];
  /** What is shown in the thread. */
  readonly charts: readonly Chart[];
}

export async function makeDigestToPublish(
  context: JobContext,
  target: DigestTarget,
  asOf: Instant,
): Promise<PublishableDigest> {
  return make(context, target, { asOf, isToBePublished: true });
}

interface Asked {
  readonly asOf: Instant;
  readonly isToBePublished: boolean;
}

async function make(context: JobContext, target: DigestTarget, asked: Asked): Promise<PublishableDigest> {
  if (target.report === 'sprint-review') return sprintReview(context, target, asked.asOf);
  if (target.report === 'delivery') return deliveryReport(context, target, asked.asOf);
  const since = await digestSince(context, target, asked.asOf);
  if (target.report === 'compliance')
    return {
      report: await complianceReport(context, target, { asOf: asked.asOf, since }),
      forecasts: [],
      charts: [],
    };
  if (target.report === 'project-digest') {
    const made = await projectDigest(context, target.subject, { ...asked, since, target });
    return { ...made, charts: asked.isToBePublished ? made.charts() : [] };
  }
  if (target.report === 'portfolio-digest')
    return { ...(await portfolioDigest(context, { ...asked, since, target })), charts: [] };
  return { ...(await programmeDigest(context, { ...asked, since, target })), charts: [] };
}

/** Start of the period that a digest of a target tells at an instant: the end of that of the one before it. */
export async function digestSince({ db }: JobContext, target: DigestTarget, asOf: Instant): Promise<Instant> {
  const usual = usualSince(target, asOf);
  if (target.channel === null) return usual;
  const { report, subject: project, channel } = target;
  const last = await lastSent(db, { report, project, channel, beforeSlot: slotAt(target, asOf).at });
  // A period begins where the last one ended, so that nothing falls between two digests.
  return last?.asOf !== null && last?.asOf !== undefined && last.asOf < asOf ? Math.min(last.asOf, usual) : usual;
}

/** What a report is asked to tell. */
export interface Period extends Asked {
  readonly since: Instant;
  readonly target: DigestTarget;
}

async function projectDigest(
  context: JobContext,
  id: ProjectId,
  { asOf, since, target, isToBePublished }: Period,
): Promise<MadeProject> {
  const [now, before] = await measureProject(context, id, [asOf, since]);
  const report = buildProjectDigest({
    view: now!.view,
    metrics: now!.metrics,
    previous: before!,
    since,
    zone: target.zone,
    thresholds: context.config.thresholds,
    urlOf: itemUrls(context, id),
    published: await listPublished(context.db, id, asOf),
    notes: await listDigestNotes(context.db, id, { since, until: asOf }),
  });
  if (report.honesty?.isOff)
    context.log.warn({ project: id, ...report.honesty.p85 }, 'published dates held too often or too seldom');
  const plan = () =>
    projectPlan({
      view: now!.view,
      metrics: withDistinctMilestones(now!.metrics),
      since,
      deciding: report.health.about?.id ?? null,
      withForecasts: true,
    });
  const forecasts = isToBePublished ? forecastRecords(now!.view, toldMilestones(report)) : [];
  const { view } = now!;
  const charts = () => digestCharts({ ...now!, zone: target.zone, thresholds: context.config.thresholds }, report);
  return { report, forecasts, charts, plan, curve: () => planCurveOf(view), cycleTimes: () => recentCycleTimes(view) };
}

interface MadeProject {
  readonly report: ProjectDigest;
  readonly forecasts: readonly ForecastRecord[];
  readonly charts: () => readonly Chart[];
  /** What others depend on; asked for while the history is at hand. */
  readonly plan: () => ProjectPlan;
  /** What is added up over projects. */
  readonly curve: () => PlanCurve | null;
  readonly cycleTimes: () => readonly number[];
}

async function programmeDigest(
  context: JobContext,
  period: Period,
): Promise<{ readonly report: ProgrammeDigest; readonly forecasts: readonly ForecastRecord[] }> {
  const { target, asOf, since } = period;
  const programme = context.config.programmes[target.subject]!;
  const projects: ProjectDigest[] = [];
  const forecasts: ForecastRecord[] = [];
  // One after the other: a history is let go before the next is loaded.
  for (const id of programme.projects) {
    const made = await projectDigest(context, id, period);
    projects.push(made.report);
    // A programme names the milestone that decides, and no other.
    forecasts.push(...made.forecasts.filter(({ milestone }) => milestone === made.report.health.about?.id));
  }
  const report = buildProgrammeDigest({
    programme: { id: target.subject, name: programme.name },
    asOf,
    since,
    zone: target.zone,
    projects,
  });
  return { report, forecasts };
}

/** The review of the sprint that the target names, or of the one that was closed last. */
async function sprintReview(context: JobContext, target: DigestTarget, asOf: Instant): Promise<PublishableDigest> {
  const [now] = await measureProject(context, target.subject, [asOf]);
  const input = { ...now!, zone: target.zone, thresholds: context.config.thresholds };
  const report = buildSprintReview({
    ...input,
    sprint: target.sprint ?? null,
    urlOf: itemUrls(context, target.subject),
  });
  return { report, forecasts: [], charts: reviewCharts(input, report) };
}

async function deliveryReport(context: JobContext, target: DigestTarget, asOf: Instant): Promise<PublishableDigest> {
  const [now] = await measureProject(context, target.subject, [asOf]);
  const input = {
    ...now!,
    zone: target.zone,
    thresholds: context.config.thresholds,
    urlOf: itemUrls(context, target.subject),
  };
  const chart = buildDeliveryTrend(input);
  return { report: buildDeliveryReport(input), forecasts: [], charts: chart === null ? [] : [chart] };
}

/** All programmes, and all projects, on one screen. */
async function portfolioDigest(
  context: JobContext,
  period: Period,
): Promise<{ readonly report: PortfolioDigest; readonly forecasts: readonly ForecastRecord[] }> {
  const { input, forecasts } = await portfolioInput(context, period);
  return { report: buildPortfolioDigest(input), forecasts };
}

/** What a portfolio digest is made from, and what explains it: every project measured, one after the other. */
export async function portfolioInput(
  context: JobContext,
  period: Period,
): Promise<{ readonly input: PortfolioInput; readonly forecasts: readonly ForecastRecord[] }> {
  const { config } = context;
  const { target, asOf, since } = period;
  const projects: PortfolioEntry[] = [];
  const forecasts: ForecastRecord[] = [];
  for (const id of Object.keys(config.projects)) {
    const made = await projectDigest(context, id, period);
    const entry = { digest: made.report, plan: made.plan(), curve: made.curve(), cycleTimes: made.cycleTimes() };
    projects.push(entry);
    forecasts.push(...made.forecasts.filter(({ milestone }) => milestone === made.report.health.about?.id));
  }
  const input: PortfolioInput = {
    asOf,
    since,
    zone: target.zone,
    calendar: createCalendar({ zone: target.homeZone, ...placeOf(config).calendar }),
    thresholds: config.thresholds,
    programmes: Object.entries(config.programmes).map(([id, { name, projects: ids }]) => ({ id, name, projects: ids })),
    projects,
    urlOf: (project, key) => itemUrls(context, project)(key),
    createRandom,
  };
  return { input, forecasts };
}

async function complianceReport(
  context: JobContext,
  target: DigestTarget,
  { asOf, since }: Pick<Period, 'asOf' | 'since'>,
): Promise<ComplianceReport> {
  const [now, before] = await measureProject(context, target.subject, [asOf, since]);
  return buildComplianceReport({
    ...now!,
    previous: before!.metrics,
    zone: target.zone,
    thresholds: context.config.thresholds,
    urlOf: itemUrls(context, target.subject),
  });
}
