import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** How one run of the command line ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

const main = new URL('../../src/vigie.js', import.meta.url).pathname;

/** Runs the real command line in a process of its own; with `killAfterMs`, SIGKILL comes after so long. */
export async function runVigie(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  killAfterMs: number | null = null,
): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const timer = killAfterMs === null ? null : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  if (timer) clearTimeout(timer);
  return { code, signal, stdout, stderr };
}
