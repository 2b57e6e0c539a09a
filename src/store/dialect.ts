import { PostgresAdapter } from 'kysely';
import type { Kysely } from 'kysely';
import type { Db } from './tables.ts';

/** The few statements that the two databases do not share ask this. */
export function isPostgres<T>(db: Kysely<T>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/** Runs `work` in the transaction that is open, or in a new one: functions of the store can be put together so. */
export async function inTransaction<R>(db: Db, work: (tx: Db) => Promise<R>): Promise<R> {
  return db.isTransaction ? work(db) : db.transaction().execute(work);
}

/** SQLite works on our own thread: between two statements everybody else gets a turn. */
export function giveWay(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
