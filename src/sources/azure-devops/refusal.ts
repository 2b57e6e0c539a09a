import type { HttpOptions } from '../../lib/http.ts';
import { parseRetryAfter } from '../../lib/http-limits.ts';
import { ownValue } from '../reading/values.ts';

const createToken =
  'create a personal access token of this organization (scopes: Work Items, Code, Build and Release, each to read), put it where the config names it, run `vigie check`';

/**
 * What Azure DevOps means where its status says something else: a token that it does not take is answered with the page
 * for signing in, with 203 or by a redirect; when a limit ends stands as seconds since 1970.
 */
export const readRefusal: NonNullable<HttpOptions['readRefusal']> = ({ status, headers, json }, now) => {
  if (status === 203 || (status >= 300 && status < 400 && isSignIn(headers.get('location')))) {
    return {
      status: 401,
      message: `it answered with its page for signing in (${status}): the token is wrong, expired, or of another organization`,
      todo: createToken,
    };
  }
  if (status === 401) return { status, message: messageOf(json), todo: createToken };
  if (status !== 429) return null;
  const reset = Number(headers.get('x-ratelimit-reset') ?? Number.NaN) * 1000;
  const until = parseRetryAfter(headers.get('retry-after'), now) ?? (reset > now ? reset : null);
  return { status, message: messageOf(json), until };
};

/** An answer that was held back to slow us down says how long to wait before the next: not to hear it ends in 429. */
export const readPause: NonNullable<HttpOptions['readPause']> = (headers, now) => {
  const until = parseRetryAfter(headers.get('retry-after'), now);
  return until === null ? null : Math.min(until, now + mostPauseMs);
};

const mostPauseMs = 120_000;

function isSignIn(location: string | null): boolean {
  return location !== null && /_signin|signin\.|login\.microsoftonline\.com|spsprod/i.test(location);
}

function messageOf(json: unknown): string {
  const message = ownValue(json, 'message');
  return typeof message === 'string' ? message : '';
}
