import { existsSync } from 'node:fs';
import { nearest } from '../config/explain-issue.ts';
import { formatInstant } from '../core/time/instant.ts';
import { systemClock } from '../lib/clock.ts';
import { ConfigError } from '../lib/errors.ts';
import { backupSqlite } from '../store/backup.ts';
import { databaseFile, defaultDatabaseUrl, openDatabase } from '../store/database.ts';
import type { Database } from '../store/database.ts';
import { inspectDatabase } from '../store/inspect.ts';
import { migrate } from '../store/migrate.ts';
import type { ExitCode, Io } from './io.ts';

export interface DbOptions {
  readonly action: string;
  /** Where the backup goes; beside the database when it is left out. */
  readonly file?: string;
}

const actions: Readonly<Record<string, (url: string, options: DbOptions, io: Io) => Promise<ExitCode>>> = {
  migrate: migrateDatabase,
  backup: backupDatabase,
  verify: verifyDatabase,
};

/** `vigie db migrate | backup [file] | verify`, on the database that DATABASE_URL names. */
export async function db(options: DbOptions, io: Io): Promise<ExitCode> {
  const run = Object.hasOwn(actions, options.action) ? actions[options.action] : undefined;
  if (!run) {
    const near = nearest(options.action, Object.keys(actions));
    throw new ConfigError([
      {
        where: 'vigie db',
        path: '',
        expected: 'migrate, backup or verify',
        found: `"${options.action}"`,
        ...(near ? { hint: `did you mean "${near}"?` } : {}),
      },
    ]);
  }
  return run(io.environment['DATABASE_URL'] || defaultDatabaseUrl, options, io);
}

async function migrateDatabase(url: string, _options: DbOptions, io: Io): Promise<ExitCode> {
  return withDatabase<ExitCode>(url, async (database) => {
    const { applied, version, backup } = await migrate(database);
    if (backup !== null) io.stdout(`The file as it was before is in ${backup}\n`);
    const done = applied.length === 0 ? 'is up to date' : `was brought up to date (${applied.join(', ')})`;
    io.stdout(`${database.name} ${done}: schema ${version}\n`);
    return 0;
  });
}

async function backupDatabase(url: string, options: DbOptions, io: Io): Promise<ExitCode> {
  const file = existingFile(url);
  if (file === null) {
    const target = options.file ?? 'vigie.dump';
    io.stderr(
      `Vigie copies SQLite files only. For PostgreSQL:\n  pg_dump --format=custom --file=${quote(target)} "$DATABASE_URL"\n` +
        `and back into an empty database:\n  pg_restore --no-owner --dbname="$DATABASE_URL" ${quote(target)}\n`,
    );
    return 1;
  }
  const target = options.file ?? `${file}.backup-${formatInstant(systemClock.now()).replace(/[-:]|\.\d+/g, '')}`;
  await backupSqlite(file, target);
  io.stdout(`${file} was copied to ${target}, and the copy is sound\n`);
  return 0;
}

async function verifyDatabase(url: string, _options: DbOptions, io: Io): Promise<ExitCode> {
  existingFile(url);
  return withDatabase<ExitCode>(url, async (database) => {
    const { name, engine, schema, counts, problems } = await inspectDatabase(database, { isThorough: true });
    io.stdout(`${name}: ${engine}, schema ${schema ?? 'none'}\n`);
    for (const [table, rows] of Object.entries(counts)) io.stdout(`  ${table.padEnd(10)} ${rows}\n`);
    for (const problem of problems) io.stderr(`problem: ${problem}\n`);
    io.stdout(
      problems.length === 0 ? 'All is well\n' : `${problems.length} problem${problems.length === 1 ? '' : 's'}\n`,
    );
    return problems.length === 0 ? 0 : 1;
  });
}

/** Null for a server. A file that is not there is a mistake: opening it would make an empty one. */
function existingFile(url: string): string | null {
  const file = databaseFile(url);
  if (url.startsWith('file:') && (file === null || !existsSync(file))) {
    throw new ConfigError([
      {
        where: 'DATABASE_URL',
        path: '',
        expected: 'a database that exists',
        found: file === null ? 'one in memory' : `no file ${file}`,
        hint: 'run `vigie db migrate` or `vigie sync` first',
      },
    ]);
  }
  return file;
}

async function withDatabase<T>(url: string, use: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(url);
  try {
    return await use(database);
  } finally {
    await database.close();
  }
}

function quote(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
