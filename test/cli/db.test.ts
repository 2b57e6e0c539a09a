import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '../../src/cli/db.ts';
import type { Io } from '../../src/cli/io.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-cli-db-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
let file: string;
beforeEach(() => {
  file = join(folder, `${++count}`, 'vigie.db');
});

async function run(action: string, target?: string, url = `file:${file}`) {
  let out = '';
  let err = '';
  const io: Io = {
    stdin: (async function* () {})(),
    stdout: (text) => void (out += text),
    stderr: (text) => void (err += text),
    environment: { DATABASE_URL: url },
    isTerminal: false,
  };
  const exit = await db({ action, ...(target === undefined ? {} : { file: target }) }, io);
  return { exit, out, err };
}

describe('vigie db', () => {
  test('migrate makes the file, and a second time finds nothing to do', async () => {
    const first = await run('migrate');
    expect(first).toMatchObject({ exit: 0, err: '' });
    expect(first.out).toContain('0001-first');
    expect((await run('migrate')).out).toContain('is up to date');
  });

  test('verify counts, and says that all is well', async () => {
    await run('migrate');
    const { exit, out } = await run('verify');
    expect(exit).toBe(0);
    expect(out).toMatch(/SQLite 3\.\d+\.\d+, schema \d{4}-[a-z]+/);
    expect(out).toMatch(/ item +0\n/);
    expect(out).toContain('All is well');
  });

  test('verify fails on rows that point nowhere', async () => {
    await run('migrate');
    const raw = new Sqlite(file);
    raw.pragma('foreign_keys = OFF');
    raw.exec(`insert into pull_project values (77, 'APO')`);
    raw.close();
    const { exit, err } = await run('verify');
    expect(exit).toBe(1);
    expect(err).toContain('1 rows point nowhere, in pull_project');
  });

  test('backup copies to a named file or beside the database, and never over another', async () => {
    await run('migrate');
    const target = join(folder, 'copies', 'a.db');
    expect(await run('backup', target)).toMatchObject({ exit: 0, err: '' });
    expect((await run('verify', undefined, `file:${target}`)).exit).toBe(0);
    await expect(run('backup', target)).rejects.toThrow(/does not exist yet.*choose another name/);
    await run('backup');
    expect(readdirSync(join(file, '..')).some((name) => /^vigie\.db\.backup-\d{8}T\d{6}Z$/.test(name))).toBe(true);
  });

  test('backup and verify of a database that is not there say so, and do not make one', async () => {
    await expect(run('verify')).rejects.toThrow(/no file .*vigie\.db.*vigie db migrate/);
    await expect(run('backup')).rejects.toThrow(/no file/);
    expect(existsSync(file)).toBe(false);
  });

  test('backup of PostgreSQL gives the command to use instead', async () => {
    const { exit, out, err } = await run('backup', "my dump's", 'postgres://u:secret@db/vigie');
    expect([exit, out]).toEqual([1, '']);
    expect(err).toContain(`pg_dump --format=custom --file='my dump'\\''s' "$DATABASE_URL"`);
    expect(err).not.toContain('secret');
  });

  test('an unknown action names the ones there are', async () => {
    await expect(run('constructor')).rejects.toThrow(/expected migrate, backup or verify, found "constructor"/);
  });
});
