import { ConfigError } from './errors.ts';

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'one that another program uses',
  EACCES: 'one that this user may not use',
  EADDRNOTAVAIL: 'an address that this machine does not have',
  ENOTFOUND: 'a name that does not resolve',
};

/** Why a server cannot listen, when it lies in what a person configured; any other error as it is. */
export function explainListenError(
  error: unknown,
  where: { readonly host: string; readonly port: number } | { readonly option: string },
): unknown {
  const found = reasons[(error as NodeJS.ErrnoException).code ?? ''];
  if (found === undefined) return error;
  if ('option' in where) return new ConfigError([{ where: where.option, path: '', expected: 'a free port', found }]);
  const hint = 'set `http.host`, `http.port` or PORT';
  const path = `${where.host}:${where.port}`;
  return new ConfigError([{ where: 'http', path, expected: 'a free port', found, hint }]);
}
