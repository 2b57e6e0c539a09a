import { CompiledQuery } from 'kysely';
import { isPostgres } from './dialect.ts';
import type { Db, Tables } from './tables.ts';

/** A table whose rows come in by the thousand. */
export interface UpsertInto<Table extends keyof Tables> {
  readonly table: Table;
  /** What tells rows apart: the primary key. */
  readonly key: readonly (keyof Tables[Table] & string)[];
  /** What a row that comes again writes over. */
  readonly values: readonly (keyof Tables[Table] & string)[];
}

const texts = new Map<string, string>();

/**
 * Writes rows in one statement, over those with the same key. The statement is the same for every chunk of a size, so
 * its text is made once: building it with Kysely each time took two thirds of a pull's time, and most of its memory.
 */
export async function upsert<Table extends keyof Tables>(
  tx: Db,
  into: UpsertInto<Table>,
  rows: readonly Tables[Table][],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = [...into.key, ...into.values];
  const parameters: unknown[] = [];
  for (const row of rows) for (const column of columns) parameters.push(row[column]);
  await tx.executeQuery(CompiledQuery.raw(textOf(into, rows.length, isPostgres(tx)), parameters));
}

function textOf<Table extends keyof Tables>(into: UpsertInto<Table>, count: number, onPostgres: boolean): string {
  const name = `${into.table} ${count} ${onPostgres}`;
  const known = texts.get(name);
  if (known !== undefined) return known;
  const columns = [...into.key, ...into.values];
  const quote = (column: string) => `"${column}"`;
  const place = (index: number) => (onPostgres ? `$${index + 1}` : '?');
  const rows = Array.from(
    { length: count },
    (_, row) => `(${columns.map((_column, column) => place(row * columns.length + column)).join(',')})`,
  );
  const text =
    `insert into ${quote(into.table)} (${columns.map(quote).join(',')}) values ${rows.join(',')} ` +
    `on conflict (${into.key.map(quote).join(',')}) do update set ` +
    into.values.map((column) => `${quote(column)} = excluded.${quote(column)}`).join(', ');
  texts.set(name, text);
  return text;
}
