import type { ChartName } from '../../core/reports/charts/chart-names.ts';
import type { Chart } from '../../core/reports/charts/chart.ts';
import type { PortfolioExplanation } from '../../core/explain/explain-portfolio.ts';
import type { ProjectId } from '../../core/model/ids.ts';
import type { SheetAnswer } from '../../core/reports/project-sheet.ts';
import type { AnyReport } from '../../core/reports/any-report.ts';
import type { Instant } from '../../core/time/instant.ts';
import { openZone } from '../../core/time/zone.ts';
import type { Picture } from '../../render/document.ts';
import type { JobContext } from '../context.ts';
import { targetFor } from '../targets/digest-target.ts';
import type { DigestTarget } from '../targets/digest-target.ts';
import { explainWholePortfolio } from './explain-portfolio.ts';
import { explainProject } from './explain-project.ts';
import { drawAll } from './illustrate.ts';
import { makeChart } from './make-chart.ts';
import { makeDigestNow, makeDigestToPublish } from './make-digest.ts';
import type { ShownDigest } from './make-digest.ts';
import { makeForecast } from './make-forecast.ts';
import { makePart, makeSheet } from './make-sheet.ts';
import { measureAhead } from './measure-ahead.ts';
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

/** What is asked about some of the projects: those that the asker may see. */
interface OfProjects extends Read {
  readonly projects: readonly ProjectId[];
  readonly asOf: Instant | null;
}

function digestAt(context: JobContext, target: DigestTarget, asOf: Instant | null): Promise<ShownDigest> {
  return asOf === null ? makeDigestNow(context, target) : makeDigestToPublish(context, target, asOf);
}

/**
 * What is made from whole histories, seconds of work where there are many thousand items, and what is drawn. Plain data
 * goes in and plain data comes out, so that another thread than the one that acknowledges what people ask can make it.
 */
const makings = {
  sheet: (context: JobContext, { project }: Pick<About, 'project'>) => makeSheet(context, project),

  partAt: (
    context: JobContext,
    { project, asOf, name }: About & { readonly asOf: Instant; readonly name: SheetAnswer },
  ) => makePart(context, project, { name, asOf }),

  /** Nothing but what whoever asks next will need: measured where it is kept for a while. */
  views: measureAhead,

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

  projectDigest(
    context: JobContext,
    { project, asOf, zone, readIn }: About & Read & { readonly readIn: string },
  ): Promise<ShownDigest> {
    const target = { ...targetFor(context.config, 'project-digest', project), readIn, reader: openZone(zone) };
    return digestAt(context, target, asOf);
  },

  async portfolioDigest(context: JobContext, { projects, asOf, zone }: OfProjects): Promise<AnyReport> {
    const usual = targetFor(context.config, 'portfolio-digest', 'portfolio');
    return (await digestAt(context, { ...usual, reader: openZone(zone), only: projects }, asOf)).report;
  },

  portfolioExplanation(
    context: JobContext,
    { projects, asOf, zone, asked }: OfProjects & { readonly asked: string | null },
  ): Promise<PortfolioExplanation | null> {
    const at = asOf ?? context.clock.now();
    const reader = openZone(zone);
    return explainWholePortfolio(context, { asked, asOf: at, isNow: asOf === null, reader, only: projects });
  },

  pictures: (
    context: JobContext,
    { charts, locale }: { readonly charts: readonly Chart[]; readonly locale: string },
  ): Promise<readonly Picture[]> => drawAll(context, charts, locale),

  /** The pixels of a picture; the library for them is loaded by who draws. */
  async png(_: JobContext, { svg }: Pick<Picture, 'svg'>): Promise<Uint8Array> {
    const { toPng } = await import('../../render/chart/to-png.ts');
    return toPng(svg);
  },
};

type Makings = typeof makings;
export type MakingName = keyof Makings;
type AskOf<Name extends MakingName> = Parameters<Makings[Name]>[1];
type Made<Name extends MakingName> = Awaited<ReturnType<Makings[Name]>>;

/** Made where the context has such things made: in another thread, or else here. */
export async function made<Name extends MakingName>(
  context: JobContext,
  name: Name,
  ask: AskOf<Name>,
): Promise<Made<Name>> {
  return (await (context.elsewhere?.(name, ask) ?? makeHere(context, name, ask))) as Made<Name>;
}

export function makeHere(context: JobContext, name: MakingName, ask: unknown): Promise<unknown> {
  const make = makings[name] as (context: JobContext, ask: unknown) => Promise<unknown>;
  return make(context, ask);
}
