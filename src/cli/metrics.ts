import { openApp } from '../app.ts';
import type { App } from '../app.ts';
import type { ProjectId } from '../core/model/ids.ts';
import type { Instant } from '../core/time/instant.ts';
import { placeOf } from '../config/place.ts';
import { toJson } from '../core/reports/to-json.ts';
import type { MetricsJson } from '../core/reports/to-json.ts';
import { itemTimes } from '../core/metrics/flow/item-times.ts';
import { assess } from '../core/findings/assess.ts';
import { measureProject } from '../jobs/making/measure-project.ts';
import { createLogger } from '../lib/logger.ts';
import { withHeapByCount } from '../lib/small-heap.ts';
import { parseAsOf } from './as-of.ts';
import { chooseProject } from './choose-target.ts';
import type { ExitCode, Io } from './io.ts';
import { jsonPieces } from './json-pieces.ts';
import { metricsText } from './metrics-text.ts';

export interface MetricsOptions {
  readonly config: string;
  readonly project: string;
  readonly asOf: string | null;
  readonly json: boolean;
  readonly items: boolean;
}

/** All figures of a project at an instant, for people or, with --json, in the shape of the public contract. */
export async function metrics(options: MetricsOptions, io: Io): Promise<ExitCode> {
  const log = createLogger({ level: 'error', write: io.stderr });
  const app = await openApp({ config: options.config, environment: io.environment, needs: [], log });
  try {
    const id = chooseProject(app.config, options.project);
    const zone = placeOf(app.config, app.config.projects[id]).zone;
    const asOf = parseAsOf(options.asOf, zone, app.clock.now());
    const answer = await answerAt(app, id, { asOf, withItems: options.items });
    if (!options.json) io.stdout(metricsText(answer, zone));
    else {
      for (const piece of jsonPieces(answer)) io.stdout(piece);
      io.stdout('\n');
    }
    return 0;
  } finally {
    await app.close();
  }
}

/** By itself, so that the items are let go before their figures are written. */
async function answerAt(
  app: App,
  id: ProjectId,
  { asOf, withItems }: { readonly asOf: Instant; readonly withItems: boolean },
): Promise<MetricsJson> {
  return withHeapByCount(async (count) => {
    const [measured] = await measureProject(app, id, [asOf]);
    count(measured!.view.items.length);
    const findings = assess({ ...measured!, previous: null, thresholds: app.config.thresholds });
    return toJson(measured!.metrics, { findings, items: withItems ? itemTimes(measured!.view) : null });
  });
}
