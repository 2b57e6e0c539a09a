import { openApp } from '../app.ts';
import type { App } from '../app.ts';
import type { ProjectId } from '../core/model/ids.ts';
import type { Environment } from '../config/environment.ts';
import { readConfigFiles } from '../config/load.ts';
import { home } from '../jobs/answers/home.ts';
import { ask, press } from '../jobs/answers/press.ts';
import { submit } from '../jobs/answers/submit.ts';
import { forgetWorkspace } from '../jobs/workspaces/forget-workspace.ts';
import { openInstallations } from '../jobs/workspaces/installations.ts';
import { createSeen } from '../jobs/workspaces/seen-requests.ts';
import { takeEvent } from '../jobs/pulling/take-event.ts';
import { startWorker } from '../jobs/worker.ts';
import type { Worker } from '../jobs/worker.ts';
import { toSlack } from '../render/slack.ts';
import { renderTemplate } from '../render/templates.ts';
import { createSlackApp } from '../slack/app.ts';
import type { SlackApp } from '../slack/app.ts';
import type { SlackConfig } from '../slack/config.ts';
import type { HttpOptions } from '../slack/receiver.ts';
import { noteTeam } from '../store/installations.ts';
import { readPerson } from '../store/people.ts';
import { listTroubles } from '../store/troubles.ts';
import { createEventRoutes } from '../web/event-routes.ts';
import { createHealthRoutes, startHealthServer } from '../web/health.ts';
import type { ReadinessCheck } from '../web/health.ts';
import type { ExitCode, Io } from './io.ts';
import { openMakingThreads } from './making-threads.ts';
import { onInterrupt } from './on-interrupt.ts';
import { readPort } from './read-port.ts';
import { configChange } from './watch-config.ts';
import { startWorkerThread } from './worker-thread.ts';

/**
 * The worker and the Slack app, until they are told to stop. A config that changes for the good is taken over; one that is
 * good to read and cannot be started with gives way to the one before it.
 */
export async function start(options: { readonly config: string }, { environment }: Io): Promise<ExitCode> {
  const { signal, release } = onInterrupt();
  let started: ConfigFiles | null = null;
  try {
    while (!signal.aborted) {
      // Read once for all threads: one that is started later knows what the others do, whatever stands there by then.
      const config = readConfigFiles(options.config);
      const on = { directory: options.config, environment, signal };
      try {
        await runUntilChange(config, { ...on, refused: null, isStarted: () => (started = config) });
      } catch (error) {
        if (started === null || started === config || signal.aborted) throw error;
        await runUntilChange(started, { ...on, refused: { config, error: String(error) }, isStarted: () => {} });
      }
    }
    return 0;
  } finally {
    release();
  }
}

type ConfigFiles = ReturnType<typeof readConfigFiles>;

interface RunOptions {
  readonly directory: string;
  readonly environment: Environment;
  readonly signal: AbortSignal;
  /** What stands in the folder and could not be started with. */
  readonly refused: { readonly config: ConfigFiles; readonly error: string } | null;
  readonly isStarted: () => void;
}

async function runUntilChange(
  config: ConfigFiles,
  { directory, environment, signal, refused, isStarted }: RunOptions,
): Promise<void> {
  const app = await openApp({ config, environment, needs: ['sources', 'slack', 'words'] });
  const { log } = app;
  if (refused)
    log.error(
      { config: directory, error: refused.error },
      'the changed config cannot be started with, the old one stays',
    );
  const threads = openMakingThreads({ config, environment });
  try {
    const onMadeAnew = (projects: readonly ProjectId[]) => {
      if (projects.length === 0) return;
      threads.elsewhere('views', { projects }).catch((error: unknown) => {
        if (!signal.aborted) log.warn({ projects, error: String(error) }, 'not measured ahead');
      });
    };
    const openWorker = () => startWorkerThread({ config, environment, log, onMadeAnew });
    const service = await startService({ ...app, elsewhere: threads.elsewhere }, environment['PORT'], openWorker);
    isStarted();
    await configChange(directory, { running: config, refused: refused?.config ?? null, environment, log, signal });
    log.info({}, signal.aborted ? 'stopping' : 'the config has changed, starting with the new one');
    await service.stop();
  } finally {
    await threads.stop();
    await app.close();
  }
}

/** What runs: the worker, and the app that answers when the config names a Slack. */
export interface Service {
  /** Where requests come in; null in Socket Mode. */
  readonly url: string | null;
  /** Where `/healthz` and `/readyz` are: beside Slack's requests, or alone in Socket Mode. */
  readonly healthUrl: string;
  /** Everything that is due now: for those who cannot wait for the next wake-up. */
  round(): Promise<void>;
  stop(): Promise<void>;
}

/** A worker that may be elsewhere, and so may be gone. */
type AnyWorker = Worker & { isRunning?(): boolean };

/** The worker runs here unless it is opened elsewhere. */
export async function startService(
  app: App,
  port: string | undefined,
  openWorker: () => AnyWorker = () => startWorker(app),
): Promise<Service> {
  const { config, log } = app;
  let isStopping = false;
  let slack: SlackApp | null = null;
  const checks: Record<string, ReadinessCheck> = { database: () => answers(app) };
  if (config.slack) checks['slack'] = () => Promise.resolve(slack?.isOpen() ? null : 'not connected');
  let worker: Worker | null = null;
  const routes = [
    ...createHealthRoutes({ checks, isStopping: () => isStopping, troubles: () => countTroubles(app) }),
    ...createEventRoutes(eventSources(app), (source, request) =>
      takeEvent(app, source, request, (hinted) => worker?.wake(hinted)).then(
        (taken) => {
          if ('what' in taken && taken.what === 'stored') worker?.noteNews();
          return taken;
        },
        (error: unknown) => {
          log.error({ source, error: String(error) }, 'event not taken');
          throw error;
        },
      ),
    ),
  ];
  const http = { host: config.http.host, port: port ? readPort('PORT', port) : config.http.port, routes };
  if (config.slack) slack = openSlackApp(app, config.slack, http);
  const { url } = (await slack?.start()) ?? { url: null };
  // Over Socket Mode nothing listens yet, and something has to tell whether we live.
  const health = url === null ? await startHealthServer(http).catch(endWith(slack)) : null;
  const started = openWorker();
  worker = started;
  if (started.isRunning) checks['worker'] = () => Promise.resolve(started.isRunning!() ? null : 'not running');
  log.info({ projects: Object.keys(config.projects).length, url: url ?? health?.url }, 'vigie is on watch');
  return {
    url,
    healthUrl: url ?? health!.url,
    round: () => started.round(),
    async stop() {
      isStopping = true;
      await started.stop();
      await slack?.stop();
      await health?.close();
    },
  };
}

/** By kind: which channel or source it is stands in the log and in `vigie check`. */
async function countTroubles({ db }: App): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { subject } of await listTroubles(db)) {
    const kind = subject.split(':')[0]!;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

async function answers({ db }: App): Promise<null> {
  await db.selectFrom('run').select('id').limit(1).execute();
  return null;
}

/** What was opened before the failure is closed, or its connection would keep the process alive. */
function endWith(slack: SlackApp | null): (error: unknown) => Promise<never> {
  return async (error) => {
    await slack?.stop();
    throw error;
  };
}

function openSlackApp(app: App, slack: SlackConfig, http: HttpOptions): SlackApp {
  const { config, clock, log, templates } = app;
  const installations = openInstallations(config, app);
  return createSlackApp({
    config: slack,
    http,
    locale: config.locale,
    answers: {
      ask: (question) => ask(app, question),
      press: (pressed) => press(app, pressed),
      submit: (submission) => submit(app, submission),
      home: (asker) => home(app, asker),
      say: (code, data, locale) => toSlack(renderTemplate(templates, `answer-${code}`, data, locale)),
    },
    preferences: (user) => readPerson(app.db, user),
    seen: createSeen(app),
    ...(installations ? { installations } : {}),
    heard: (channel, team) => noteTeam(app.db, channel, team),
    uninstalled: (team) => forgetWorkspace(app, team),
    clock,
    log,
  });
}

/** Sources that are told, and not asked. */
function eventSources({ config }: App): readonly string[] {
  return Object.entries(config.sources).flatMap(([id, { kind }]) => (kind.kind === 'events' ? [id] : []));
}
