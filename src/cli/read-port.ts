import { ConfigError } from '../lib/errors.ts';

/** A port as it was written in an option or in the environment. */
export function readPort(where: string, text: string): number {
  const port = Number(text);
  if (text.trim() !== '' && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new ConfigError([{ where, path: '', expected: 'a port from 0 to 65535', found: JSON.stringify(text) }]);
}
