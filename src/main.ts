import { readEnvFile } from './cli/env-file.ts';
import { runCli } from './cli/program.ts';

for (const [name, stream] of [
  ['standard output', process.stdout],
  ['standard error', process.stderr],
] as const)
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Nobody reads on, as under `| head`: what is being done is done to its end all the same.
    if (error.code === 'EPIPE') return;
    process.stderr.write(`${name} cannot be written: ${error.message}\n`);
    process.exit(1);
  });
process.exitCode = await runCli(
  process.argv.slice(2),
  {
    stdin: process.stdin,
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    environment: process.env,
    isTerminal: process.stderr.isTTY,
  },
  // The environment wins.
  () => {
    for (const [name, value] of Object.entries(readEnvFile('.env'))) process.env[name] ??= value;
  },
);
