import { watch } from 'node:fs';
import { loadConfig, requireVariables } from '../config/load.ts';
import type { Environment } from '../config/environment.ts';
import type { Logger } from '../lib/logger.ts';

/** Editors write a file in several steps; what stands after this pause is what was meant. */
const quietMs = 500;

/**
 * Resolves when a file of the config folder has changed and the whole config is good, or when the signal is aborted.
 * A bad change is refused whole and told, with every problem; what ran before goes on.
 */
export async function configChange(
  directory: string,
  {
    environment,
    log,
    signal,
  }: { readonly environment: Environment; readonly log: Logger; readonly signal: AbortSignal },
): Promise<void> {
  await new Promise<void>((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const look = () => {
      try {
        requireVariables(loadConfig(directory, environment), ['sources', 'slack']);
      } catch (error) {
        log.error(
          { config: directory, error: (error as Error).message },
          'the changed config is refused, the old one stays',
        );
        return;
      }
      end();
    };
    const watcher = watch(directory, (_, name) => {
      if (name !== null && !/\.ya?ml$/.test(name)) return;
      clearTimeout(timer);
      timer = setTimeout(look, quietMs);
    });
    const end = () => {
      clearTimeout(timer);
      watcher.close();
      signal.removeEventListener('abort', end);
      resolve();
    };
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
