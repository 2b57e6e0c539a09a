import { openApp } from '../app.ts';
import type { App } from '../app.ts';
import { answerStatus } from '../jobs/answer-status.ts';
import { startWorker } from '../jobs/worker.ts';
import { ConfigError } from '../lib/errors.ts';
import { toSlack } from '../render/slack.ts';
import { renderTemplate } from '../render/templates.ts';
import { createSlackApp } from '../slack/app.ts';
import type { SlackApp } from '../slack/app.ts';
import type { ExitCode, Io } from './io.ts';
import { onInterrupt } from './on-interrupt.ts';

/** The worker and the Slack app, until they are told to stop. */
export async function start(options: { readonly config: string }, io: Io): Promise<ExitCode> {
  const app = await openApp({
    config: options.config,
    environment: io.environment,
    needs: ['sources', 'slack', 'words'],
  });
  const { signal, release } = onInterrupt();
  try {
    const service = await startService(app, io.environment['PORT']);
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    app.log.info({}, 'stopping');
    await service.stop();
    return 0;
  } finally {
    release();
    await app.close();
  }
}

/** What runs: the worker, and the app that answers when the config names a Slack. */
export interface Service {
  /** Where requests come in; null in Socket Mode. */
  readonly url: string | null;
  /** Everything that is due now: for those who cannot wait for the next wake-up. */
  round(): Promise<void>;
  stop(): Promise<void>;
}

export async function startService(app: App, port: string | undefined): Promise<Service> {
  const slack = app.config.slack ? openSlackApp(app, portOf(port, app.config.http.port)) : null;
  const { url } = (await slack?.start()) ?? { url: null };
  const worker = startWorker(app);
  app.log.info({ projects: Object.keys(app.config.projects).length, url }, 'vigie is on watch');
  return {
    url,
    round: () => worker.round(),
    async stop() {
      await worker.stop();
      await slack?.stop();
    },
  };
}

function openSlackApp(app: App, port: number): SlackApp {
  const { config, clock, log, templates } = app;
  return createSlackApp({
    config: config.slack!,
    http: { host: config.http.host, port },
    locale: config.locale,
    answers: {
      status: (question) => answerStatus(app, question),
      say: (code, data, locale) => toSlack(renderTemplate(templates, `answer-${code}`, data, locale)),
    },
    seen: createSeen(),
    clock,
    log,
  });
}

function portOf(text: string | undefined, otherwise: number): number {
  if (!text) return otherwise;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new ConfigError([{ where: 'PORT', path: '', expected: 'a port from 0 to 65535', found: JSON.stringify(text) }]);
}

const rememberedIds = 10_000;

/** Slack sends the same request again when it is in doubt; the newest ids are enough to know it by. */
function createSeen(): (id: string) => Promise<boolean> {
  const ids = new Set<string>();
  return (id) => {
    if (ids.has(id)) return Promise.resolve(true);
    ids.add(id);
    if (ids.size > rememberedIds) ids.delete(ids.values().next().value!);
    return Promise.resolve(false);
  };
}
