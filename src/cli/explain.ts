import { openApp } from '../app.ts';
import { placeOf } from '../config/place.ts';
import { explainMilestone } from '../core/explain/explain-milestone.ts';
import { measureProject } from '../jobs/make-digest.ts';
import { createLogger } from '../lib/logger.ts';
import { renderTemplate } from '../render/templates.ts';
import { toText } from '../render/text.ts';
import { parseAsOf } from './as-of.ts';
import { chooseProject } from './choose-target.ts';
import type { ExitCode, Io } from './io.ts';

export interface ExplainOptions {
  readonly config: string;
  readonly project: string;
  readonly subject: string | null;
  readonly asOf: string | null;
  readonly json: boolean;
  readonly locale: string | null;
}

/** Where a number comes from: definition, inputs, exclusions, arithmetic and the keys of the items. */
export async function explain(options: ExplainOptions, io: Io): Promise<ExitCode> {
  const log = createLogger({ level: 'error', write: io.stderr });
  const app = await openApp({ config: options.config, environment: io.environment, needs: ['words'], log });
  try {
    const id = chooseProject(app.config, options.project);
    const place = placeOf(app.config, app.config.projects[id]);
    const asOf = parseAsOf(options.asOf, place.zone, app.clock.now());
    const [measured] = await measureProject(app, id, [asOf]);
    const { view, metrics } = measured!;
    const figures = metrics.milestones.find(({ name }) => name === options.subject)!;
    const answer = explainMilestone(view, { figures, definitions: metrics.definitions, thresholds: app.config.thresholds.health });
    io.stdout(options.json ? `${JSON.stringify(answer)}\n` : toText(renderTemplate(app.templates, answer.kind, answer, options.locale ?? place.locale)));
    return 0;
  } finally {
    await app.close();
  }
}
