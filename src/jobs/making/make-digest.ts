import type { ForecastRecord } from '../../core/backtest/published.ts';
import { withProjects } from '../../config/with-projects.ts';
import { placeOf } from '../../config/place.ts';
import type { ProjectId } from '../../core/model/ids.ts';
import { buildPortfolioDigest } from '../../core/reports/portfolio-digest.ts';
import type { PortfolioEntry, PortfolioInput } from '../../core/reports/portfolio-input.ts';
import type { PortfolioDigest } from '../../core/reports/portfolio-report.ts';
import type { Chart } from '../../core/reports/charts/chart.ts';
import { buildDeliveryTrends } from '../../core/reports/charts/delivery-trend.ts';
import { reviewCharts } from '../../core/reports/charts/digest-charts.ts';
import { createRandom } from '../../lib/random.ts';
import { withHeapByCount } from '../../lib/small-heap.ts';
import { buildProgrammeDigest } from '../../core/reports/programme-digest.ts';
import type { AnyReport } from '../../core/reports/any-report.ts';
import type { ProjectDigest } from '../../core/reports/project-report.ts';
import type { ProgrammeDigest } from '../../core/reports/programme-digest.ts';
import { buildComplianceReport } from '../../core/reports/compliance.ts';
import type { ComplianceReport } from '../../core/reports/compliance.ts';
import { buildDeliveryReport } from '../../core/reports/delivery.ts';
import { buildSprintReview } from '../../core/reports/sprint-review.ts';
import { createCalendar } from '../../core/time/calendar.ts';
import type { Instant } from '../../core/time/instant.ts';
import type { JobContext } from '../context.ts';
import { itemUrls } from '../item-urls.ts';
import { measureProject } from './measure-project.ts';
import { readerZone } from '../targets/digest-target.ts';
import type { DigestTarget } from '../targets/digest-target.ts';
import { forReader } from '../targets/for-reader.ts';
import { digestSince } from './digest-since.ts';
import { readEntry } from './entries.ts';
import { tellProject } from './tell-project.ts';
import type { MadeProject } from './tell-project.ts';

/** The digest of a target at an instant: from the last one that was posted, or from the due time before. */
export async function makeDigest(context: JobContext, target: DigestTarget, asOf: Instant): Promise<AnyReport> {
  return (await make(context, target, { asOf, isToBePublished: false })).report;
}

/** A digest as readers see it, with its pictures. */
export interface ShownDigest {
  readonly report: AnyReport;
  /** What is shown in the thread. */
  readonly charts: readonly Chart[];
}

/** With the forecasts that it tells: they are kept, to be held against what happens. */
export interface PublishableDigest extends ShownDigest {
  readonly forecasts: readonly ForecastRecord[];
}

/** The digest of a project or of the portfolio as of now: from what was made ahead of being asked for, where that is newest. */
export async function makeDigestNow(context: JobContext, target: DigestTarget): Promise<ShownDigest> {
  const asOf = context.clock.now();
  if (target.report !== 'project-digest') return make(context, target, { asOf, isToBePublished: false, isNow: true });
  const since = await digestSince(context, target, asOf);
  const kept = await readEntry(context, target.subject, { since, isRolling: target.schedule === null });
  if (kept === null) return makeDigestToPublish(context, target, asOf);
  const zone = readerZone(target).name;
  const report = forReader(context, target, { ...kept.entry.digest, zone });
  return { report, charts: kept.charts.map((chart) => ({ ...chart, zone })) };
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
  /** What was made ahead of being asked for will do. */
  readonly isNow?: boolean;
}

async function make(context: JobContext, target: DigestTarget, asked: Asked): Promise<PublishableDigest> {
  const made = await makeForAll(context, target, asked);
  return { ...made, report: forReader(context, target, made.report) };
}

async function makeForAll(context: JobContext, target: DigestTarget, asked: Asked): Promise<PublishableDigest> {
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
    const { report, forecasts } = made;
    return { report, forecasts, charts: asked.isToBePublished ? made.charts() : [] };
  }
  if (target.report === 'portfolio-digest')
    return { ...(await portfolioDigest(context, { ...asked, since, target })), charts: [] };
  return { ...(await programmeDigest(context, { ...asked, since, target })), charts: [] };
}

/** What a report is asked to tell. */
export interface Period extends Asked {
  readonly since: Instant;
  readonly target: DigestTarget;
}

async function projectDigest(context: JobContext, id: ProjectId, period: Period): Promise<MadeProject> {
  const { asOf, since } = period;
  return withHeapByCount(async (count) => {
    const [now, before] = await measureProject(context, id, [asOf, since]);
    count(now!.view.items.length);
    return tellProject(context, id, { ...period, now: now!, before: before!, zone: readerZone(period.target) });
  });
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
    zone: readerZone(target),
    projects,
  });
  return { report, forecasts };
}

/** The review of the sprint that the target names, or of the one that was closed last. */
async function sprintReview(context: JobContext, target: DigestTarget, asOf: Instant): Promise<PublishableDigest> {
  const [now] = await measureProject(context, target.subject, [asOf]);
  const input = { ...now!, zone: readerZone(target), thresholds: context.config.thresholds };
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
    zone: readerZone(target),
    thresholds: context.config.thresholds,
    urlOf: itemUrls(context, target.subject),
  };
  return { report: buildDeliveryReport(input), forecasts: [], charts: buildDeliveryTrends(input) };
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
  const { target, asOf, since } = period;
  // A project is measured with all that it waits for, whoever reads: only what is added up depends upon that.
  const config = target.only ? withProjects(context.config, new Set(target.only)) : context.config;
  const projects: PortfolioEntry[] = [];
  const forecasts: ForecastRecord[] = [];
  for (const id of Object.keys(config.projects)) {
    const isRolling = target.schedule === null;
    const kept = period.isNow ? await readEntry(context, id, { since, isRolling }) : null;
    if (kept !== null) {
      projects.push(kept.entry);
      continue;
    }
    const made = await projectDigest(context, id, period);
    projects.push(made.entry());
    forecasts.push(...made.forecasts.filter(({ milestone }) => milestone === made.report.health.about?.id));
  }
  const input: PortfolioInput = {
    asOf,
    since,
    zone: readerZone(target),
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
    zone: readerZone(target),
    thresholds: context.config.thresholds,
    urlOf: itemUrls(context, target.subject),
  });
}
