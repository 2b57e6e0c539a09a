import { readBytes, parseBody } from './http-body.ts';
import type { Body } from './http-body.ts';

/** How one request went. `silent` is one that got no usable answer; it can be asked again. */
export type Attempt =
  | { readonly kind: 'answer'; readonly status: number; readonly headers: Headers; readonly body: Body }
  | { readonly kind: 'redirect'; readonly status: number; readonly headers: Headers; readonly location: string | null }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly headers: Headers;
      readonly text: string;
      readonly said?: Refusal;
    }
  | { readonly kind: 'silent'; readonly why: string; readonly code: string | null; readonly cause: unknown };

/** What an answer means where its status does not say it: an error that came with 200, a limit that came with 400. */
export interface Refusal {
  /** The status that it should have had. */
  readonly status: number;
  readonly message: string;
  /** When to ask again, where the tool says it elsewhere than in `Retry-After`. */
  readonly until?: number | null;
  readonly todo?: string;
}

export interface AttemptLimits {
  /** Until the status line came. */
  readonly timeoutMs: number;
  /** Between two pieces of the body. */
  readonly idleMs: number;
  readonly maxBytes: number;
}

const maxErrorBytes = 64 * 1024;

/** Sends one request and reads its answer to the end. Throws only the reason of `signal`. */
export async function attempt(
  url: URL,
  init: { readonly method: string; readonly headers: Record<string, string>; readonly body?: string },
  limits: AttemptLimits,
  signal: AbortSignal | undefined,
): Promise<Attempt> {
  const timer = createTimer();
  timer.start(limits.timeoutMs, `no answer within ${limits.timeoutMs / 1000} s`);
  try {
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, timer.signal]) : timer.signal,
    });
    const { status, headers } = response;
    const keepAlive = () => timer.start(limits.idleMs, `the answer stalled for ${limits.idleMs / 1000} s`);
    keepAlive();
    if (status >= 300 && status < 400) {
      await response.body?.cancel();
      return { kind: 'redirect', status, headers, location: headers.get('location') };
    }
    const { bytes, isTooLarge } = await readBytes(response, response.ok ? limits.maxBytes : maxErrorBytes, keepAlive);
    if (!response.ok) return { kind: 'refused', status, headers, text: new TextDecoder().decode(bytes) };
    return {
      kind: 'answer',
      status,
      headers,
      body: isTooLarge ? { kind: 'too-large', bytes: limits.maxBytes } : parseBody(bytes),
    };
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (timer.reason) return { kind: 'silent', why: timer.reason, code: 'TIMEOUT', cause: null };
    const { message, code } = explainNetworkError(error);
    return { kind: 'silent', why: message, code, cause: error };
  } finally {
    timer.stop();
  }
}

function createTimer() {
  const controller = new AbortController();
  let handle: NodeJS.Timeout | undefined;
  const timer = {
    signal: controller.signal,
    reason: null as string | null,
    start(ms: number, reason: string): void {
      clearTimeout(handle);
      handle = setTimeout(() => {
        timer.reason = reason;
        controller.abort();
      }, ms);
    },
    stop: () => clearTimeout(handle),
  };
  return timer;
}

/** fetch says `fetch failed` or `terminated`; what happened stands in the cause, for several addresses in its errors. */
function explainNetworkError(error: unknown): { message: string; code: string | null } {
  let deepest: unknown = error;
  for (let depth = 0; depth < 5 && deepest instanceof Error; depth++) {
    const next: unknown = deepest instanceof AggregateError ? deepest.errors[0] : deepest.cause;
    if (!(next instanceof Error)) break;
    deepest = next;
  }
  if (!(deepest instanceof Error)) return { message: String(error), code: null };
  const code = 'code' in deepest && typeof deepest.code === 'string' ? deepest.code : null;
  const message = deepest.message || code || deepest.name;
  return { message: message === 'terminated' ? 'the answer was cut off' : message, code };
}
