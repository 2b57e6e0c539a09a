import { sql } from 'kysely';
import type { CreateTableBuilder, Kysely, RawBuilder } from 'kysely';
import { isPostgres } from '../dialect.ts';

type Column = 'id' | 'key' | 'text' | 'number' | 'real';
type Columns = Readonly<Record<string, Column | `${Column}?`>>;
export type Kit = ReturnType<typeof createKit>;
interface More {
  readonly unique?: readonly string[];
  readonly foreign?: { readonly columns: readonly string[]; readonly table: string; readonly keys: readonly string[] };
}

/** Types of the two databases under one name. Keys sort by their bytes on both, so that paging agrees. */
export function createKit(db: Kysely<unknown>) {
  const onPostgres = isPostgres(db);
  const types: Readonly<Record<Column, RawBuilder<unknown>>> = onPostgres
    ? {
        id: sql`bigint generated always as identity`,
        key: sql`text collate "C"`,
        text: sql`text`,
        number: sql`bigint`,
        real: sql`double precision`,
      }
    : { id: sql`integer`, key: sql`text`, text: sql`text`, number: sql`integer`, real: sql`real` };

  /** A table with its primary key; a column with `?` may be null. */
  const table = async (name: string, columns: Columns, primaryKey: readonly string[], more: More = {}) => {
    let builder: CreateTableBuilder<string, string> = db.schema.createTable(name);
    for (const [column, spec] of Object.entries(columns)) {
      const type = types[spec.replace('?', '') as Column];
      builder = builder.addColumn(column, type, (def) => (spec.endsWith('?') ? def : def.notNull()));
    }
    builder = builder.addPrimaryKeyConstraint(`${name}_pk`, [...primaryKey]);
    if (more.unique) builder = builder.addUniqueConstraint(`${name}_${more.unique.join('_')}`, [...more.unique]);
    if (more.foreign) {
      const { columns: own, table: other, keys } = more.foreign;
      builder = builder.addForeignKeyConstraint(`${name}_${other}`, [...own], other, [...keys]);
    }
    // Rows with a key of their own live inside the key's index: half the size, and ranges are read in one go.
    const hasRowId = columns['id'] === 'id';
    if (!onPostgres) builder = builder.modifyEnd(hasRowId ? sql`strict` : sql`strict, without rowid`);
    await builder.execute();
  };
  const index = (name: string, table: string, columns: readonly string[]) =>
    sql`create index ${sql.id(name)} on ${sql.table(table)} (${sql.join(columns.map((column) => sql.id(column)))})`.execute(
      db,
    );
  return { table, index };
}
