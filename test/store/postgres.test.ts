import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/store/database.ts';
import { openDatabase } from '../../src/store/database.ts';
import { inspectDatabase } from '../../src/store/inspect.ts';
import { migrate } from '../../src/store/migrate.ts';
import { migrations } from '../../src/store/migrations/all.ts';
import { storeContract } from './contract.ts';
import { killContract } from './kill-contract.ts';
import { startPostgres } from './postgres-server.ts';
import type { PostgresServer } from './postgres-server.ts';

let server: PostgresServer;
let url: string;

beforeAll(async () => {
  server = await startPostgres();
  url = await server.createDatabase('contract');
});
afterAll(() => server?.stop());

async function open(): Promise<Database> {
  const database = await openDatabase(url);
  await migrate(database);
  const tables = (await database.db.introspection.getTables()).map((table) => `delete from "${table.name}";`);
  // Ten times as fast as TRUNCATE on tables this small; the order of the tables does not matter without triggers.
  const empty = `set session_replication_role = replica; ${tables.join(' ')} set session_replication_role = origin;`;
  await sql.raw(empty).execute(database.db);
  return database;
}

storeContract({ open, connectAgain: () => openDatabase(url) });
killContract(async () => ({ database: await open(), url }));

test('what cannot be kept exactly is an error, not another number', async () => {
  const database = await open();
  const reading = sql`select 9007199254740993::int8 as big`.execute(database.db);
  await expect(reading).rejects.toThrow(/does not fit/);
  await database.close();
});

test('a server that cuts a connection between two statements fails the transaction, not the process', async () => {
  const database = await open();
  const other = await openDatabase(url);
  const uncaught: string[] = [];
  const note = (error: Error) => void uncaught.push(error.message);
  process.on('uncaughtException', note);
  const work = database.db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
    await sql`select pg_terminate_backend(${rows[0]!.pid}, 5000)`.execute(other.db);
    // The farewell of the server is read in a turn of the event loop of its own.
    for (let turn = 0; turn < 50 && uncaught.length === 0; turn++) await sql`select 1`.execute(other.db);
    await sql`select 1`.execute(tx);
  });
  await expect(work).rejects.toThrow(/terminat|connection error/);
  process.off('uncaughtException', note);
  expect(uncaught).toEqual([]);
  await expect(sql`select 1 as one`.execute(database.db)).resolves.toMatchObject({ rows: [{ one: 1 }] });
  await Promise.all([database.close(), other.close()]);
});

test('two that migrate at once: one does it, the other finds it done', async () => {
  const fresh = await server.createDatabase('twice');
  const [one, other] = await Promise.all([openDatabase(fresh), openDatabase(fresh)]);
  const done = await Promise.all([migrate(one), migrate(other)]);
  expect(done.map(({ applied }) => applied.length).sort((a, b) => a - b)).toEqual([0, Object.keys(migrations).length]);
  const { engine, problems } = await inspectDatabase(one, { isThorough: true });
  expect(engine).toMatch(/^PostgreSQL 18/);
  expect(problems.join()).toContain('fsync is off');
  await Promise.all([one.close(), other.close()]);
});
