import type { Config, ConfigFile } from './config/load.ts';
import { scopesOf } from './config/scopes-of.ts';
import { checkConfig, readConfigFiles, requireVariables } from './config/load.ts';
import type { Environment } from './config/environment.ts';
import type { JobContext } from './jobs/context.ts';
import { systemClock } from './lib/clock.ts';
import type { Clock } from './lib/clock.ts';
import { createLogger, readLogLevel } from './lib/logger.ts';
import type { Logger } from './lib/logger.ts';
import type { Templates } from './render/templates.ts';
import { requestTimeoutMs } from './slack/config.ts';
import type { Scope, Source } from './sources/source.ts';
import { defaultDatabaseUrl, openDatabase } from './store/database.ts';
import type { Database } from './store/database.ts';
import { migrate } from './store/migrate.ts';

export interface AppOptions {
  /** Folder with vigie.yaml, or its files as they were read. */
  readonly config: string | readonly ConfigFile[];
  readonly environment: Environment;
  /** What this command cannot do without; the rest is not opened, and costs no start-up time and no memory. */
  readonly needs: readonly ('sources' | 'slack' | 'words')[];
  readonly clock?: Clock;
  readonly log?: Logger;
}

/** Everything, put together; `close` lets go of it. */
export interface App extends JobContext {
  readonly database: Database;
  close(): Promise<void>;
}

const templatesDirectory = new URL('../templates/', import.meta.url).pathname;

/** The one place where things are made and handed to one another. The database is brought up to date. */
export async function openApp(options: AppOptions): Promise<App> {
  const { environment, needs, clock = systemClock } = options;
  const read = typeof options.config === 'string' ? readConfigFiles(options.config) : options.config;
  const config = checkConfig(read, environment);
  requireVariables(config, needs);
  const log =
    options.log ?? createLogger({ level: readLogLevel(environment['LOG_LEVEL'], 'info'), secrets: config.secrets });
  const database = await openDatabase(environment['DATABASE_URL'] || defaultDatabaseUrl);
  try {
    const { applied, backup } = await migrate(database);
    if (applied.length > 0) log.info({ database: database.name, applied, backup }, 'database brought up to date');
    const templates = needs.includes('words') ? await openTemplates() : noTemplates;
    return {
      config,
      database,
      db: database.db,
      sources: needs.includes('sources') ? openSources(config, clock, log) : new Map(),
      templates,
      ...(needs.includes('slack') ? await openSlack(config, { database, templates, clock, log }) : noSlack),
      clock,
      log,
      close: () => database.close(),
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

function openSources(config: Config, clock: Clock, log: Logger): Map<string, Source> {
  return new Map(
    Object.entries(config.sources).map(([id, { kind, settings }]) => {
      const deps = { id, scopes: scopesIn(config, id), clock, log };
      return [id, kind.open(settings, deps)];
    }),
  );
}

function scopesIn(config: Config, source: string): readonly Scope[] {
  return Object.entries(config.projects).flatMap(([id, one]) =>
    scopesOf(one, source).map(({ project = null, jql = null, board = null }) => ({ id, project, jql, board })),
  );
}

let ours: Promise<Templates> | undefined;

/** The words are a part of the program: they are read once, also where a changed config opens everything anew. */
export function openTemplates(): Promise<Templates> {
  ours ??= import('./render/templates.ts').then(({ loadTemplates }) => loadTemplates([templatesDirectory]));
  return ours;
}

/** For commands that print no words of ours. */
const noTemplates: Templates = {
  locales: [],
  names: [],
  write: (name) => {
    throw new Error(`the template ${name} was asked for by a command that opened none`);
  },
};

const noSlack = { poster: null, directoryOf: null };

/** What is posted goes past a guard that asks who reads it. */
async function openSlack(
  config: Config,
  { database, templates, clock, log }: Pick<App, 'database' | 'templates' | 'clock' | 'log'>,
): Promise<Pick<App, 'poster' | 'directoryOf' | 'slackSkewMs'>> {
  if (!config.slack) return noSlack;
  const { apiUrl } = config.slack;
  const { readSlackSkew } = await import('./slack/clock-skew.ts');
  const { createPoster } = await import('./slack/post.ts');
  const { openWorkspaces } = await import('./slack/workspaces.ts');
  const { guardPoster } = await import('./jobs/channels/guard-poster.ts');
  const { hearing, openInstallations, teamOfChannel } = await import('./jobs/workspaces/installations.ts');
  const { db } = database;
  const workspaces = openWorkspaces({
    config: config.slack,
    installations: openInstallations(config, { db, clock }),
    timeoutMs: requestTimeoutMs(config.slack),
    clock,
    log,
  });
  const teamOf = (channel: string) => teamOfChannel(config, db, channel);
  const clientOf = async (channel: string) => workspaces.client(await teamOf(channel));
  const directoryOf = async (channel: string) => hearing(db, workspaces.directory, await teamOf(channel));
  const context = { config, db, templates, directoryOf, clock, log };
  const poster = guardPoster(createPoster({ clientOf, clock }), context);
  return { directoryOf, poster, slackSkewMs: () => readSlackSkew({ apiUrl, clock }) };
}
