import type { Clock } from './clock.ts';
import { RemoteError } from './errors.ts';
import type { Random } from './random.ts';

/**
 * When the other side wants to be asked again: seconds or a date. Null when it says nothing that makes sense (`0`, `-1`,
 * `soon`, a date gone by): the caller then waits by its own measure, and never hammers.
 */
export function parseRetryAfter(text: string | null, now: number): number | null {
  const value = text?.trim() ?? '';
  if (/^[+-]?\d+(\.\d+)?$/.test(value)) {
    const seconds = Number(value);
    return seconds > 0 ? now + Math.ceil(seconds * 1000) : null;
  }
  const at = /\d{4}/.test(value) ? Date.parse(value) : Number.NaN;
  return at > now ? at : null;
}

/** `X-RateLimit-Reset`: a date, seconds from now, or seconds or milliseconds since 1970. */
function parseReset(text: string | null, now: number): number | null {
  const number = Number(text?.trim() || Number.NaN);
  if (!(number > 1e9)) return parseRetryAfter(text, now);
  const at = number < 1e11 ? number * 1000 : number;
  return at > now ? at : null;
}

/** What a refusal says about waiting: until when, and who is meant. */
export interface Backoff {
  readonly until: number | null;
  readonly isEndpointOnly: boolean;
  /** A limit closes the way even without a word of when it opens; an outage only delays its own request. */
  readonly isLimit: boolean;
}

/** `RateLimit-Reason` with burst: slow this endpoint down. A quota, or no word at all: stop everything until then. */
export function readBackoff(status: number, headers: Headers, now: number): Backoff {
  const reason = headers.get('ratelimit-reason') ?? '';
  const retryAfter = parseRetryAfter(headers.get('retry-after'), now);
  // Who still has some left was refused for another reason, which ends before the quota is filled up again.
  const isUsedUp = !(Number(headers.get('x-ratelimit-remaining') ?? 0) > 0);
  const reset = status === 429 && isUsedUp ? parseReset(headers.get('x-ratelimit-reset'), now) : null;
  const isQuota = reason.includes('quota');
  return {
    until: isQuota && retryAfter !== null && reset !== null ? Math.max(retryAfter, reset) : (retryAfter ?? reset),
    isEndpointOnly: reason.includes('burst') || reason.includes('per-issue'),
    isLimit: status === 429,
  };
}

export const baseDelayMs = 2_000;
export const capDelayMs = 30_000;

/** 2, 4, 8, 16, 30, 30… seconds, times 0.7 to 1.3 so that many clients do not come back together; never below `leastMs`. */
export function backoffMs(attempt: number, random: Random, leastMs = 0): number {
  const base = Math.max(baseDelayMs, leastMs);
  const cap = Math.max(capDelayMs, 3 * leastMs);
  return Math.max(leastMs, Math.round(Math.min(cap, base * 2 ** attempt) * (0.7 + 0.6 * random())));
}

/** Who has to wait until when: every request passes it. */
export interface Gate {
  close(endpoint: string | null, until: number): void;
  /** Resolves when the endpoint is open; RemoteError at once when that is longer away than anybody should wait. */
  pass(endpoint: string, signal: AbortSignal | undefined): Promise<void>;
}

export function createGate(clock: Clock, options: { service: string; name: string; maxWaitMs: number }): Gate {
  const closed = new Map<string, number>();
  const everything = '*';
  return {
    close(endpoint, until) {
      const key = endpoint ?? everything;
      closed.set(key, Math.max(until, closed.get(key) ?? 0));
    },
    async pass(endpoint, signal) {
      for (;;) {
        const until = Math.max(closed.get(everything) ?? 0, closed.get(endpoint) ?? 0);
        const waitMs = until - clock.now();
        if (waitMs <= 0) return;
        if (waitMs > options.maxWaitMs) {
          throw new RemoteError(
            options.service,
            `${options.name} wants to be left alone until ${new Date(until).toISOString()} (rate limit)`,
            { status: 429, retryAt: until, todo: 'wait: the next pull after that time goes on where this one stopped' },
          );
        }
        await clock.sleep(waitMs, signal);
      }
    },
  };
}

/** `POST /rest/api/3/issue/{}`: endpoints are limited each by itself, whatever the ids in their paths. */
export function endpointOf(method: string, path: string): string {
  return `${method} ${path.replaceAll(/(?<!\/api)\/(\d+|[A-Z][A-Z0-9_]+(-\d+)?)(?=\/|$)/g, '/{}')}`;
}
