import { placeOf } from '../../config/place.ts';
import { buildChart, chartSubjects } from '../../core/reports/charts/build-chart.ts';
import type { ChartName } from '../../core/reports/charts/chart-names.ts';
import type { Chart } from '../../core/reports/charts/chart.ts';
import type { ChartInput } from '../../core/reports/charts/chart-input.ts';
import type { ProjectId } from '../../core/model/ids.ts';
import type { Instant } from '../../core/time/instant.ts';
import { openZone } from '../../core/time/zone.ts';
import type { Zone } from '../../core/time/zone.ts';
import type { JobContext } from '../context.ts';
import { measureProject } from './measure-project.ts';

export interface ChartQuestion {
  readonly name: ChartName;
  /** A milestone, a sprint; null for the one that matters now. */
  readonly about: string | null;
  readonly asOf: Instant;
  /** Where the reader is; where the project is when left out. */
  readonly zone?: Zone;
}

/** A chart of a project as it was known at an instant; null when there is nothing to show. */
export async function makeChart(context: JobContext, id: ProjectId, question: ChartQuestion): Promise<Chart | null> {
  return buildChart(question.name, await readInput(context, id, question), question.about);
}

/** What a chart may be about, by name; null for one about the whole project. */
export async function listChartSubjects(
  context: JobContext,
  id: ProjectId,
  question: Pick<ChartQuestion, 'name' | 'asOf'>,
): Promise<readonly string[] | null> {
  return chartSubjects(question.name, await readInput(context, id, question));
}

async function readInput(
  context: JobContext,
  id: ProjectId,
  { asOf, zone }: Pick<ChartQuestion, 'asOf' | 'zone'>,
): Promise<ChartInput> {
  const [measured] = await measureProject(context, id, [asOf]);
  const { config } = context;
  return {
    ...measured!,
    zone: zone ?? openZone(placeOf(config, config.projects[id]).zone),
    thresholds: config.thresholds,
  };
}
