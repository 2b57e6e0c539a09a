import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { openApp, openTemplates } from '../app.ts';
import { explainIssues, formatPath } from '../config/explain-issue.ts';
import { placeOf, projectSettings } from '../config/place.ts';
import { backtestProject } from '../core/backtest/backtest-project.ts';
import { backtestSeries } from '../core/backtest/backtest-series.ts';
import type { Backtest, HorizonTest } from '../core/backtest/backtest.ts';
import { verdictOf } from '../core/backtest/verdict.ts';
import { calendarOf } from '../jobs/calendar-of.ts';
import { ConfigError } from '../lib/errors.ts';
import { createLogger } from '../lib/logger.ts';
import { calibrationChart } from '../render/calibration-chart.ts';
import type { ChartWords } from '../render/calibration-chart.ts';
import type { Document } from '../render/document.ts';
import { firstLine } from '../render/plain-text.ts';
import { renderTemplate } from '../render/templates.ts';
import { toText } from '../render/text.ts';
import { loadProject } from '../store/load-project.ts';
import { parseAsOf } from './as-of.ts';
import { chooseProject } from './choose-target.ts';
import type { ExitCode, Io } from './io.ts';
import { requireLocale } from './require-locale.ts';
import { codeOf, writeOut } from './write-out.ts';

export interface BacktestOptions {
  readonly config: string;
  readonly project: string | null;
  /** A file of weekly counts, `{ "name": [3, 5, ...] }`: no config and no database is needed for it. */
  readonly series: string | null;
  readonly asOf: string | null;
  readonly json: boolean;
  readonly locale: string | null;
  /** Where to write the chart. */
  readonly chart: string | null;
}

/** A backtest and what its words need besides. */
interface Tested {
  readonly test: Backtest;
  readonly project: { readonly id: string; readonly name: string } | null;
  readonly asOf: number | null;
  readonly zone: string;
  readonly locale: string;
}

/** The forecasts, risk signals and alerts of the past, held against what then happened. */
export async function backtest(options: BacktestOptions, io: Io): Promise<ExitCode> {
  const { project, series } = options;
  if ((project === null) === (series === null))
    throw new ConfigError([
      {
        where: 'backtest',
        path: '',
        expected: 'a project or --series FILE',
        found: project === null ? 'neither' : 'both',
      },
    ]);
  if (series !== null) {
    const tested = { test: backtestSeries(readSeries(series)), project: null, asOf: null, zone: 'UTC' };
    await answer({ ...tested, locale: options.locale ?? 'en' }, { options, io });
    return 0;
  }
  const log = createLogger({ level: 'error', write: io.stderr });
  const app = await openApp({ config: options.config, environment: io.environment, needs: [], log });
  try {
    const id = chooseProject(app.config, project!);
    const place = placeOf(app.config, app.config.projects[id]);
    const settings = projectSettings(app.config, id);
    const asOf = parseAsOf(options.asOf, place.zone, app.clock.now());
    const test = backtestProject({
      history: await loadProject(app.db, settings),
      calendar: calendarOf(app.config, id),
      asOf,
      thresholds: app.config.thresholds,
    });
    const tested = { test, project: { id, name: settings.name }, asOf, zone: place.zone };
    await answer({ ...tested, locale: options.locale ?? place.locale }, { options, io });
    return 0;
  } finally {
    await app.close();
  }
}

interface Answering {
  readonly options: BacktestOptions;
  readonly io: Io;
}

async function answer({ test, locale, ...about }: Tested, { options, io }: Answering): Promise<void> {
  if (options.json) io.stdout(`${JSON.stringify(test)}\n`);
  if (options.json && options.chart === null) return;
  const templates = await openTemplates();
  requireLocale(templates, locale);
  const data = {
    ...about,
    risk: null,
    alerts: null,
    milestoneDates: null,
    ...test,
    teams: Object.keys(test.series ?? { one: 1 }).length,
    tested: test.horizons.filter(({ n }) => n > 0).map(tableRow),
    verdict: verdictOf(test),
  };
  if (options.chart !== null) {
    const words = chartWords(renderTemplate(templates, 'backtest-chart', data, locale));
    writeOut('--chart', options.chart, calibrationChart(test.horizons, words));
    io.stderr(`${options.chart} written\n`);
  }
  if (!options.json) io.stdout(toText(renderTemplate(templates, 'backtest', data, locale)));
}

function tableRow(horizon: HorizonTest) {
  const weekly = horizon.rivals['weekly-26'];
  const { crps } = horizon;
  return {
    ...horizon,
    weekly,
    daily: horizon.rivals['daily-84'],
    interval: horizon.p85Interval?.map((share) => share * 100) ?? null,
    // In per cent, - = less error than the rival.
    gain: crps === null || !weekly.crps ? null : (crps / weekly.crps - 1) * 100,
  };
}

/** The words of the chart are a list in the template, each at its place. */
function chartWords({ children }: Document): ChartWords {
  const [title, weeksAhead, promised85, promised50, ...others] = children.flatMap((block) =>
    block.type === 'list' ? block.items.map((item) => firstLine(item)) : [],
  );
  const note = others.pop();
  return {
    title: title ?? '',
    weeksAhead: weeksAhead ?? '',
    promised85: promised85 ?? '',
    promised50: promised50 ?? '',
    rows: others,
    note: note ?? '',
  };
}

const seriesSchema = z.record(z.string(), z.array(z.int().min(0)));

function readSeries(path: string): Readonly<Record<string, readonly number[]>> {
  const problem = (expected: string, found: string) =>
    new ConfigError([{ where: '--series', path: '', expected, found }]);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw problem('a file that can be read', `${path} (${codeOf(error)})`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw problem('one JSON document such as { "name": [3, 5, 2] }', (error as Error).message);
  }
  const checked = seriesSchema.safeParse(value);
  if (checked.success) return checked.data;
  throw new ConfigError(
    explainIssues(seriesSchema, value, checked.error.issues).map(({ path: at, ...explained }) => ({
      where: path,
      path: formatPath(at),
      ...explained,
    })),
  );
}
