import { pino } from 'pino';
import { ConfigError } from './errors.ts';

/** Log lines are JSON on standard error, so that standard output stays for answers. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

const tokenLike =
  /\b(xox[a-z]-[\w-]+|xapp-[\w-]+|ATATT[\w=-]+|(?:gh[opsu]|github_pat)_\w+|gl(?:pat|dt|rt|cbt|soat)-[\w-]+|lin_(?:api|oauth)_\w+)|\b(Bearer|Basic)\s+[\w.~+/=-]+/g;

/** Known secrets and everything that looks like a token become `[secret]`, wherever in the line they stand. */
export function createScrubber(secrets: readonly string[]): (text: string) => string {
  const long = secrets.filter((secret) => secret.length >= 6);
  // A line is JSON: a line end or a quote in a secret stands in it as JSON has it.
  const known = [...new Set([...long, ...long.map((secret) => JSON.stringify(secret).slice(1, -1))])];
  return (text) =>
    known.reduce((line, secret) => line.replaceAll(secret, '[secret]'), text).replace(tokenLike, '[secret]');
}

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** LOG_LEVEL as somebody set it. */
export function readLogLevel(text: string | undefined, otherwise: string): string {
  const level = text?.trim().toLowerCase() || otherwise;
  if (levels.includes(level)) return level;
  throw new ConfigError([
    { where: 'LOG_LEVEL', path: '', expected: `one of ${levels.join(', ')}`, found: JSON.stringify(text) },
  ]);
}

export function createLogger(
  options: { level?: string; secrets?: readonly string[]; write?: (line: string) => void } = {},
): Logger {
  const scrub = createScrubber(options.secrets ?? []);
  const write = options.write ?? ((line: string) => void process.stderr.write(line));
  return pino(
    { level: options.level ?? 'info', base: null, timestamp: pino.stdTimeFunctions.isoTime },
    { write: (line) => write(scrub(line)) },
  );
}

export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };
