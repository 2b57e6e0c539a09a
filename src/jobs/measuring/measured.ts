import { withProjects } from '../../config/with-projects.ts';
import type { ChartName } from '../../core/reports/charts/build-chart.ts';
import type { Chart } from '../../core/reports/charts/chart.ts';
import type { PortfolioExplanation } from '../../core/explain/explain-portfolio.ts';
import type { ProjectId } from '../../core/model/ids.ts';
import type { AnyReport } from '../../core/reports/any-report.ts';
import type { Instant } from '../../core/time/instant.ts';
import { openZone } from '../../core/time/zone.ts';
import type { JobContext } from '../context.ts';
import { targetFor } from '../digest-target.ts';
import { explainWholePortfolio } from '../explain-portfolio.ts';
import { explainProject } from '../explain-project.ts';
import { makeChart } from '../make-chart.ts';
import { makeDigest, makeDigestToPublish } from '../make-digest.ts';
import { makeForecast } from './make-forecast.ts';
import { buildSheetAt, makeSheet } from './make-sheet.ts';
import { newestInstant } from './sheet-state.ts';

/** What is asked about a project at an instant; null is now. */
interface About {
  readonly project: ProjectId;
  readonly asOf: Instant | null;
}

/** Where the reader is, by name. */
interface Read {
  readonly zone: string;
}

/**
 * What is made from whole histories: seconds of work where there are many thousand items. Plain data goes in and plain data
 * comes out, so that another thread than the one that acknowledges what people ask can make it.
 */
const measurings = {
  sheet: (context: JobContext, { project }: Pick<About, 'project'>) => makeSheet(context, project),

  sheetAt: (context: JobContext, { project, asOf }: About & { readonly asOf: Instant }) =>
    buildSheetAt(context, project, asOf),

  forecast: makeForecast,

  async explanation(context: JobContext, { project, asOf, asked }: About & { readonly asked: string | null }) {
    const at = asOf ?? (await newestInstant(context, project));
    return explainProject(context, project, { asked, asOf: at, isNow: asOf === null });
  },

  async chart(
    context: JobContext,
    { project, asOf, zone, name }: About & Read & { readonly name: ChartName },
  ): Promise<Chart | null> {
    const at = asOf ?? (await newestInstant(context, project));
    return makeChart(context, project, { name, about: null, asOf: at, zone: openZone(zone) });
  },

  /** With its pictures; the forecasts in it are those of its channel's digest. */
  async projectDigest(
    context: JobContext,
    { project, asOf, zone }: About & Read,
  ): Promise<{ readonly report: AnyReport; readonly charts: readonly Chart[] }> {
    const target = targetFor(context.config, 'project-digest', project);
    const at = asOf ?? (await newestInstant(context, project));
    const { report, charts } = await makeDigestToPublish(context, { ...target, zone: openZone(zone) }, at);
    return { report, charts };
  },

  portfolioExplanation(
    context: JobContext,
    {
      projects,
      asOf,
      zone,
      asked,
    }: Read & { readonly projects: readonly ProjectId[]; readonly asOf: Instant; readonly asked: string | null },
  ): Promise<PortfolioExplanation | null> {
    const config = withProjects(context.config, new Set(projects));
    return explainWholePortfolio({ ...context, config }, { asked, asOf, zone: openZone(zone) });
  },

  portfolioDigest(
    context: JobContext,
    { projects, asOf, zone }: Read & { readonly projects: readonly ProjectId[]; readonly asOf: Instant },
  ): Promise<AnyReport> {
    const config = withProjects(context.config, new Set(projects));
    return makeDigest(
      { ...context, config },
      { ...targetFor(context.config, 'portfolio-digest', 'portfolio'), zone: openZone(zone) },
      asOf,
    );
  },
};

type Measurings = typeof measurings;
export type MeasuringName = keyof Measurings;
type AskOf<Name extends MeasuringName> = Parameters<Measurings[Name]>[1];
type Made<Name extends MeasuringName> = Awaited<ReturnType<Measurings[Name]>>;

/** Made where the context has such things made: in another thread, or else here. */
export async function measured<Name extends MeasuringName>(
  context: JobContext,
  name: Name,
  ask: AskOf<Name>,
): Promise<Made<Name>> {
  return (await (context.elsewhere?.(name, ask) ?? makeHere(context, name, ask))) as Made<Name>;
}

export function makeHere(context: JobContext, name: MeasuringName, ask: unknown): Promise<unknown> {
  const make = measurings[name] as (context: JobContext, ask: unknown) => Promise<unknown>;
  return make(context, ask);
}
