#!/usr/bin/env -S node --max-semi-space-size=8
import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';

// Stripping types is most of the start-up; started by vigie.js the cache is on already.
enableCompileCache();
const { runCli } = await import('./cli/program.ts');

if (existsSync('.env')) process.loadEnvFile('.env');
process.exitCode = await runCli(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  environment: process.env,
  isTerminal: process.stderr.isTTY,
});
