import { sql } from 'kysely';
import { RemoteError } from '../lib/errors.ts';
import type { Database } from './database.ts';
import { knownVersion, readSchemaVersion } from './migrate.ts';

/** What is true of a database, for `vigie check` and `vigie db verify`. */
export interface Inspection {
  readonly name: string;
  readonly dialect: Database['dialect'];
  /** Version of the server or the library. */
  readonly engine: string;
  /** Null when the schema was never made. */
  readonly schema: string | null;
  /** Rows of each table. */
  readonly counts: Readonly<Record<string, number>>;
  /** What is wrong, in words that say what to do; none when all is well. */
  readonly problems: readonly string[];
}

const counted = ['item', 'change', 'snapshot', 'set_aside', 'pull', 'delivery', 'run'] as const;

/** Looks a database over. With `isThorough`, the whole of a SQLite file is read: minutes for a large one. */
export async function inspectDatabase(database: Database, options: { isThorough: boolean }): Promise<Inspection> {
  const problems: string[] = [];
  const counts: Record<string, number> = {};
  let engine = database.dialect === 'sqlite' ? 'SQLite' : 'PostgreSQL';
  let schema: string | null = null;
  try {
    engine =
      database.dialect === 'sqlite'
        ? await inspectSqlite(database, options.isThorough, problems)
        : await inspectPostgres(database, problems);
    schema = await readSchemaVersion(database);
    problems.push(...schemaProblems(schema));
    if (schema !== null) {
      for (const table of counted) {
        const query = database.db.selectFrom(table).select((eb) => eb.fn.countAll<number>().as('rows'));
        counts[table] = (await query.executeTakeFirstOrThrow()).rows;
      }
    }
  } catch (error) {
    // A damaged file fails wherever it is touched: that is the finding.
    if (!(error instanceof RemoteError)) throw error;
    problems.push([error.message, error.todo].filter(Boolean).join('; '));
  }
  return { name: database.name, dialect: database.dialect, engine, schema, counts, problems };
}

function schemaProblems(schema: string | null): string[] {
  if (schema === null) return ['the schema was never made: run `vigie db migrate`'];
  if (schema < knownVersion) return [`the schema is ${schema}, older than ${knownVersion}: run \`vigie db migrate\``];
  if (schema > knownVersion)
    return [`the schema is ${schema}, newer than ${knownVersion}: install the Vigie that made it`];
  return [];
}

async function inspectSqlite({ db }: Database, isThorough: boolean, problems: string[]): Promise<string> {
  const read = async (pragma: string) =>
    (await sql.raw<Record<string, unknown>>(pragma).execute(db)).rows.map((row) => String(Object.values(row)[0]));
  const lines = await read(isThorough ? 'pragma integrity_check' : 'pragma quick_check(1)');
  for (const line of lines)
    if (line !== 'ok') problems.push(`the file is damaged: ${line}; put the last backup in its place`);
  const orphans = await read('pragma foreign_key_check');
  if (orphans.length > 0) problems.push(`${orphans.length} rows point nowhere, in ${[...new Set(orphans)].join(', ')}`);
  if ((await read('pragma synchronous'))[0] !== '2')
    problems.push('synchronous is not FULL: a power cut could lose what was stored');
  return `SQLite ${(await read('select sqlite_version()'))[0]}`;
}

async function inspectPostgres({ db }: Database, problems: string[]): Promise<string> {
  const { rows } = await sql<{ version: string; fsync: string; commit: string }>`
    select current_setting('server_version') as version, current_setting('fsync') as fsync,
      current_setting('synchronous_commit') as commit`.execute(db);
  const { version, fsync, commit } = rows[0]!;
  if (fsync === 'off' || commit === 'off')
    problems.push(`fsync is ${fsync} and synchronous_commit is ${commit}: a power cut could lose what was stored`);
  return `PostgreSQL ${version}`;
}
