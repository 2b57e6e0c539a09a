import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { runCli } from '../../src/cli/program.ts';

/** How one run of the command line ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

const main = new URL('../../src/vigie.js', import.meta.url).pathname;

/** The real command line in a process of its own, for who has something to do while it runs. */
export function spawnVigie(args: readonly string[], environment: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = once(child, 'close').then((end): Ended => {
    const [code, signal] = end as [number | null, NodeJS.Signals | null];
    return { code, signal, stdout, stderr };
  });
  return { child, stderr: () => stderr, ended };
}

/**
 * Runs the real command line in a process of its own. The signal comes as soon as `killWhen` holds: what the process has
 * done by then is the same on a slow machine and a fast one, which no number of milliseconds is.
 */
export async function runVigie(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  killWhen: (() => boolean) | null = null,
  by: NodeJS.Signals = 'SIGKILL',
): Promise<Ended> {
  const { child, ended } = spawnVigie(args, environment);
  let isSent = false;
  const look = () => {
    if (isSent || !killWhen!()) return;
    isSent = true;
    child.kill(by);
  };
  const watch = killWhen === null ? null : setInterval(look, 2);
  const end = await ended;
  if (watch) clearInterval(watch);
  return end;
}

/** The same command line in this process, where nothing is killed: a third of the time. */
export async function runHere(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  const code = await runCli(args, {
    stdin: Readable.from([]),
    stdout: (text) => void (stdout += text),
    stderr: (text) => void (stderr += text),
    environment,
    isTerminal: false,
  });
  return { code, signal: null, stdout, stderr };
}
