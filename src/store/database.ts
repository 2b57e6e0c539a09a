import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { ConfigError, RemoteError } from '../lib/errors.ts';
import { createForOwner } from './owner-only.ts';
import { busyTimeoutMs, defaultPatienceMs, PatientSqliteDialect } from './sqlite-dialect.ts';
import type { Db, Tables } from './tables.ts';

export interface Database {
  readonly db: Db;
  readonly dialect: 'sqlite' | 'postgres';
  /** The SQLite file; null for one in memory and for PostgreSQL. */
  readonly file: string | null;
  /** Without user and password: fit for a log. */
  readonly name: string;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** How long to wait for another process that is writing to the same SQLite file. */
  readonly patienceMs?: number;
}

export const defaultDatabaseUrl = 'file:data/vigie.db';

/**
 * Opens `file:data/vigie.db`, `file::memory:` or `postgres://user:password@host/name`. It makes the folder of a file,
 * and does not touch the schema: `migrate` does. Throws ConfigError when the URL or the file cannot be used, RemoteError
 * when a server cannot be reached.
 */
export async function openDatabase(url: string, options: OpenOptions = {}): Promise<Database> {
  const file = databaseFile(url);
  return isPostgresUrl(url) ? openPostgres(url) : openSqlite(url, file, options.patienceMs ?? defaultPatienceMs);
}

function isPostgresUrl(url: string): boolean {
  return /^postgres(ql)?:\/\//.test(url);
}

function openSqlite(url: string, file: string | null, patienceMs: number): Database {
  let raw: Sqlite.Database | null = null;
  try {
    if (file !== null) createFile(file);
    raw = new Sqlite(file ?? ':memory:', { timeout: busyTimeoutMs });
    raw.pragma('journal_mode = WAL');
    // A WAL file that is opened again comes with synchronous = NORMAL, where a power cut loses commits: a message would
    // then be posted twice.
    raw.pragma('synchronous = FULL');
    raw.pragma('foreign_keys = ON');
    if (raw.pragma('synchronous', { simple: true }) !== 2) throw new Error('SQLite did not accept synchronous = FULL');
    if (raw.pragma('foreign_keys', { simple: true }) !== 1) throw new Error('SQLite did not accept foreign_keys = ON');
  } catch (error) {
    raw?.close();
    throw new ConfigError([
      {
        where: 'DATABASE_URL',
        path: '',
        expected: 'a SQLite database that can be opened and written',
        found: `${url}: ${(error as Error).message}`,
        hint: openHint(error),
      },
    ]);
  }
  const db = new Kysely<Tables>({ dialect: new PatientSqliteDialect(raw, patienceMs) });
  // Kysely closes only what it has begun to use.
  const close = async () => {
    await db.destroy();
    raw.close();
  };
  return { db, dialect: 'sqlite', file, name: file ?? 'memory', close };
}

/**
 * It holds what teams are about, and perhaps tokens of workspaces: nobody else on the machine reads it. What SQLite puts
 * beside it is given the same rights.
 */
function createFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  createForOwner(file);
}

/** The file that a URL means; null for `file::memory:` and for a server. Throws ConfigError for any other URL. */
export function databaseFile(url: string): string | null {
  if (isPostgresUrl(url) || url === 'file::memory:') return null;
  const path = /^file:(?<path>[^?]+)$/.exec(url)?.groups?.['path'];
  if (path !== undefined) return path.startsWith('//') ? fileURLToPath(url) : resolve(path);
  throw new ConfigError([
    {
      where: 'DATABASE_URL',
      path: '',
      expected: '`file:<path>`, `file::memory:` or `postgres://user:password@host:5432/name`',
      found: describeUrl(url),
      hint: `leave it out to use ${defaultDatabaseUrl}`,
    },
  ]);
}

function openHint(error: unknown): string {
  const code = (error as { code?: string }).code ?? '';
  if (code === 'SQLITE_NOTADB') return 'this file is something else; choose another path';
  if (code.startsWith('SQLITE_CORRUPT')) return 'the file is damaged; put the last backup in its place';
  if (code.startsWith('SQLITE_BUSY')) return 'another process holds it; stop that one or wait';
  return 'check that the folder exists and that this user may write in it';
}

async function openPostgres(url: string): Promise<Database> {
  const { Pool, TypeOverrides, types } = (await import('pg')).default;
  // `pg` gives int8 as text, because it may not fit a number.
  const parsers = new TypeOverrides();
  parsers.setTypeParser(types.builtins.INT8, readInt8);
  const pool = new Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 10_000,
    application_name: 'vigie',
    // A server that is gone without a farewell would be waited for without an end.
    keepAlive: true,
    types: parsers,
  });
  // Without a listener, a server that closes an idle connection would end the program; the next query gets a new one.
  pool.on('error', () => {});
  // The same for one in use: between two statements of a transaction nobody else listens, and the next one fails anyway.
  pool.on('connect', (client) => void client.on('error', () => {}));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await sql`select 1`.execute(db);
  } catch (error) {
    await db.destroy();
    throw new RemoteError('postgres', `cannot open ${describeUrl(url)}: ${(error as Error).message}`, {
      todo: 'check DATABASE_URL, that the server runs and that this user may connect',
      cause: error,
    });
  }
  return { db, dialect: 'postgres', file: null, name: describeUrl(url), close: () => db.destroy() };
}

/** Counts and instants fit a number; one that does not would be read wrong without a word, so it throws. */
export function readInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} does not fit a number exactly`);
  return value;
}

/** A URL without user, password and parameters. */
function describeUrl(url: string): string {
  const parsed = URL.parse(url);
  return parsed?.host ? `${parsed.protocol}//${parsed.host}${parsed.pathname}` : `"${url.split('@').at(-1)}"`;
}
