import { openApp } from '../app.ts';
import type { App } from '../app.ts';
import { illustrate } from '../jobs/making/illustrate.ts';
import { makeDigestToPublish } from '../jobs/making/make-digest.ts';
import type { PublishableDigest } from '../jobs/making/make-digest.ts';
import { createLogger } from '../lib/logger.ts';
import { toHtmlPage } from '../render/html.ts';
import { toSlack } from '../render/slack.ts';
import { render } from '../render/templates.ts';
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
      made.push({ ...(await makeDigestToPublish(app, chosen, asOf)), locale: options.locale ?? target.locale });
    }
    io.stdout(await print(app, made, options.format));
    return 0;
  } finally {
    await app.close();
  }
}

interface Made extends Pick<PublishableDigest, 'report' | 'charts'> {
  readonly locale: string;
}

async function print(app: App, made: readonly Made[], format: PreviewOptions['format']): Promise<string> {
  const documents = () => Promise.all(made.map((one) => illustrate(app, one, one.locale)));
  switch (format) {
    case 'json':
      return `${JSON.stringify(made.length === 1 ? made[0]!.report : made.map(({ report }) => report), null, 2)}\n`;
    case 'slack':
      return `${JSON.stringify({ messages: (await documents()).map(toSlack) }, null, 2)}\n`;
    case 'html':
      return toHtmlPage(await documents());
    case 'text':
      return made.map(({ report, locale }) => toText(render(app.templates, report, locale))).join('\n\n');
  }
}
