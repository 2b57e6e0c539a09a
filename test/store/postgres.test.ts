import { sql } from 'kysely';
import { afterAll, beforeAll } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';
import { storeContract } from './contract.ts';
import { startPostgres } from './postgres-server.ts';
import type { PostgresServer } from './postgres-server.ts';

let server: PostgresServer;
let url: string;

beforeAll(async () => {
  server = await startPostgres();
  url = await server.createDatabase('contract');
}, 60_000);
afterAll(() => server?.stop());

storeContract({
  async open() {
    const database = await openDatabase(url);
    await migrate(database);
    const tables = (await database.db.introspection.getTables()).map((table) => sql.table(table.name));
    await sql`truncate ${sql.join(tables)} restart identity cascade`.execute(database.db);
    return database;
  },
  connectAgain: () => openDatabase(url),
});
