import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { CompiledQuery, SqliteAdapter, SqliteDialect, SqliteDriver } from 'kysely';
import type {
  DatabaseConnection,
  Driver,
  QueryResult,
  SqliteDatabase,
  SqliteDialectConfig,
  TransactionSettings,
} from 'kysely';
import { RemoteError } from '../lib/errors.ts';

/** How long SQLite itself may wait for another process: it waits inside a call, so the whole program stands still. */
export const busyTimeoutMs = 100;
/** How long we go on asking for the write lock, letting others run in between. */
export const defaultPatienceMs = 10_000;
const pauseMs = 25;
const keptStatements = 100;

/**
 * SQLite with three differences from Kysely's own dialect. A transaction that writes takes the write lock at its start:
 * taken later, it fails with "busy" after half of the work. Waiting for another process leaves the event loop free.
 * DDL is part of the transaction, so a migration that is killed leaves nothing behind.
 */
export class PatientSqliteDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;
  readonly #patienceMs: number;

  constructor(database: Sqlite.Database, patienceMs: number) {
    const config = { database: keepStatements(database) };
    super(config);
    this.#config = config;
    this.#patienceMs = patienceMs;
  }

  override createDriver(): Driver {
    return new PatientSqliteDriver(this.#config, this.#patienceMs);
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalDdlAdapter();
  }
}

class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class PatientSqliteDriver extends SqliteDriver {
  #connection: PatientConnection | null = null;
  readonly #patienceMs: number;

  constructor(config: SqliteDialectConfig, patienceMs: number) {
    super(config);
    this.#patienceMs = patienceMs;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    this.#connection ??= new PatientConnection(await super.acquireConnection(), this.#patienceMs);
    return this.#connection;
  }

  override async beginTransaction(connection: DatabaseConnection, settings?: TransactionSettings): Promise<void> {
    const begin = settings?.accessMode === 'read only' ? 'begin' : 'begin immediate';
    await connection.executeQuery(CompiledQuery.raw(begin));
    (connection as PatientConnection).isInTransaction = true;
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await super.commitTransaction(connection);
    (connection as PatientConnection).isInTransaction = false;
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    (connection as PatientConnection).isInTransaction = false;
    await super.rollbackTransaction(connection);
  }
}

/** Retries what another process holds up, unless we are inside a transaction: there, waiting gains nothing. */
class PatientConnection implements DatabaseConnection {
  readonly #inner: DatabaseConnection;
  readonly #patienceMs: number;
  isInTransaction = false;

  constructor(inner: DatabaseConnection, patienceMs: number) {
    this.#inner = inner;
    this.#patienceMs = patienceMs;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    for (let waited = 0; ; waited += busyTimeoutMs + pauseMs) {
      try {
        return await this.#inner.executeQuery<R>(query);
      } catch (error) {
        if (this.isInTransaction || !isBusy(error) || waited >= this.#patienceMs) throw explainSqlite(error);
        await sleep(pauseMs);
      }
    }
  }

  streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    return this.#inner.streamQuery<R>(query, chunkSize);
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

const todos: Readonly<Record<string, string>> = {
  SQLITE_BUSY: 'another process has been writing for long: stop it, or use PostgreSQL for several processes',
  SQLITE_FULL: 'the disk is full: make room; nothing was lost',
  SQLITE_READONLY: 'the database may not be written: give this user the right to write the file and its folder',
  SQLITE_IOERR: 'the disk failed: look at the system log; a database must not lie on a network drive',
  SQLITE_CORRUPT: 'the file is damaged: stop, run `vigie db verify`, put the last backup in its place',
};

/** What the machine does to a database is no bug of ours: an error that says what to do. Others stay as they are. */
function explainSqlite(error: unknown): unknown {
  if (!(error instanceof Sqlite.SqliteError)) return error;
  const known = Object.entries(todos).find(([code]) => error.code.startsWith(code));
  return known ? new RemoteError('database', error.message, { todo: known[1], cause: error }) : error;
}

/** Preparing a statement of a thousand rows costs as much as running it: the last ones used are kept. */
function keepStatements(database: Sqlite.Database): SqliteDatabase {
  const kept = new Map<string, Sqlite.Statement>();
  return {
    close: () => void database.close(),
    prepare(text) {
      const statement = kept.get(text) ?? database.prepare(text);
      kept.delete(text);
      kept.set(text, statement);
      if (kept.size > keptStatements) kept.delete(kept.keys().next().value!);
      return statement;
    },
  };
}
