import type { Environment } from '../config/environment.ts';

/** What a command reads and writes: answers on standard output, everything else on standard error. */
export interface Io {
  readonly stdin: AsyncIterable<Buffer | string>;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly environment: Environment;
  /** Whether a person watches standard error: a progress bar instead of log lines. */
  readonly isTerminal: boolean;
}

/** 0 done, 1 failed, 2 wrong usage or config. */
export type ExitCode = 0 | 1 | 2;
