import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { configChange } from '../../src/cli/watch-config.ts';
import { createLogger } from '../../src/lib/logger.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'vigie-watch-'));
  write('sources: { x: { kind: jira-export, path: here } }\n');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function write(text: string): void {
  writeFileSync(join(directory, 'vigie.yaml'), text);
}

it('refuses a bad change with its reason and takes the good one after it', async () => {
  const lines: string[] = [];
  const log = createLogger({ write: (line) => lines.push(line) });
  let isTaken = false;
  const change = configChange(directory, { environment: {}, log, signal: new AbortController().signal });
  void change.then(() => (isTaken = true));
  write('sorces: {}\n');
  await expect.poll(() => lines.join('')).toMatch(/the changed config is refused.*|did you mean/);
  expect(lines.join('')).toContain('did you mean \\"sources\\"?');
  expect(isTaken).toBe(false);
  write('locale: fr\n');
  await change;
});

it('ends when it is told to stop', async () => {
  const controller = new AbortController();
  const log = createLogger({ level: 'silent' });
  const change = configChange(directory, { environment: {}, log, signal: controller.signal });
  controller.abort();
  await expect(change).resolves.toBeUndefined();
});
