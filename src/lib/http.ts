import pLimit from 'p-limit';
import type { Clock } from './clock.ts';
import type { RemoteError } from './errors.ts';
import { attempt } from './http-attempt.ts';
import type { Attempt, AttemptLimits, Refusal } from './http-attempt.ts';
import { htmlError, isCertificateProblem, redirectError, silentError, sizeError, statusError } from './http-errors.ts';
import type { Party } from './http-errors.ts';
import { backoffMs, createGate, endpointOf, readBackoff } from './http-limits.ts';
import type { Backoff } from './http-limits.ts';
import { createScrubber } from './logger.ts';
import type { Logger } from './logger.ts';
import type { Random } from './random.ts';

export interface HttpOptions {
  /** `jira`, and how to call it: `Jira`. */
  readonly service: string;
  readonly name: string;
  /** Scheme, host, port and path prefix, without a slash at the end. No other host is ever asked. */
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The token: for its last four characters in errors, and to keep it out of everything else. */
  readonly secret: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly timeoutMs?: number;
  readonly idleMs?: number;
  readonly maxBytes?: number;
  /** Requests under way at once. */
  readonly concurrency?: number;
  readonly maxRetries?: number;
  /** A wait longer than this is an error with `retryAt`, so that a pull does not hang for an hour. */
  readonly maxWaitMs?: number;
  /** The credential as people know it, where it is no token with an end to show. */
  readonly credential?: string;
  /** The least wait after a limit that does not say how long it lasts. */
  readonly limitDelayMs?: number;
  /** For a tool whose status does not tell a refusal, or not which one; null leaves it to the status. */
  readonly readRefusal?: (answer: HttpAnswer, now: number) => Refusal | null;
  /** Until when a tool that answered well wants to be left alone. */
  readonly readPause?: (headers: Headers, now: number) => number | null;
}

type Scalar = string | number | boolean | null | undefined;
export type QueryValue = Scalar | readonly Scalar[];

/** A request that only reads: it is asked again after a failure, POST or not. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'OPTIONS';
  readonly path: string;
  /** A list repeats its key; what is undefined or null is left out. */
  readonly query?: Readonly<Record<string, QueryValue>>;
  readonly body?: unknown;
  /** Beside those of every request; with `If-None-Match` an answer may come with status 304 and null instead of JSON. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Go after what was renamed: to the host and under the path prefix of the config, nowhere else. */
  readonly followsRedirects?: boolean;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Null where the body was none. */
  readonly json: unknown;
}

export interface Http {
  /** The JSON of an answer; RemoteError when there is none to be had. */
  read(request: HttpRequest, signal?: AbortSignal): Promise<unknown>;
  /** The whole answer, for a tool that says in headers where the next page is. */
  ask(request: HttpRequest, signal?: AbortSignal): Promise<HttpAnswer>;
  /** How far the server's clock is ahead of ours, by its first Date header; null when it sends none. */
  skewMs(): number | null;
  /** Requests sent so far, those that were asked again included. */
  requestCount(): number;
}

export const maxBodyBytes = 50 * 1024 * 1024;
const maxHops = 3;
const retriedStatuses = new Set([408, 429, 500, 502, 503, 504]);

/** The one way out to a REST API: pinned to a host, patient with limits, wary of what comes back. */
export function createHttp(options: HttpOptions): Http {
  const { clock, random, log, service, name, concurrency = 5, maxRetries = 5, maxWaitMs = 300_000 } = options;
  const timeoutMs = options.timeoutMs ?? 60_000;
  const limits: AttemptLimits = {
    timeoutMs,
    idleMs: options.idleMs ?? Math.min(20_000, timeoutMs),
    maxBytes: options.maxBytes ?? maxBodyBytes,
  };
  const base = new URL(options.baseUrl);
  const party: Party = {
    service,
    name,
    host: base.host,
    credential: options.credential ?? describeSecret(options.secret),
  };
  const gate = createGate(clock, { service, name, maxWaitMs });
  const limit = pLimit(concurrency);
  const scrub = createScrubber([options.secret, ...Object.values(options.headers)]);
  let requests = 0;
  let skew: number | null = null;

  async function ask(request: HttpRequest, signal?: AbortSignal): Promise<HttpAnswer> {
    let url = buildUrl(base, request);
    let hops = 0;
    const label = `${request.method} ${request.path}`;
    const endpoint = endpointOf(request.method, request.path);
    const body = request.body === undefined ? {} : { body: JSON.stringify(request.body) };
    const headers = {
      Accept: 'application/json',
      ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...options.headers,
      ...request.headers,
    };
    for (let tries = 0; ; tries++) {
      // Before the queue, so that a closed endpoint takes no place in it; and in it, as it may have closed meanwhile.
      await gate.pass(endpoint, signal);
      const outcome = await limit(async () => {
        await gate.pass(endpoint, signal);
        signal?.throwIfAborted();
        requests++;
        return hear(await attempt(url, { method: request.method, headers, ...body }, limits, signal));
      });
      const pausedUntil = outcome.kind === 'answer' ? options.readPause?.(outcome.headers, clock.now()) : null;
      if (pausedUntil) gate.close(null, pausedUntil);
      if (outcome.kind === 'answer' && outcome.body.kind === 'json')
        return { status: outcome.status, headers: outcome.headers, json: outcome.body.json };
      if (outcome.kind === 'redirect' && outcome.status === 304)
        return { status: 304, headers: outcome.headers, json: null };
      const target = request.followsRedirects && outcome.kind === 'redirect' ? ownTarget(base, outcome.location) : null;
      if (target && hops++ < maxHops) {
        url = target;
        continue;
      }
      const backoff = outcome.kind === 'refused' ? backoffOf(outcome, clock.now()) : null;
      const error = errorOf(outcome, label, backoff);
      if (!isWorthRetrying(outcome) || tries >= maxRetries) throw error;
      const waitMs = retryDelay(backoff, endpoint, tries);
      if (waitMs > maxWaitMs) throw error;
      log.warn(
        { service, request: label, status: error.status, retry: tries + 1, waitMs, why: error.message },
        'asking again',
      );
      await clock.sleep(waitMs, signal);
    }
  }

  /** An answer as the tool means it. */
  function hear(outcome: Attempt): Attempt {
    if (outcome.kind === 'silent') return outcome;
    const { status, headers } = outcome;
    skew ??= readSkew(headers, clock.now());
    const said = options.readRefusal?.({ status, headers, json: jsonOf(outcome) }, clock.now());
    if (!said) return outcome;
    return { kind: 'refused', status: said.status, headers, text: JSON.stringify({ message: said.message }), said };
  }

  /** How long to wait before the next try; what the server says is told to the gate, so that others wait as well. */
  function retryDelay(backoff: Backoff | null, endpoint: string, tries: number): number {
    const own = backoffMs(tries, random, backoff?.isLimit ? options.limitDelayMs : 0);
    if (!backoff) return own;
    const now = clock.now();
    const { until, isEndpointOnly, isLimit } = backoff;
    if (until !== null || isLimit) gate.close(isEndpointOnly ? endpoint : null, until ?? now + own);
    // Beyond the server's word a little more, so that all who wait do not come back in the same millisecond.
    return until === null ? own : Math.max(0, until - now) + Math.round(500 * random());
  }

  function errorOf(outcome: Attempt, label: string, backoff: Backoff | null): RemoteError {
    if (outcome.kind === 'redirect') return redirectError(party, label, outcome.status, outcome.location);
    if (outcome.kind === 'silent') return silentError(party, label, scrub(outcome.why), outcome.code, outcome.cause);
    if (outcome.kind === 'answer') return bodyError(outcome.body, label);
    const { status, text, said } = outcome;
    return statusError(party, label, { status, text: scrub(text), retryAt: backoff?.until ?? null, todo: said?.todo });
  }

  function bodyError(body: Extract<Attempt, { kind: 'answer' }>['body'], label: string): RemoteError {
    if (body.kind === 'html') return htmlError(party, label);
    if (body.kind === 'too-large') return sizeError(party, label, body.bytes);
    return silentError(party, label, body.kind === 'cut' ? body.why : 'it cannot be read', null, null);
  }

  const read = async (request: HttpRequest, signal?: AbortSignal) => (await ask(request, signal)).json;
  return { read, ask, skewMs: () => skew, requestCount: () => requests };
}

function isWorthRetrying(outcome: Attempt): boolean {
  if (outcome.kind === 'silent') return !isCertificateProblem(outcome.code);
  if (outcome.kind === 'refused') return retriedStatuses.has(outcome.status);
  return outcome.kind === 'answer' && outcome.body.kind === 'cut';
}

function backoffOf({ status, headers, said }: Extract<Attempt, { kind: 'refused' }>, now: number): Backoff {
  const backoff = readBackoff(status, headers, now);
  return said?.until === undefined ? backoff : { ...backoff, until: said.until };
}

function jsonOf(outcome: Attempt): unknown {
  if (outcome.kind === 'answer') return outcome.body.kind === 'json' ? outcome.body.json : null;
  if (outcome.kind !== 'refused') return null;
  try {
    return JSON.parse(outcome.text);
  } catch {
    return null;
  }
}

/** An id from a config or an answer must not lead to another path or host. */
function buildUrl(base: URL, { path, query = {} }: HttpRequest): URL {
  const prefix = base.pathname.replace(/\/+$/, '');
  const url = new URL(base.origin + prefix + path);
  if (url.origin !== base.origin || url.pathname !== prefix + path || url.search || url.hash) {
    throw new Error(`a request may not leave ${base.origin}${prefix}: ${path}`);
  }
  for (const [key, value] of Object.entries(query)) {
    for (const one of [value].flat()) if (one !== undefined && one !== null) url.searchParams.append(key, String(one));
  }
  return url;
}

/** Where a redirect leads when that is the host and the path prefix of the config; null when it is anywhere else. */
function ownTarget(base: URL, location: string | null): URL | null {
  if (location === null || !URL.canParse(location, base.origin)) return null;
  const target = new URL(location, base.origin);
  const prefix = `${base.pathname.replace(/\/+$/, '')}/`;
  return target.origin === base.origin && target.pathname.startsWith(prefix) && !target.username ? target : null;
}

function readSkew(headers: Headers, now: number): number | null {
  const at = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(at) ? null : at - now;
}

function describeSecret(secret: string): string {
  return secret.length >= 12 ? `the token ending …${secret.slice(-4)}` : 'the token';
}
