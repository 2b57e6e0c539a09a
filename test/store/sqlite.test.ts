import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { storeContract } from './contract.ts';
import { killContract } from './kill-contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-store-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open = async (url: string) => {
  const database = await openDatabase(url);
  await migrate(database);
  return database;
};

let count = 0;
describe('in memory', () => {
  storeContract({ open: () => open('file::memory:'), connectAgain: null });
});
describe('in a file', () => {
  storeContract({
    open: () => open(`file:${join(folder, `${++count}.db`)}`),
    connectAgain: (first) => openDatabase(`file:${first.file}`),
  });
  killContract(async () => {
    const url = `file:${join(folder, 'killed.db')}`;
    return { url, database: await open(url) };
  });
});
