import { writeFileSync } from 'node:fs';
import { ConfigError } from '../lib/errors.ts';

/** Writes the file that an option names; one that cannot be written is a mistake of who named it. */
export function writeOut(option: string, path: string, content: string | Uint8Array): void {
  try {
    writeFileSync(path, content);
  } catch (error) {
    throw new ConfigError([
      { where: option, path: '', expected: 'a file that can be written', found: `${path} (${codeOf(error)})` },
    ]);
  }
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
