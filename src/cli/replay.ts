import { openApp } from '../app.ts';
import { placeOf } from '../config/place.ts';
import { buildAlertReplay } from '../core/reports/alert-replay.ts';
import type { AlertReplay } from '../core/reports/alert-replay.ts';
import { addDays, parseDay } from '../core/time/day.ts';
import type { Day } from '../core/time/day.ts';
import { openZone } from '../core/time/zone.ts';
import { replayProject } from '../jobs/making/replay-project.ts';
import { ConfigError } from '../lib/errors.ts';
import { createLogger } from '../lib/logger.ts';
import { renderTemplate } from '../render/templates.ts';
import { toText } from '../render/text.ts';
import { chooseProject } from './choose-target.ts';
import type { ExitCode, Io } from './io.ts';
import { requireLocale } from './require-locale.ts';
import { tryThresholds } from './threshold-option.ts';

export interface ReplayOptions {
  readonly config: string;
  /** All projects when none is named. */
  readonly projects: readonly string[];
  readonly from: string | null;
  readonly to: string | null;
  /** `NAME=VALUE`. */
  readonly thresholds: readonly string[];
  readonly explain: boolean;
  readonly json: boolean;
  readonly locale: string | null;
}

/** Days that are replayed when no beginning is named. */
const usualDays = 90;

/** The alerts that would have been raised day by day, what then happened, and how often they were right. */
export async function replay(options: ReplayOptions, io: Io): Promise<ExitCode> {
  const log = createLogger({ level: 'error', write: io.stderr });
  const app = await openApp({ config: options.config, environment: io.environment, needs: ['words'], log });
  try {
    if (options.locale !== null) requireLocale(app.templates, options.locale);
    const { config } = app;
    const named = options.projects.map((id) => chooseProject(config, id));
    const ids = named.length > 0 ? [...new Set(named)] : Object.keys(config.projects);
    const { thresholds, tried } = tryThresholds(config.thresholds, options.thresholds);
    const asOf = app.clock.now();
    const made: AlertReplay[] = [];
    for (const id of ids) {
      const { zone } = placeOf(config, config.projects[id]);
      const period = periodOf(options, openZone(zone).dayAt(asOf));
      const settings = tried.length === 0 ? [thresholds] : [thresholds, config.thresholds];
      const { replays, refOf } = await replayProject(app, id, { ...period, asOf }, settings);
      const project = { id, name: config.projects[id]!.name ?? id };
      const [first, present = null] = replays;
      made.push(
        buildAlertReplay({
          ...period,
          project,
          zone,
          asOf,
          replay: first!,
          present,
          tried,
          refOf,
          isExplained: options.explain && id === ids.at(-1),
        }),
      );
    }
    const localeOf = ({ project }: AlertReplay) =>
      options.locale ?? placeOf(config, config.projects[project.id]).locale;
    const print = (one: AlertReplay) => toText(renderTemplate(app.templates, one.kind, one, localeOf(one)));
    io.stdout(options.json ? `${JSON.stringify({ projects: made })}\n` : made.map(print).join('\n\n'));
    return 0;
  } finally {
    await app.close();
  }
}

function periodOf({ from, to }: ReplayOptions, today: Day): { readonly from: Day; readonly to: Day } {
  const end = readDay('--to', to) ?? today;
  const start = readDay('--from', from) ?? addDays(end, -usualDays);
  if (start <= end) return { from: start, to: end };
  throw new ConfigError([
    { where: '--from', path: '', expected: `a day not after --to (${end})`, found: JSON.stringify(start) },
  ]);
}

function readDay(where: string, text: string | null): Day | null {
  if (text === null) return null;
  const day = parseDay(text);
  if (day !== null) return day;
  throw new ConfigError([
    { where, path: '', expected: 'a day that exists, such as 2026-11-24', found: JSON.stringify(text) },
  ]);
}
