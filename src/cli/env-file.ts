import { isUtf8 } from 'node:buffer';
import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { ConfigError } from '../lib/errors.ts';

/** What `.env` says; nothing where there is none. Read here, since Node's own reading knows no byte order mark. */
export function readEnvFile(path: string): Readonly<Record<string, string | undefined>> {
  if (!existsSync(path)) return {};
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw refusal(path, 'a file that can be read', { found: String((error as NodeJS.ErrnoException).code) });
  }
  if (!isUtf8(bytes) || bytes.includes(0))
    throw refusal(path, 'a text file in UTF-8', { found: 'other bytes (is it UTF-16?)', hint: 'save it as UTF-8' });
  return parseEnv(bytes.toString('utf8').replace(/^\uFEFF/, ''));
}

function refusal(
  where: string,
  expected: string,
  what: { readonly found: string; readonly hint?: string },
): ConfigError {
  return new ConfigError([{ where, path: '', expected, ...what }]);
}
