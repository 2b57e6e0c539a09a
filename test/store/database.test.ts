import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { ConfigError, RemoteError } from '../../src/lib/errors.ts';
import { backupSqlite, checkIntegrity } from '../../src/store/backup.ts';
import { databaseFile, openDatabase, readInt8 } from '../../src/store/database.ts';
import { inspectDatabase } from '../../src/store/inspect.ts';
import { migrations } from '../../src/store/migrations/all.ts';
import { knownVersion, migrate, readSchemaVersion } from '../../src/store/migrate.ts';
import { savePage } from '../../src/store/save-page.ts';
import { itemRecord, monday } from './records.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-database-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = (name: string) => join(folder, name);

async function createDatabase(name: string): Promise<string> {
  const url = `file:${path(name)}`;
  const database = await openDatabase(url);
  await migrate(database);
  await savePage(database.db, 'jira', { records: [itemRecord()], cursor: { page: 1 } }, monday);
  await database.close();
  return url;
}

describe('opening', () => {
  test.each([
    ['mysql://u:secret@db/vigie', 'mysql://db/vigie'],
    ['data/vigie.db', 'data/vigie.db'],
    ['file:', 'file:'],
    ['file:x.db?mode=ro', 'file:'],
    ['', '""'],
  ])('%j is refused with what is expected, and without its password', async (url, found) => {
    const error = await openDatabase(url).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as Error).message).toContain('postgres://user:password@host');
    expect((error as Error).message).toContain(found);
    expect((error as Error).message).not.toContain('secret');
  });

  test('which file a URL means', () => {
    expect(databaseFile('file:/tmp/a b.db')).toBe('/tmp/a b.db');
    expect(databaseFile('file:///tmp/a%20b.db')).toBe('/tmp/a b.db');
    expect(databaseFile('file::memory:')).toBeNull();
    expect(databaseFile('postgresql://h/n')).toBeNull();
  });

  test('a server that is not there is a RemoteError that says what to check, without the password', async () => {
    const error = await openDatabase('postgres://u:secret@127.0.0.1:1/vigie').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RemoteError);
    expect((error as RemoteError).message).toContain('127.0.0.1:1/vigie');
    expect((error as RemoteError).todo).toContain('DATABASE_URL');
    expect(JSON.stringify(error) + String(error)).not.toContain('secret');
  });

  test('the folder is made, and a file opened again still writes through to the disk', async () => {
    const url = await createDatabase('new/folder/a.db');
    const again = await openDatabase(url);
    const pragma = async (name: string) =>
      Object.values((await sql.raw<Record<string, unknown>>(`pragma ${name}`).execute(again.db)).rows[0]!)[0];
    expect(await pragma('synchronous')).toBe(2);
    expect(await pragma('journal_mode')).toBe('wal');
    expect(await pragma('foreign_keys')).toBe(1);
    await again.close();
    // The trap itself: without our pragma the same file comes with NORMAL.
    const bare = new Sqlite(path('new/folder/a.db'));
    expect(bare.pragma('synchronous', { simple: true })).toBe(1);
    bare.close();
  });

  test('nobody else on the machine reads the file, what stands beside it, or a copy', async () => {
    const database = await openDatabase(await createDatabase('own.db'));
    await sql`select 1 from item`.execute(database.db);
    await backupSqlite(path('own.db'), path('copies/own.db'));
    const names = ['own.db', 'own.db-wal', 'own.db-shm', 'copies/own.db'];
    expect(names.map((name) => (statSync(path(name)).mode & 0o777).toString(8))).toEqual(names.map(() => '600'));
    await database.close();
  });

  test('a file that is something else is refused and stays as it is', async () => {
    writeFileSync(path('letter.db'), 'Dear Sir or Madam, '.repeat(500));
    const opening = openDatabase(`file:${path('letter.db')}`);
    await expect(opening).rejects.toThrow(/not a database.*choose another path/);
    expect(statSync(path('letter.db')).size).toBe(19 * 500);
  });

  test('numbers of PostgreSQL that do not fit are an error, never another number', () => {
    expect(readInt8('9007199254740991')).toBe(9_007_199_254_740_991);
    expect(() => readInt8('9007199254740993')).toThrow(/does not fit/);
  });
});

describe('the schema', () => {
  test('a newer schema is refused, and nothing is touched', async () => {
    const url = await createDatabase('newer.db');
    const raw = new Sqlite(path('newer.db'));
    raw.prepare('insert into kysely_migration values (?, ?)').run('0999-future', '2030-01-01T00:00:00.000Z');
    raw.close();
    const database = await openDatabase(url);
    await expect(migrate(database)).rejects.toThrow(
      new RegExp(`expected at most ${knownVersion}.*found 0999-future.*a newer Vigie`),
    );
    const { problems } = await inspectDatabase(database, { isThorough: false });
    expect(problems.join()).toContain('newer than');
    await database.close();
    expect(existsSync(path(`newer.db.before-${knownVersion}`))).toBe(false);
  });

  test('an older file is copied before it is changed, and what fails leaves it as it was', async () => {
    const url = `file:${path('older.db')}`;
    const raw = new Sqlite(path('older.db'));
    raw.exec(`create table kysely_migration (name varchar(255) primary key not null, timestamp varchar(255) not null);
      create table status (id text); insert into status values ('kept');`);
    raw.exec(`insert into kysely_migration values ('0000-ancient', '2020-01-01T00:00:00.000Z')`);
    raw.close();
    const database = await openDatabase(url);
    await expect(migrate(database)).rejects.toThrow(ConfigError);
    // Of the migration that failed half-way, at a table that was there already, nothing remains.
    const tables = (await database.db.introspection.getTables()).map((table) => table.name);
    expect(tables).toEqual(['status']);
    expect(await readSchemaVersion(database)).toBe('0000-ancient');
    await database.close();
    const copy = new Sqlite(path(`older.db.before-${knownVersion}`), { readonly: true });
    expect(copy.prepare('select id from status').pluck().get()).toBe('kept');
    copy.close();
  });

  test('two that migrate at once: one does it, the other finds it done', async () => {
    const [one, other] = await Promise.all([
      openDatabase(`file:${path('two.db')}`),
      openDatabase(`file:${path('two.db')}`),
    ]);
    const done = await Promise.all([migrate(one), migrate(other)]);
    expect(done.map(({ applied }) => applied.length).sort((a, b) => a - b)).toEqual([
      0,
      Object.keys(migrations).length,
    ]);
    await Promise.all([one.close(), other.close()]);
  });
});

describe('a second process on the file', () => {
  test('waits for the other to finish, with the event loop free', async () => {
    const url = await createDatabase('shared.db');
    const holder = new Sqlite(path('shared.db'));
    holder.exec('begin immediate');
    const database = await openDatabase(url);
    let ticks = 0;
    const timer = setInterval(() => void ticks++, 20);
    const saving = savePage(database.db, 'jira', { records: [itemRecord({ summary: 'second' })], cursor: {} }, monday);
    await new Promise((resolve) => setTimeout(resolve, 600));
    holder.exec('commit');
    holder.close();
    await saving;
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(3);
    await database.close();
  });

  test('gives up with a clear error, and works again when the other is gone', async () => {
    const url = await createDatabase('held.db');
    const holder = new Sqlite(path('held.db'));
    holder.exec('begin immediate');
    const database = await openDatabase(url, { patienceMs: 300 });
    const save = () => savePage(database.db, 'jira', { records: [], cursor: { page: 2 } }, monday);
    const error = await save().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RemoteError);
    expect((error as RemoteError).todo).toContain('another process');
    holder.exec('rollback');
    holder.close();
    await save();
    await database.close();
    expect(checkIntegrity(path('held.db'))).toEqual([]);
  });
});

test('a disk that is full loses nothing: the page is refused whole, and comes in when there is room', async () => {
  const url = await createDatabase('full.db');
  const database = await openDatabase(url);
  const records = Array.from({ length: 500 }, (_, index) =>
    itemRecord({ id: String(index), key: `APO-${index}`, summary: 'x'.repeat(2_000) }),
  );
  const save = () => savePage(database.db, 'jira', { records, cursor: { page: 2 } }, monday);
  const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(database.db);
  await sql.raw(`pragma max_page_count = ${rows[0]!.page_count + 5}`).execute(database.db);
  const error = await save().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(RemoteError);
  expect((error as RemoteError).todo).toContain('make room');
  const cursor = await database.db.selectFrom('cursor').select('value').executeTakeFirst();
  expect(cursor?.value).toBe('{"page":1}');
  await sql`pragma max_page_count = 1000000`.execute(database.db);
  await save();
  await database.close();
});

test('a database whose pages are damaged is told, not read', async () => {
  const url = await createDatabase('damaged.db');
  const bytes = readFileSync(path('damaged.db'));
  bytes.fill(0x5a, 8_192, 12_288);
  writeFileSync(path('damaged.db'), bytes);
  const database = await openDatabase(url);
  const { problems } = await inspectDatabase(database, { isThorough: true });
  await database.close();
  expect(problems.join()).toMatch(/damaged.*backup/);
});
