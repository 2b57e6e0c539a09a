import { Listr } from 'listr2';
import { openApp } from '../app.ts';
import type { App } from '../app.ts';
import { nearest } from '../config/explain-issue.ts';
import { syncSource } from '../jobs/pulling/sync.ts';
import type { SyncResult } from '../jobs/pulling/sync.ts';
import { ConfigError, RemoteError } from '../lib/errors.ts';
import { silentLogger } from '../lib/logger.ts';
import type { ExitCode, Io } from './io.ts';
import { onInterrupt } from './on-interrupt.ts';
import { progressBar } from './progress-bar.ts';

export interface SyncOptions {
  readonly config: string;
  readonly source: string | null;
  readonly isFull: boolean;
  readonly json: boolean;
}

/** `error` is in sentences. */
type Outcome = SyncResult | { readonly source: string; readonly error: string; readonly isStopped?: boolean };

/** Pulls now: a bar on a terminal, a log line a step elsewhere. */
export async function sync(options: SyncOptions, io: Io): Promise<ExitCode> {
  const app = await openApp({
    config: options.config,
    environment: io.environment,
    needs: ['sources'],
    ...(io.isTerminal ? { log: silentLogger } : {}),
  });
  const { signal, release } = onInterrupt();
  try {
    const outcomes = await pullAll(app, chooseSources(app, options.source), { ...options, signal, io });
    if (options.json) io.stdout(`${JSON.stringify({ sources: outcomes })}\n`);
    else for (const outcome of outcomes) io.stdout(`${line(outcome)}\n`);
    return outcomes.some((outcome) => 'error' in outcome) ? 1 : 0;
  } finally {
    release();
    await app.close();
  }
}

interface PullOptions extends SyncOptions {
  readonly signal: AbortSignal;
  readonly io: Io;
}

async function pullAll(app: App, ids: readonly string[], options: PullOptions): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const tasks = new Listr(
    ids.map((id) => ({
      title: id,
      task: async (_, task) => {
        const startedAt = app.clock.now();
        const onProgress = (progress: Parameters<typeof progressBar>[0]) => {
          task.output = progressBar(progress, app.clock.now() - startedAt);
        };
        try {
          outcomes.push(await syncSource(app, id, { isFull: options.isFull, signal: options.signal, onProgress }));
        } catch (error) {
          outcomes.push(failed(id, error, options.signal));
        }
      },
    })),
    {
      renderer: options.io.isTerminal ? 'default' : 'silent',
      exitOnError: true,
      // Its own listener ends the process at once; we end the page that is under way, and say what became of it.
      registerSignalListeners: false,
    },
  );
  await tasks.run();
  return outcomes;
}

function line(outcome: Outcome): string {
  if ('error' in outcome)
    return `${outcome.source}: ${outcome.isStopped ? '' : 'failed. '}${outcome.error} What was pulled so far is kept; the next sync goes on from there.`;
  const { source, items, changes, commits, deployments, setAside } = outcome;
  const delivered = commits + deployments > 0;
  const told = [
    ...(items > 0 || !delivered ? [`${items} items`, `${changes} changes`] : []),
    ...(delivered ? [`${commits} commits`, `${deployments} deployments`] : []),
    ...(setAside > 0 ? [`${setAside} set aside`] : []),
  ];
  return `${source}: ${told.join(', ')}`;
}

/** A bug is thrown on. */
function failed(source: string, error: unknown, { aborted, reason }: AbortSignal): Outcome {
  if (aborted) return { source, error: sentence((reason as Error).message), isStopped: true };
  if (!(error instanceof RemoteError)) throw error;
  const todo = error.todo ? ` To mend: ${sentence(error.todo)}` : '';
  return { source, error: `${sentence(error.message)}${todo}` };
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function chooseSources(app: App, name: string | null): readonly string[] {
  const known = [...app.sources.keys()];
  if (name === null) return known;
  if (known.includes(name)) return [name];
  const near = nearest(name, known);
  throw new ConfigError([
    {
      where: '[source]',
      path: '',
      expected: `one of ${known.join(', ')}`,
      found: JSON.stringify(name),
      ...(near ? { hint: `did you mean "${near}"?` } : {}),
    },
  ]);
}
