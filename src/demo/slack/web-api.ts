import { systemClock } from '../../lib/clock.ts';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Call, Method } from './call.ts';
import { Refusal, readArguments, readBody } from './call.ts';
import { channelMethods } from './channel-methods.ts';
import { chatMethods } from './chat-methods.ts';
import type { Fault, Faults } from './faults.ts';
import { fileMethods } from './file-methods.ts';
import { otherMethods } from './other-methods.ts';
import type { Grants } from './grants.ts';
import type { ResponseUrls } from './response-urls.ts';
import { viewMethods } from './view-methods.ts';
import { isUnfurled } from './validate-blocks.ts';
import type { Workspace } from './workspace.ts';

export interface ApiCall {
  readonly at: number;
  readonly method: string;
  /** `ok`, Slack's word for a refusal, or the fault that hit the call. */
  readonly outcome: string;
}

export interface WebApiOptions {
  readonly grants: Grants;
  readonly workspace: Workspace;
  readonly faults: Faults;
  readonly triggers: ResponseUrls;
  readonly now: () => number;
  readonly origin: () => string;
  /** One message a second and channel, as Slack promises; false takes any number. */
  readonly isStrict: () => boolean;
  readonly openSocket: () => string;
  readonly calls: ApiCall[];
  readonly violations: string[];
}

const methods: Readonly<Record<string, { readonly scope: string | null; readonly run: Method }>> = {
  ...chatMethods,
  ...channelMethods,
  ...fileMethods,
  ...otherMethods,
  ...viewMethods,
};

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

const loginPage = '<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in to the network</body></html>';
/** Refusals that say that our own program is wrong, not the workspace. */
const ourMistakes = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_text',
  'invalid_arguments',
  'invalid_metadata_format',
  'invalid_metadata_schema',
  'unknown_method',
  // A trigger opens one view, and within three seconds; a stack of views is three high.
  'expired_trigger_id',
  'exchanged_trigger_id',
  'push_limit_reached',
  'view_too_large',
]);

/** The Web API under `/api/`: each call is authorised, counted, perhaps hit by a fault, and answered. */
export function createWebApi(options: WebApiOptions) {
  const { workspace, faults, calls, violations } = options;
  const { bot } = workspace;
  const lastPost = new Map<string, number>();
  /** Until when each channel is to be left alone. */
  const waits = new Map<string, number>();

  return async function handle(request: IncomingMessage, response: ServerResponse, method: string): Promise<void> {
    const at = options.now();
    const note = (outcome: string) => void calls.push({ at, method, outcome });
    const body = await readBody(request);
    const isPost = method === 'chat.postMessage';
    const planned = faults.take(method);
    if (planned?.kind === 'slow') await systemClock.sleep(planned.ms);
    const fault = planned?.kind === 'slow' ? null : planned;
    if (fault?.kind === 'rate-limit') {
      note('rate-limit');
      return send(response, tooMany(isPost ? channelIn(request, body) : null, fault.retryAfter));
    }
    const isTaken = fault === null || fault.kind === 'late' || fault.accepted;
    let reply: Reply = { status: 200, headers: {}, body: { ok: true } };
    if (isTaken) {
      reply = answer(request, method, body, at + (fault?.kind === 'late' ? fault.ms : 0));
      if (isPost) checkManners(channelIn(request, body), reply, at);
    }
    if (fault) {
      note(fault.kind);
      return sendBadly(response, fault);
    }
    const { ok: isOk, error } = reply.body;
    note(isOk === true ? 'ok' : typeof error === 'string' ? error : String(reply.status));
    send(response, reply);
  };

  function answer(request: IncomingMessage, name: string, body: string, landsAt: number): Reply {
    const now = options.now();
    try {
      const args = readArguments(body, request.headers['content-type'] ?? '');
      const token = tokenOf(request, args);
      if (name === 'apps.connections.open') {
        if (token !== bot.appToken) throw new Refusal(token === '' ? 'not_authed' : 'invalid_auth');
        return ok({ url: options.openSocket() });
      }
      if (name === 'oauth.v2.access') return ok(options.grants.access(args, basicOf(request)));
      authorize(token);
      const method = methods[name];
      if (!method || !Object.hasOwn(methods, name)) throw new Refusal('unknown_method', { req_method: name });
      if (method.scope !== null && !bot.scopes.includes(method.scope)) {
        throw new Refusal('missing_scope', { needed: method.scope, provided: bot.scopes.join(',') });
      }
      const call: Call = {
        args,
        workspace,
        faults,
        triggers: options.triggers,
        now,
        landsAt,
        origin: options.origin(),
      };
      if (name !== 'chat.postMessage') return ok(method.run(call));
      if (isUnfurled(args)) violations.push('chat.postMessage: a link would be shown with a preview');
      const channel = String(args['channel']);
      const next = (lastPost.get(channel) ?? -Infinity) + 1000;
      if (options.isStrict() && now < next) {
        return tooMany(channel, String(Math.ceil((next - now) / 1000)));
      }
      const result = method.run(call);
      lastPost.set(channel, now);
      return ok(result);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (ourMistakes.has(error.code)) violations.push(`${name}: ${error.code} ${JSON.stringify(error.details)}`);
      return { status: 200, headers: scopeHeaders(), body: { ok: false, error: error.code, ...error.details } };
    }
  }

  function authorize(token: string): void {
    if (token === '') throw new Refusal('not_authed');
    if (token === bot.appToken) throw new Refusal('not_allowed_token_type');
    const until = bot.issued.get(token);
    if (token !== bot.botToken && until === undefined) throw new Refusal('invalid_auth');
    if (!bot.isInstalled) throw new Refusal('account_inactive');
    if (until !== undefined && until !== null && until <= options.now()) throw new Refusal('token_expired');
    if (bot.isRevoked) throw new Refusal('token_revoked');
  }

  function ok(body: Record<string, unknown>): Reply {
    return { status: 200, headers: scopeHeaders(), body: { ok: true, ...body } };
  }

  function scopeHeaders(): Record<string, string> {
    return { 'X-OAuth-Scopes': bot.scopes.join(',') };
  }

  function tooMany(channel: string | null, retryAfter: string | null): Reply {
    const seconds = Number(retryAfter);
    if (channel !== null && seconds > 0) waits.set(channel, options.now() + seconds * 1000);
    const headers = retryAfter === null ? {} : { 'Retry-After': retryAfter };
    return { status: 429, headers, body: { ok: false, error: 'ratelimited' } };
  }

  function checkManners(channel: string, reply: Reply, at: number): void {
    const leftMs = (waits.get(channel) ?? at) - at;
    if (reply.status === 200 && leftMs > 0) {
      violations.push(`chat.postMessage: called ${leftMs} ms before Retry-After was over`);
    }
  }

  function send(response: ServerResponse, reply: Reply): void {
    response.writeHead(reply.status, {
      'Content-Type': 'application/json; charset=utf-8',
      Date: new Date(options.now()).toUTCString(),
      ...reply.headers,
    });
    response.end(JSON.stringify(reply.body));
  }

  function sendBadly(response: ServerResponse, fault: Exclude<Fault, { kind: 'rate-limit' | 'slow' }>): void {
    switch (fault.kind) {
      case 'drop':
      case 'late':
        response.destroy();
        return;
      case 'hang':
        return;
      case 'status':
        response.writeHead(fault.status, { 'Content-Type': 'text/plain' }).end('upstream failure');
        return;
      case 'html':
        response.writeHead(200, { 'Content-Type': 'text/html' }).end(loginPage);
        return;
      case 'refuse':
        send(response, { status: 200, headers: scopeHeaders(), body: { ok: false, error: fault.error } });
    }
  }
}

function channelIn(request: IncomingMessage, body: string): string {
  try {
    return String(readArguments(body, request.headers['content-type'] ?? '')['channel']);
  } catch {
    return '';
  }
}

function tokenOf(request: IncomingMessage, args: Readonly<Record<string, unknown>>): string {
  const header = /^Bearer\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return header ?? (typeof args['token'] === 'string' ? args['token'] : '');
}

/** `id:secret`, where the app says who it is in the header. */
function basicOf(request: IncomingMessage): string | null {
  const encoded = /^Basic\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return encoded === undefined ? null : Buffer.from(encoded, 'base64').toString('utf8');
}
