import { openApp } from '../app.ts';
import type { App } from '../app.ts';
import { loadConfig } from '../config/load.ts';
import type { Config } from '../config/load.ts';
import { dayMs, formatInstant } from '../core/time/instant.ts';
import { checkTeams } from '../jobs/check-teams.ts';
import { checkWorkspaces } from '../jobs/workspaces/check-workspaces.ts';
import { ConfigError, formatProblem, RemoteError } from '../lib/errors.ts';
import { createLogger } from '../lib/logger.ts';
import type { Source, SourceProblem } from '../sources/source.ts';
import { inspectDatabase } from '../store/inspect.ts';
import { lastEventAt } from '../store/pipeline-events.ts';
import type { Delivery } from '../store/delivery.ts';
import { listUnsent, listWaiting } from '../store/unsent.ts';
import type { ExitCode, Io } from './io.ts';

export interface CheckOptions {
  readonly config: string;
  readonly json: boolean;
}

/** One thing that was looked at, and what is wrong with it. */
interface Looked {
  readonly at: string;
  /** What was found when all is well. */
  readonly fine: string;
  readonly problems: readonly SourceProblem[];
}

/** Looks at everything that Vigie needs to work: each problem with what was expected, what was found and what to do. */
export async function check(options: CheckOptions, io: Io): Promise<ExitCode> {
  const looks: Looked[] = [];
  const config = lookAtConfig(options.config, io, looks);
  if (config) {
    const missing = new Set(config.missing.map(({ section }) => section));
    const log = createLogger({ level: 'silent' });
    const needs = (['sources', 'slack'] as const).filter((section) => !missing.has(section));
    try {
      const app = await openApp({ config: options.config, environment: io.environment, needs, log });
      try {
        looks.push(await lookAtDatabase(app));
        for (const [id, source] of app.sources) looks.push(await lookAtSource(app, id, source));
        for (const [id, { teams = [] }] of Object.entries(app.config.projects))
          if (teams.length > 0) looks.push(await look(`teams of ${id}`, teamNames(teams), () => checkTeams(app, id)));
        if (config.slack && needs.includes('slack')) looks.push(await lookAtSlack(app));
        if (config.slack) looks.push(await lookAtDeliveries(app));
      } finally {
        await app.close();
      }
    } catch (error) {
      looks.push({ at: 'database', fine: '', problems: problemsOf(error) });
    }
  }
  io.stdout(options.json ? `${JSON.stringify({ checks: looks })}\n` : looks.map(print).join(''));
  const isBad = looks.some(({ problems }) => problems.some(({ severity }) => severity === 'error'));
  if (!isBad) return 0;
  return config && config.missing.length === 0 ? 1 : 2;
}

function lookAtConfig(directory: string, io: Io, looks: Looked[]): Config | null {
  try {
    const config = loadConfig(directory, io.environment);
    const projects = Object.keys(config.projects).length;
    const fine = `${projects} project${projects === 1 ? '' : 's'}, ${config.reports.length} scheduled report${config.reports.length === 1 ? '' : 's'}`;
    looks.push({ at: 'config', fine, problems: projects === 0 ? [nothingToWatch(directory)] : [] });
    const missing = config.missing.map(({ where, path, expected, found, hint }) => ({
      severity: 'error' as const,
      what: `${where} ${path}`,
      expected,
      found,
      todo: hint ?? '',
    }));
    looks.push({ at: 'secrets', fine: `${config.secrets.length} set`, problems: missing });
    return config;
  } catch (error) {
    looks.push({ at: 'config', fine: '', problems: problemsOf(error) });
    return null;
  }
}

function nothingToWatch(directory: string): SourceProblem {
  return {
    severity: 'error',
    what: directory,
    expected: 'at least one project',
    found: 'none',
    todo: 'add one under `projects:` (see "Connect your Jira" in README.md)',
  };
}

async function lookAtDatabase(app: App): Promise<Looked> {
  const { name, engine, schema, problems } = await inspectDatabase(app.database, { isThorough: false });
  return {
    at: 'database',
    fine: `${name}, ${engine}, schema ${schema}`,
    problems: problems.map((text) => ({
      severity: 'error',
      what: name,
      expected: 'a sound database',
      found: text,
      todo: 'see `vigie db verify`',
    })),
  };
}

async function lookAtSource(app: App, id: string, source: Source): Promise<Looked> {
  if (app.config.sources[id]?.kind.kind !== 'events')
    return look(`source ${id}`, 'reachable, with the rights it needs', () => source.check());
  const at = await lastEventAt(app.db, id);
  const fine = at === null ? '' : `last event at ${formatInstant(at)}`;
  return { at: `source ${id}`, fine, problems: at === null ? [nothingCame(app, id)] : [] };
}

function teamNames(teams: readonly { readonly name: string }[]): string {
  return teams.map(({ name }) => name).join(', ');
}

function nothingCame({ config: { http } }: App, id: string): SourceProblem {
  return {
    severity: 'warning',
    what: id,
    expected: `events, posted to /events/${id}`,
    found: 'none has come yet',
    todo: `run \`vigie start\`, let whoever sends them reach ${http.host}:${http.port}, and send one (see "Connect your code and pipelines" in README.md); its answer says what is wrong with it`,
  };
}

function lookAtSlack(app: App): Promise<Looked> {
  return look('slack', 'reachable, with its scopes and channels', () => checkWorkspaces(app));
}

/** Long enough for who looks once a week. */
const unsentDays = 7;

/** What was not sent lately or waits, and why; the same reason once. */
function lookAtDeliveries({ db, clock }: App): Promise<Looked> {
  return look('messages', `all sent in the last ${unsentDays} days`, async () => {
    const until = clock.now();
    const unsent = await listUnsent(db, { after: until - unsentDays * dayMs, until });
    const told = (deliveries: readonly Delivery[], { what, todo }: { readonly what: string; readonly todo: string }) =>
      [...Map.groupBy(deliveries, ({ channel, error }) => `${channel} ${error}`).values()].map((group) => ({
        severity: 'warning' as const,
        what: `channel ${group[0]!.channel}`,
        expected: 'every message sent',
        found: `${group.length} ${what}: ${group[0]!.error ?? 'too late'}`,
        todo,
      }));
    return [
      ...told(
        unsent.map(({ delivery }) => delivery),
        { what: 'not sent', todo: 'mend what is said of the channel above, if anything; what was not sent stays so' },
      ),
      ...told(await listWaiting(db), {
        what: 'waiting',
        todo: 'mend what is said of the channel above; it is sent then, unless it has become too old',
      }),
    ];
  });
}

async function look(at: string, fine: string, ask: () => Promise<readonly SourceProblem[]>): Promise<Looked> {
  try {
    return { at, fine, problems: await ask() };
  } catch (error) {
    return { at, fine, problems: problemsOf(error) };
  }
}

function problemsOf(error: unknown): SourceProblem[] {
  if (error instanceof ConfigError)
    return error.problems.map((problem) => ({
      severity: 'error',
      what: [problem.where, problem.path].filter(Boolean).join(' '),
      expected: problem.expected,
      found: problem.found,
      todo: problem.hint ?? '',
    }));
  if (error instanceof RemoteError)
    return [
      { severity: 'error', what: error.service, expected: 'an answer', found: error.message, todo: error.todo ?? '' },
    ];
  throw error;
}

function print({ at, fine, problems }: Looked): string {
  if (problems.length === 0) return `ok       ${at}: ${fine}\n`;
  return problems
    .map(({ severity, what, expected, found, todo }) => {
      const sign = severity === 'error' ? 'PROBLEM ' : 'warning ';
      return `${sign} ${at}: ${formatProblem({ where: what, path: '', expected, found })}${todo ? `\n         to mend: ${todo}` : ''}\n`;
    })
    .join('');
}
