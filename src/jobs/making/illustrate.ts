import type { AnyReport } from '../../core/reports/any-report.ts';
import type { Chart } from '../../core/reports/charts/chart.ts';
import type { Document, Picture } from '../../render/document.ts';
import { withSmallHeap } from '../../lib/small-heap.ts';
import { render } from '../../render/templates.ts';
import type { JobContext } from '../context.ts';

type Drawing = Pick<JobContext, 'templates' | 'log'>;

/** A report in its words, with its charts. */
export async function illustrate(
  context: Drawing,
  { report, charts }: { readonly report: AnyReport; readonly charts: readonly Chart[] },
  locale: string,
): Promise<Document> {
  return { ...render(context.templates, report, locale), pictures: await drawAll(context, charts, locale) };
}

/** The pictures of charts, without those that cannot be drawn: a digest is worth more than its pictures. */
export async function drawAll(
  { templates, log }: Drawing,
  charts: readonly Chart[],
  locale: string,
): Promise<readonly Picture[]> {
  if (charts.length === 0) return [];
  // The drawing library takes a second and twenty megabytes: only who draws pays for it.
  const { pictureOf } = await import('../../render/chart/picture.ts');
  const draw = (chart: Chart): readonly Picture[] => {
    try {
      return [pictureOf(templates, chart, locale)];
    } catch (error) {
      log.error({ chart: chart.kind, project: chart.project.id, error: String(error) }, 'chart cannot be drawn');
      return [];
    }
  };
  // Drawing makes megabytes of garbage a picture: after hundreds of them the heap would have grown by as many.
  return withSmallHeap(() => Promise.resolve(charts.flatMap(draw)));
}
