import { Worker as Thread } from 'node:worker_threads';
import type { AppOptions } from '../app.ts';
import type { ProjectId } from '../core/model/ids.ts';
import type { Environment } from '../config/environment.ts';
import type { Worker } from '../jobs/worker.ts';
import type { Logger } from '../lib/logger.ts';

export interface ThreadOptions {
  /** The config as it was read, and what the process was started with: the thread opens everything for itself. */
  readonly config: AppOptions['config'];
  readonly environment: Environment;
  readonly log: Logger;
  readonly onMadeAnew?: (projects: readonly ProjectId[]) => void;
}

/** What the thread is told to do; it answers `done` with the same number. */
export type Order =
  | { readonly do: 'round' | 'note-news' | 'stop'; readonly id: number }
  | { readonly do: 'wake'; readonly source: string; readonly id: number };

/** What it tells: which order is done, or of which projects the kept answers are new. */
export type Told = { readonly done: number } | { readonly madeAnew: readonly ProjectId[] };

/** After a fall it gets up again, but not so fast that it does nothing else. */
const restartMs = 10_000;
/** Three times the semi-space of the main thread's flag: to V8 a young generation is that much. */
const youngMegabytes = 24;

/**
 * The worker in a thread of its own: to measure a project of 100,000 items takes a minute of the event loop, and Slack waits
 * three seconds for an acknowledgement. Both meet in the database only, as two processes would.
 */
export function startWorkerThread({
  config,
  environment,
  log,
  onMadeAnew,
}: ThreadOptions): Worker & { isRunning(): boolean } {
  const waiting = new Map<number, () => void>();
  let count = 0;
  let isStopping = false;
  let restart: NodeJS.Timeout | undefined;
  let thread: Thread | null = null;
  const open = () => {
    thread = new Thread(new URL('./worker-main.ts', import.meta.url), {
      workerData: { config, environment: { ...environment } },
      resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
    });
    thread.on('message', (told: Told) => ('done' in told ? settle(told.done) : onMadeAnew?.(told.madeAnew)));
    thread.on('error', (error) => log.error({ error: String(error) }, 'the worker has failed'));
    thread.on('exit', (code) => {
      thread = null;
      for (const id of waiting.keys()) settle(id);
      if (isStopping) return;
      log.error({ code, againInMs: restartMs }, 'the worker has ended, and is started again');
      restart = setTimeout(open, restartMs);
    });
  };
  const settle = (id: number) => {
    waiting.get(id)?.();
    waiting.delete(id);
  };
  /** Resolves when it is done, or when nobody is there to do it. */
  const tell = (
    order: { readonly do: 'round' | 'note-news' | 'stop' } | { readonly do: 'wake'; readonly source: string },
  ) =>
    new Promise<void>((resolve) => {
      if (thread === null) return resolve();
      count += 1;
      waiting.set(count, resolve);
      thread.postMessage({ ...order, id: count } satisfies Order);
    });
  open();
  return {
    isRunning: () => thread !== null,
    round: () => tell({ do: 'round' }),
    wake: (source) => void tell({ do: 'wake', source }),
    noteNews: () => void tell({ do: 'note-news' }),
    async stop() {
      isStopping = true;
      clearTimeout(restart);
      await tell({ do: 'stop' });
      await thread?.terminate();
    },
  };
}
