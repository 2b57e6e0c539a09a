import type { RatelimitedLinearError } from '@linear/sdk';
import type { HttpAnswer, HttpOptions } from '../../lib/http.ts';
import { ownValue } from '../reading/values.ts';
import { textOf } from '../reading/text-of.ts';

type ReadRefusal = NonNullable<HttpOptions['readRefusal']>;

/**
 * What an answer with `errors` means. Linear sends them with 200 or 400, a limit too; the SDK knows their kinds and the
 * headers that tell when a limit ends.
 */
export async function createRefusalReader(): Promise<ReadRefusal> {
  const { LinearErrorType, parseLinearError } = await import('@linear/sdk');
  const statuses: Readonly<Record<string, number>> = {
    [LinearErrorType.AuthenticationError]: 401,
    [LinearErrorType.Forbidden]: 403,
    [LinearErrorType.FeatureNotAccessible]: 403,
    [LinearErrorType.InternalError]: 500,
    [LinearErrorType.NetworkError]: 502,
    [LinearErrorType.LockTimeout]: 503,
  };
  return ({ status, headers, json }, now) => {
    const errors = ownValue(json, 'errors');
    if (!Array.isArray(errors) || errors.length === 0) return null;
    const error = parseLinearError({ response: { status, headers, errors: errors.map(withType) } });
    const message = error.errors?.map((one) => one.message).join('; ') || error.message;
    if (error.type === LinearErrorType.Ratelimited)
      return { status: 429, message, until: limitEnd(error as RatelimitedLinearError, headers, now) };
    if (/^entity not found/i.test(message)) return { status: 404, message };
    return { status: statuses[error.type ?? ''] ?? statusOf(status), message };
  };
}

/** Limits bear their kind as a `code`, `RATELIMITED`; the SDK looks for a `type`, `ratelimited`. */
function withType(raw: unknown): object {
  const extensions = ownValue(raw, 'extensions');
  const code = textOf(extensions, 'code');
  const type = textOf(extensions, 'type') ?? code?.toLowerCase().replaceAll('_', ' ');
  return { ...(raw as object), extensions: { ...(extensions as object), type } };
}

function statusOf(status: number): number {
  return status >= 400 ? status : 400;
}

/** The budget that is used up says when it is full again, in milliseconds since 1970; `Retry-After` goes before. */
function limitEnd(error: RatelimitedLinearError, headers: HttpAnswer['headers'], now: number): number | null {
  if (error.retryAfter) return now + error.retryAfter * 1000;
  const endpoint = Number(headers.get('x-ratelimit-endpoint-requests-reset') ?? Number.NaN);
  const budgets: readonly [left: number | undefined, end: number | undefined][] = [
    [error.requestsRemaining, error.requestsResetAt],
    [error.complexityRemaining, error.complexityResetAt],
    [Number(headers.get('x-ratelimit-endpoint-requests-remaining') ?? Number.NaN), endpoint],
  ];
  const ends = budgets.filter(([left]) => left !== undefined && left <= 0).map(([, end]) => end ?? Number.NaN);
  const later = ends.filter((end) => end > now);
  return later.length === 0 ? null : Math.max(...later);
}
