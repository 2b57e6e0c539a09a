import { existsSync } from 'node:fs';
import { runCli } from './cli/program.ts';

if (existsSync('.env')) process.loadEnvFile('.env');
process.exitCode = await runCli(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  environment: process.env,
  isTerminal: process.stderr.isTTY,
});
