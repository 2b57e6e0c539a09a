import type { ProjectId } from '../../core/model/ids.ts';
import { buildChart } from '../../core/reports/charts/build-chart.ts';
import type { Chart } from '../../core/reports/charts/chart.ts';
import type { ForecastQuestion } from '../../core/reports/project-forecast.ts';
import { tellForecast } from '../../core/reports/told-forecast.ts';
import type { ToldForecast } from '../../core/reports/told-forecast.ts';
import type { Instant } from '../../core/time/instant.ts';
import { openZone } from '../../core/time/zone.ts';
import type { JobContext } from '../context.ts';
import { itemUrls } from '../item-urls.ts';
import { measureProject } from './measure-project.ts';
import { newestInstant } from './sheet-state.ts';

export interface ForecastAsk extends ForecastQuestion {
  readonly project: ProjectId;
  /** Null is now. */
  readonly asOf: Instant | null;
  /** Where the reader is. */
  readonly zone: string;
}

export interface MadeForecast extends ToldForecast {
  /** The burn-up of what was asked about; null where a day or a number was, or nothing can be shown. */
  readonly chart: Chart | null;
}

/** Null when no milestone is called so. */
export async function makeForecast(
  context: JobContext,
  { project, asOf, zone, ...question }: ForecastAsk,
): Promise<MadeForecast | null> {
  const [measured] = await measureProject(context, project, [asOf ?? (await newestInstant(context, project))]);
  const { thresholds } = context.config;
  const input = { ...measured!, zone: openZone(zone), thresholds, urlOf: itemUrls(context, project) };
  const told = tellForecast(input, question);
  if (told === null) return null;
  const isOfPace = question.by !== null || question.items !== null;
  return { ...told, chart: isOfPace ? null : buildChart('burn-up', input, question.milestone) };
}
