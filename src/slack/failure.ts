import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';

import { NotInstalled } from './not-installed.ts';

/**
 * What an error of the Web API says about the request: not taken and worth another try, not taken for good,
 * or nobody knows (`ambiguous`), which must be looked up before anything is sent again (reliability.md 3.3).
 */
export type Failure =
  | { readonly kind: 'retry'; readonly afterMs: number; readonly reason: string }
  | { readonly kind: 'rejected'; readonly reason: string; readonly todo: string | null }
  | { readonly kind: 'ambiguous'; readonly reason: string };

/** When Slack does not say how long to wait. */
const usualWaitMs = 30_000;
/** A workspace that is being moved answers again after minutes, not seconds. */
const longWaitMs = 300_000;

/** The connection was never made, so nothing was sent. A reset is not among them: it may come after the request. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const badCertificate = /^(CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_SSL_|EPROTO$)/;

const ambiguousCodes = new Set(['internal_error', 'fatal_error', 'request_timeout', 'service_unavailable']);
const passing: Readonly<Record<string, number>> = {
  ratelimited: usualWaitMs,
  rate_limited: usualWaitMs,
  message_limit_exceeded: longWaitMs,
  team_added_to_org: longWaitMs,
};

const token = 'install the app again and put its bot token in SLACK_BOT_TOKEN, then run `vigie check`';
const todos: Readonly<Record<string, string>> = {
  not_in_channel: 'invite the bot: /invite @vigie in that channel',
  channel_not_found: 'check the channel id in the config; a private channel needs /invite @vigie',
  is_archived: 'unarchive the channel or set another one in the config',
  restricted_action: 'a workspace setting keeps apps from posting there; ask an owner of the workspace',
  missing_scope: 'add the scope of `vigie manifest` and install the app again',
  invalid_auth: token,
  not_authed: token,
  token_revoked: token,
  token_expired: token,
  account_inactive: token,
};

export function classifyFailure(error: unknown): Failure {
  if (error instanceof NotInstalled) {
    return {
      kind: 'rejected',
      reason: error.message,
      todo: 'open /slack/install and install the app in that workspace',
    };
  }
  if (error instanceof WebAPIRateLimitedError) {
    return { kind: 'retry', afterMs: Math.max(1, error.retryAfter) * 1000, reason: 'ratelimited' };
  }
  if (error instanceof WebAPIPlatformError) return classifyPlatform(error);
  if (error instanceof WebAPIHTTPError) return classifyStatus(error.statusCode);
  if (error instanceof WebAPIRequestError) return classifyRequest(error.original);
  const message = error instanceof Error ? error.message : String(error);
  // What the SDK throws on a 429 whose Retry-After it cannot read.
  if (message.startsWith('Retry header did not contain')) {
    return { kind: 'retry', afterMs: usualWaitMs, reason: 'ratelimited' };
  }
  return { kind: 'ambiguous', reason: message };
}

function classifyPlatform({ data }: WebAPIPlatformError): Failure {
  const code = data.error;
  // The SDK puts a body that is no JSON where the code belongs: somebody between us and Slack spoke.
  if (!/^[a-z0-9_]{1,80}$/.test(code)) return { kind: 'ambiguous', reason: 'the answer is no JSON' };
  if (ambiguousCodes.has(code)) return { kind: 'ambiguous', reason: code };
  const wait = passing[code];
  if (wait !== undefined) {
    const seconds = data.response_metadata?.retryAfter;
    return { kind: 'retry', afterMs: seconds === undefined ? wait : seconds * 1000, reason: code };
  }
  const details = data.response_metadata?.messages?.slice(0, 3).join('; ');
  return { kind: 'rejected', reason: details ? `${code}: ${details}` : code, todo: todos[code] ?? null };
}

function classifyStatus(status: number): Failure {
  const reason = `http ${status}`;
  // Slack itself answers 200 or 429; a refusal comes from a proxy, which did not pass the request on.
  if (status >= 400 && status < 500 && status !== 408) return { kind: 'retry', afterMs: usualWaitMs, reason };
  return { kind: 'ambiguous', reason };
}

function classifyRequest(original: Error): Failure {
  const codes = codesOf(original);
  const reason = codes[0] ?? innermost(original).message;
  const isDefinite = codes.length > 0 && codes.every((code) => neverSent.has(code) || badCertificate.test(code));
  return isDefinite ? { kind: 'retry', afterMs: usualWaitMs, reason } : { kind: 'ambiguous', reason };
}

/** The system codes behind an error of fetch; several when several addresses were tried. */
function codesOf(error: unknown, depth = 0): string[] {
  if (!(error instanceof Error) || depth > 5) return [];
  if (error instanceof AggregateError) return error.errors.flatMap((each) => codesOf(each, depth + 1));
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code === 'string') return [code];
  return codesOf(error.cause, depth + 1);
}

/** fetch says "fetch failed" and keeps the reason to its cause. */
function innermost(error: Error, depth = 0): Error {
  return error.cause instanceof Error && depth < 5 ? innermost(error.cause, depth + 1) : error;
}

/** For the log. Slack's errors say in their code what they mean; of ours the stack is what helps. */
export function describeFailure(error: unknown): string {
  const failure = classifyFailure(error);
  if (failure.kind !== 'ambiguous') return failure.reason;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
