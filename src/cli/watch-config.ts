import { watch } from 'node:fs';
import { checkConfig, readConfigFiles, requireVariables } from '../config/load.ts';
import type { ConfigFile } from '../config/load.ts';
import type { Environment } from '../config/environment.ts';
import type { Logger } from '../lib/logger.ts';

/** Editors write a file in several steps; what stands after this pause is what was meant. */
const quietMs = 500;

export interface WatchOptions {
  /** The files as they were read for what runs now. */
  readonly running: readonly ConfigFile[];
  /** What stands in the folder and could not be started with: no change. */
  readonly refused?: readonly ConfigFile[] | null;
  readonly environment: Environment;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

/**
 * Resolves when the config folder holds another config than the one that runs, and all of it is good, or when the signal
 * is aborted. A bad change is refused whole and told once, with every problem; what ran before goes on.
 */
export async function configChange(
  directory: string,
  { running, refused = null, environment, log, signal }: WatchOptions,
): Promise<void> {
  await new Promise<void>((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    let last = textOf(refused ?? running);
    const look = () => {
      timer = undefined;
      try {
        const files = readConfigFiles(directory);
        if (textOf(files) === last) return;
        last = textOf(files);
        if (last === textOf(running)) return;
        requireVariables(checkConfig(files, environment), ['sources', 'slack']);
      } catch (error) {
        const { message } = error as Error;
        log.error({ config: directory, error: message }, 'the changed config is refused, the old one stays');
        return;
      }
      end();
    };
    const watcher = watch(directory, (_, name) => {
      // What is no config may be what its files are links to; it may change all the time, too.
      const isConfig = name === null || /\.ya?ml$/.test(name);
      if (!isConfig && timer !== undefined) return;
      clearTimeout(timer);
      timer = setTimeout(look, quietMs);
    });
    watcher.on('error', (error) =>
      log.error({ config: directory, error: error.message }, 'the config is watched no more: a change needs a restart'),
    );
    const end = () => {
      clearTimeout(timer);
      watcher.close();
      signal.removeEventListener('abort', end);
      resolve();
    };
    signal.addEventListener('abort', end);
    // What was changed since it was read, while the program was starting.
    timer = setTimeout(look, quietMs);
    if (signal.aborted) end();
  });
}

function textOf(files: readonly ConfigFile[]): string {
  return JSON.stringify(files);
}
