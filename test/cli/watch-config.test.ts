import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { configChange } from '../../src/cli/watch-config.ts';
import { readConfigFiles } from '../../src/config/load.ts';
import type { ConfigFile } from '../../src/config/load.ts';
import { createLogger, silentLogger } from '../../src/lib/logger.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigie-watch-'));
  write('sources: { x: { kind: jira-export, path: here } }\n');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function write(text: string): void {
  writeFileSync(join(directory, 'vigie.yaml'), text);
}

/** Resolves when another config than the one that runs is taken. */
function changeOf(running: readonly ConfigFile[], log = silentLogger, signal = new AbortController().signal) {
  return configChange(directory, { running, environment: {}, log, signal });
}

it('refuses a bad change with its reason and takes the good one after it', async () => {
  const lines: string[] = [];
  const log = createLogger({ write: (line) => lines.push(line) });
  let isTaken = false;
  const change = changeOf(readConfigFiles(directory), log);
  void change.then(() => (isTaken = true));
  write('sorces: {}\n');
  await expect.poll(() => lines.join('')).toMatch(/the changed config is refused.*|did you mean/);
  expect(lines.join('')).toContain('did you mean \\"sources\\"?');
  expect(isTaken).toBe(false);
  write('locale: fr\n');
  await change;
});

it('takes what was changed while the program was still starting', async () => {
  const running = readConfigFiles(directory);
  write('locale: fr\n');
  await expect(changeOf(running)).resolves.toBeUndefined();
});

it('takes a folder that is exchanged as a whole, as Kubernetes does it', async () => {
  rmSync(join(directory, 'vigie.yaml'));
  for (const [version, text] of [
    ['..1', 'locale: en\n'],
    ['..2', 'locale: fr\n'],
  ] as const) {
    mkdirSync(join(directory, version));
    writeFileSync(join(directory, version, 'vigie.yaml'), text);
  }
  symlinkSync('..1', join(directory, '..data'));
  symlinkSync(join('..data', 'vigie.yaml'), join(directory, 'vigie.yaml'));
  const change = changeOf(readConfigFiles(directory));
  symlinkSync('..2', join(directory, '..next'));
  renameSync(join(directory, '..next'), join(directory, '..data'));
  await expect(change).resolves.toBeUndefined();
});

it('goes on with what runs when a file is written as it was', async () => {
  const running = readConfigFiles(directory);
  const lines: string[] = [];
  let isTaken = false;
  const change = changeOf(running, createLogger({ write: (line) => lines.push(line) })).then(() => (isTaken = true));
  write(running[0]!.text);
  write('sorces: {}\n');
  await expect.poll(() => lines.join('')).toContain('did you mean');
  write(running[0]!.text);
  writeFileSync(join(directory, 'notes.txt'), 'no config');
  write('sorces: { }\n');
  await expect.poll(() => lines.length).toBe(2);
  expect(isTaken).toBe(false);
  write('locale: fr\n');
  await change;
});

it('ends when it is told to stop', async () => {
  const controller = new AbortController();
  const change = changeOf(readConfigFiles(directory), silentLogger, controller.signal);
  controller.abort();
  await expect(change).resolves.toBeUndefined();
});
