import type { Database } from '../../src/store/database.ts';

/** How a suite gets its databases. */
export interface Store {
  /** A database with our schema and nothing in it. */
  open(): Promise<Database>;
  /** The same data through a new connection, as another process would have it; null when that cannot be. */
  connectAgain: ((first: Database) => Promise<Database>) | null;
}
