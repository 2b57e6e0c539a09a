import { openApp } from '../app.ts';
import { makeDigest } from '../jobs/make-digest.ts';
import { createLogger } from '../lib/logger.ts';
import type { AnyReport } from '../core/reports/any-report.ts';
import { toHtmlPage } from '../render/html.ts';
import { toSlack } from '../render/slack.ts';
import { render } from '../render/templates.ts';
import type { Templates } from '../render/templates.ts';
import { toText } from '../render/text.ts';
import { parseAsOf } from './as-of.ts';
import { chooseSprint } from './choose-sprint.ts';
import { chooseTargets } from './choose-target.ts';
import type { ExitCode, Io } from './io.ts';
import { requireLocale } from './require-locale.ts';

export interface PreviewOptions {
  readonly config: string;
  readonly report: string;
  readonly project: string | null;
  /** Id or name, for a sprint-review; null: the one that was closed last. */
  readonly sprint: string | null;
  readonly asOf: string | null;
  readonly format: 'slack' | 'html' | 'text' | 'json';
  readonly locale: string | null;
}

/** Makes reports and prints them; nothing is posted and nothing is pulled. */
export async function preview(options: PreviewOptions, io: Io): Promise<ExitCode> {
  const log = createLogger({ level: 'error', write: io.stderr });
  const app = await openApp({ config: options.config, environment: io.environment, needs: ['words'], log });
  try {
    if (options.locale !== null) requireLocale(app.templates, options.locale);
    const made: Made[] = [];
    for (const target of chooseTargets(app.config, options.report, options.project)) {
      const asOf = parseAsOf(options.asOf, target.homeZone.name, app.clock.now());
      const chosen = await chooseSprint(app, target, { sprint: options.sprint, asOf });
      made.push({ report: await makeDigest(app, chosen, asOf), locale: options.locale ?? target.locale });
    }
    io.stdout(print(app.templates, made, options.format));
    return 0;
  } finally {
    await app.close();
  }
}

interface Made {
  readonly report: AnyReport;
  readonly locale: string;
}

function print(templates: Templates, made: readonly Made[], format: PreviewOptions['format']): string {
  const documents = () => made.map(({ report, locale }) => render(templates, report, locale));
  switch (format) {
    case 'json':
      return `${JSON.stringify(made.length === 1 ? made[0]!.report : made.map(({ report }) => report), null, 2)}\n`;
    case 'slack':
      return `${JSON.stringify({ messages: documents().map(toSlack) }, null, 2)}\n`;
    case 'html':
      return toHtmlPage(documents());
    case 'text':
      return documents()
        .map((document) => toText(document))
        .join('\n\n');
  }
}
