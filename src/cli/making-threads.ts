import { Piscina } from 'piscina';
import type { AppOptions } from '../app.ts';
import type { Environment } from '../config/environment.ts';
import type { JobContext } from '../jobs/context.ts';

export interface MakingOptions {
  /** The config as it was read, and what the process was started with: each thread opens everything for itself. */
  readonly config: AppOptions['config'];
  readonly environment: Environment;
}

/** Threads that measure and draw what people ask for, so that who asks next is acknowledged meanwhile. */
export interface MakingThreads {
  readonly elsewhere: NonNullable<JobContext['elsewhere']>;
  stop(): Promise<void>;
}

/** A question about a large project should not hold up one about a small one. */
const mostThreads = 2;
const idleMs = 60_000;
/** Three times the semi-space of the main thread's flag: to V8 a young generation is that much. */
const youngMegabytes = 24;

/** Opens the first one at once, so that who asks first does not wait for its start. */
export function openMakingThreads({ config, environment }: MakingOptions): MakingThreads {
  const pool = new Piscina({
    filename: new URL('./making-main.ts', import.meta.url).href,
    name: 'make',
    workerData: { config, environment: { ...environment } },
    minThreads: 1,
    maxThreads: mostThreads,
    idleTimeout: idleMs,
    // A thread that waits for work by Atomics does not hear its database.
    atomics: 'disabled',
    resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
  });
  const running = new Map<string, Promise<unknown>>();
  return {
    // Whoever asks for the same thing meanwhile gets the same answer.
    elsewhere(name, ask) {
      const key = JSON.stringify([name, ask]);
      const made = running.get(key) ?? pool.run({ name, ask }).finally(() => running.delete(key));
      running.set(key, made);
      return made;
    },
    stop: () => pool.destroy(),
  };
}
