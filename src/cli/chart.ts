import { extname } from 'node:path';
import { openApp } from '../app.ts';
import { nearest } from '../config/explain-issue.ts';
import { placeOf } from '../config/place.ts';
import { chartNames } from '../core/reports/charts/chart-names.ts';
import type { ChartName } from '../core/reports/charts/chart-names.ts';
import { listChartSubjects, makeChart } from '../jobs/making/make-chart.ts';
import { ConfigError } from '../lib/errors.ts';
import { createLogger } from '../lib/logger.ts';
import { parseAsOf } from './as-of.ts';
import { chooseName, chooseProject } from './choose-target.ts';
import type { ExitCode, Io } from './io.ts';
import { requireLocale } from './require-locale.ts';
import { writeOut } from './write-out.ts';

export interface ChartOptions {
  readonly config: string;
  readonly chart: string;
  readonly project: string;
  /** A milestone for a burn-up, a sprint for a burndown; null for the one that matters now. */
  readonly about: string | null;
  /** `.svg` or `.png`. */
  readonly out: string;
  readonly asOf: string | null;
  readonly locale: string | null;
}

/** What a chart is about: without it there is nothing to show. */
const needs: Readonly<Record<ChartName, string>> = {
  'burn-up': 'a milestone that held items before that day',
  'milestone-trend': 'a milestone with a date that was promised before that day',
  'cycle-time': 'a finished item with a known start',
  'cumulative-flow': 'items over two whole weeks',
  burndown: 'a sprint with items that has gone on for a day',
  'delivery-trend': 'a service with deployments in the half year before that day',
};

/** What a chart may be about, of those that are not about the whole project. */
const subjects: Partial<Record<ChartName, string>> = {
  'burn-up': 'milestone',
  burndown: 'sprint',
  'delivery-trend': 'service',
};
/** The newest of them are named to who misspelt one. */
const suggested = 10;

/** Throws where `--about` names nothing that the chart could be about. */
function refuseUnknown(
  name: ChartName,
  { about, known, id }: { readonly about: string; readonly known: readonly string[] | null; readonly id: string },
): void {
  const refusal = (expected: string, found: string, hint?: string) =>
    new ConfigError([{ where: '--about', path: '', expected, found, ...(hint ? { hint } : {}) }]);
  if (known === null) throw refusal('burn-up, burndown or delivery-trend', `${name}, which is about the project`);
  if (known.some((one) => one.toLowerCase() === about.toLowerCase())) return;
  if (known.length === 0) throw refusal(`the name of a ${subjects[name]} (${id} has none)`, JSON.stringify(about));
  const near = nearest(about, known);
  throw refusal(
    `the name of a ${subjects[name]}, such as ${known.slice(-suggested).join(', ')}`,
    JSON.stringify(about),
    near ? `did you mean "${near}"?` : undefined,
  );
}

/** Draws a chart into a file, and says its point; nothing is posted. */
export async function chart(options: ChartOptions, io: Io): Promise<ExitCode> {
  const name = chooseName('<chart>', options.chart, chartNames) as ChartName;
  const type = extname(options.out).toLowerCase();
  if (type !== '.svg' && type !== '.png')
    throw new ConfigError([
      { where: '--out', path: '', expected: 'a file ending in .svg or .png', found: options.out },
    ]);
  const log = createLogger({ level: 'error', write: io.stderr });
  const app = await openApp({ config: options.config, environment: io.environment, needs: ['words'], log });
  try {
    const id = chooseProject(app.config, options.project);
    const place = placeOf(app.config, app.config.projects[id]);
    const locale = options.locale ?? place.locale;
    requireLocale(app.templates, locale);
    const asOf = parseAsOf(options.asOf, place.zone, app.clock.now());
    const made = await makeChart(app, id, { name, about: options.about, asOf });
    if (options.about !== null && (made === null || !(name in subjects)))
      refuseUnknown(name, { about: options.about, known: await listChartSubjects(app, id, { name, asOf }), id });
    if (made === null) {
      io.stderr(`${name}: nothing to draw, expected ${needs[name]}, ${id} had none then\n`);
      return 1;
    }
    const { pictureOf } = await import('../render/chart/picture.ts');
    const { svg, alt } = pictureOf(app.templates, made, locale);
    if (type === '.svg') writeOut('--out', options.out, svg);
    else writeOut('--out', options.out, (await import('../render/chart/to-png.ts')).toPng(svg));
    io.stderr(`${options.out} written\n`);
    io.stdout(`${alt}\n`);
    return 0;
  } finally {
    await app.close();
  }
}
