import { existsSync } from 'node:fs';
import { Migrator } from 'kysely/migration';
import { sql } from 'kysely';
import { ConfigError } from '../lib/errors.ts';
import { backupSqlite } from './backup.ts';
import type { Database } from './database.ts';
import { migrations } from './migrations/all.ts';

export interface Migrated {
  /** Names of the migrations that were applied now, in order. */
  readonly applied: readonly string[];
  /** The schema's version afterwards. */
  readonly version: string;
  /** Where the file as it was before stands; null when nothing had to be saved. */
  readonly backup: string | null;
}

/** The newest schema that this program knows. */
export const knownVersion: string = Object.keys(migrations).sort().at(-1)!;

/** The schema's version, `0001-first`; null for an empty database. */
export async function readSchemaVersion({ db }: Database): Promise<string | null> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === 'kysely_migration')) return null;
  const found = await sql<{ name: string | null }>`select max(name) as name from kysely_migration`.execute(db);
  return found.rows[0]?.name ?? null;
}

/**
 * Brings the schema up to date, forward only. An existing SQLite file is copied first, beside itself. Two processes may
 * do this at once: PostgreSQL holds an advisory lock, SQLite its write lock, and the second finds nothing to do. Throws
 * ConfigError when the schema is newer than this program, or when a migration fails (nothing of it remains then).
 */
export async function migrate(database: Database): Promise<Migrated> {
  const before = await readSchemaVersion(database);
  if (before !== null && before > knownVersion) throw tooNew(database, before);
  if (before === knownVersion) return { applied: [], version: knownVersion, backup: null };
  const backup = before === null || database.file === null ? null : await saveBefore(database.file);
  const migrator = new Migrator({
    db: database.db,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) {
    // Another process with a newer program may have been faster.
    const now = await readSchemaVersion(database);
    if (now !== null && now > knownVersion) throw tooNew(database, now);
    throw new ConfigError([
      {
        where: database.name,
        path: 'schema',
        expected: `a database that can be brought to ${knownVersion}`,
        found: error instanceof Error ? error.message : JSON.stringify(error),
        hint: backup ? `nothing was changed; the file as it was is also in ${backup}` : 'nothing was changed',
      },
    ]);
  }
  const applied = (results ?? []).filter((result) => result.status === 'Success').map((result) => result.migrationName);
  return { applied, version: knownVersion, backup };
}

function tooNew(database: Database, found: string): ConfigError {
  return new ConfigError([
    {
      where: database.name,
      path: 'schema',
      expected: `at most ${knownVersion}, the newest that this program knows`,
      found,
      hint: 'a newer Vigie has used this database: install that version, or go back to a backup of before',
    },
  ]);
}

async function saveBefore(file: string): Promise<string> {
  let target = `${file}.before-${knownVersion}`;
  for (let count = 2; existsSync(target); count++) target = `${file}.before-${knownVersion}.${count}`;
  await backupSqlite(file, target);
  return target;
}
