import { closeSync, openSync } from 'node:fs';

/**
 * Makes an empty file that only the user who runs us may read. One that is there already is left alone, and not even
 * opened: to close it would give up the locks that SQLite holds on it in this process.
 */
export function createForOwner(file: string): void {
  try {
    closeSync(openSync(file, 'ax', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
