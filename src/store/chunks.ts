import { giveWay } from './dialect.ts';

/** Rows of one statement: enough to be quick, few enough that one statement does not hold up the event loop. */
const rowsPerStatement = 250;

/** Hands over the rows in portions, and lets others run after each. */
export async function inChunks<T>(rows: readonly T[], run: (chunk: readonly T[]) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < rows.length; start += rowsPerStatement) {
    await run(rows.slice(start, start + rowsPerStatement));
    await giveWay();
  }
}

/** One row for each key, the last: a statement may not touch a row twice, and a tool may give an item twice. */
export function lastOfEach<T>(rows: readonly T[], keyOf: (row: T) => string): T[] {
  const last = new Map<string, T>();
  for (const row of rows) {
    const key = keyOf(row);
    last.delete(key);
    last.set(key, row);
  }
  return [...last.values()];
}
