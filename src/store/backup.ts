import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { ConfigError } from '../lib/errors.ts';
import { createForOwner } from './owner-only.ts';

/**
 * Copies a SQLite file while others go on using it, then reads the copy through. It never overwrites, and a copy that is
 * not sound does not stay. Throws ConfigError.
 */
export async function backupSqlite(file: string, target: string): Promise<void> {
  if (existsSync(target))
    throw refuse(target, 'a file that does not exist yet', 'one that does', 'choose another name');
  try {
    mkdirSync(dirname(target), { recursive: true });
    createForOwner(target);
    const source = new Sqlite(file, { readonly: true, fileMustExist: true });
    try {
      await source.backup(target);
    } finally {
      source.close();
    }
    const damage = checkIntegrity(target);
    if (damage.length > 0) throw new Error(`the copy is damaged: ${damage[0]}`);
  } catch (error) {
    for (const leftover of [target, `${target}-wal`, `${target}-shm`]) rmSync(leftover, { force: true });
    throw refuse(
      target,
      `a backup of ${file}`,
      (error as Error).message,
      'run `vigie db verify`, and check that there is room and the right to write',
    );
  }
}

/** What SQLite finds wrong with a file; nothing when it is sound. */
export function checkIntegrity(file: string): string[] {
  const copy = new Sqlite(file, { fileMustExist: true });
  try {
    const rows = copy.pragma('integrity_check') as { integrity_check: string }[];
    return rows.map((row) => row.integrity_check).filter((line) => line !== 'ok');
  } finally {
    copy.close();
  }
}

function refuse(where: string, expected: string, found: string, hint: string): ConfigError {
  return new ConfigError([{ where, path: '', expected, found, hint }]);
}
