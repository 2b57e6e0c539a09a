import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { spawnVigie } from './vigie-process.ts';

let directory: string;
const taken = createServer();

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vigie-changed-'));
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  taken.close();
  rmSync(directory, { recursive: true, force: true });
});

const write = (text: string) => writeFileSync(join(directory, 'vigie.yaml'), text);

it('goes on with the config before one that reads well and cannot be started with, and takes the next', async () => {
  const { port } = taken.address() as AddressInfo;
  write('http: { host: 127.0.0.1, port: 0 }\n');
  const { child, stderr, ended } = spawnVigie(['--config', directory, 'start'], {
    DATABASE_URL: `file:${join(directory, 'vigie.db')}`,
  });
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  const told = () => stdout + stderr();
  const onWatch = () => told().split('vigie is on watch').length - 1;
  await expect.poll(onWatch).toBe(1);
  write(`http: { host: 127.0.0.1, port: ${port} }\n`);
  await expect.poll(onWatch).toBe(2);
  expect(told()).toMatch(/cannot be started with, the old one stays/);
  expect(told()).toContain(String(port));
  write('http: { host: 127.0.0.1, port: 0 }\nlocale: fr\n');
  await expect.poll(onWatch).toBe(3);
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
});
