import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../../src/lib/clock.ts';
import { locationsOf } from './locations.ts';
import { plain, refusal } from './given.ts';
import type { Given } from './given.ts';
import { answer } from './routes.ts';
import type { Raw } from './raw.ts';
import type { World } from './world.ts';

/** What the next answer does instead of answering, or beside it. */
export type Fault =
  | { readonly kind: 'rate-limit'; readonly status?: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: 'slowed'; readonly seconds: number }
  | { readonly kind: 'sign-in'; readonly status: 203 | 302 }
  | { readonly kind: 'refused'; readonly status: number; readonly message: string }
  | { readonly kind: 'cut' };

export interface AzureServer {
  readonly url: string;
  readonly requests: string[];
  readonly violations: string[];
  readonly faults: Fault[];
  /** Called after each answer, for what changes between two requests. */
  afterAnswer: ((path: string) => void) | null;
  close(): Promise<void>;
}

export const token = 'simulatedpersonalaccesstoken0123456789';

/** Azure DevOps as its documentation describes it: versions by OPTIONS, streams with tokens, batches of 200, a page for signing in. */
export async function startAzure(
  world: World,
  {
    clock,
    prefix = '/acme',
    version = '7.2',
    batchSize = 50,
  }: { clock: Clock; prefix?: string; version?: string; batchSize?: number },
): Promise<AzureServer> {
  const requests: string[] = [];
  const violations: string[] = [];
  const faults: Fault[] = [];
  const handle: Pick<AzureServer, 'afterAnswer'> = { afterAnswer: null };
  const http = createServer((request, response) => {
    void (async () => {
      const text = await bodyOf(request);
      const url = new URL(request.url!, 'http://azure.test');
      requests.push(`${request.method} ${decodeURIComponent(url.pathname)}${url.search}`);
      response.setHeader('Date', new Date(clock.now()).toUTCString());
      response.setHeader('X-TFS-ProcessId', 'simulated');
      const fault = faults.shift();
      if (fault && fault.kind !== 'cut' && fault.kind !== 'slowed') return disturb(response, fault);
      const expected = `Basic ${Buffer.from(`:${token}`).toString('base64')}`;
      if (request.headers.authorization !== expected) return disturb(response, { kind: 'sign-in', status: 203 });
      if (fault?.kind === 'slowed') {
        response.setHeader('Retry-After', String(fault.seconds));
        response.setHeader('X-RateLimit-Delay', '3.215');
      }
      const base = `http://${request.headers.host}${prefix}`;
      const body = (text === '' ? {} : JSON.parse(text)) as Raw;
      const given = route(url, request, { world, body, base, prefix, version, batchSize });
      if (given.violation) violations.push(given.violation);
      if (fault?.kind === 'cut') return cut(request, response, given.body);
      send(response, given);
      handle.afterAnswer?.(url.pathname);
    })();
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return Object.assign(handle, {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}${prefix}`,
    requests,
    violations,
    faults,
    async close() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  });
}

interface Way {
  readonly world: World;
  readonly body: Raw;
  readonly base: string;
  readonly prefix: string;
  readonly version: string;
  readonly batchSize: number;
}

function route(url: URL, request: IncomingMessage, { prefix, version, ...asked }: Way): Given {
  if (!url.pathname.startsWith(`${prefix}/`)) return refusal(404, 'no such collection');
  const path = url.pathname
    .slice(prefix.length + 1)
    .split('/')
    .map(decodeURIComponent);
  if (request.method === 'OPTIONS') {
    const value = locationsOf(path[1] ?? '', version);
    return plain(200, { count: value.length, value });
  }
  const asks = /api-version=(\d+\.\d+)/.exec(request.headers.accept ?? '')?.[1];
  if (asks === undefined || Number(asks) > Number(version))
    return {
      ...refusal(400, `VssVersionOutOfRangeException: ${asks}`),
      violation: `version ${asks} of ${url.pathname}`,
    };
  return answer(path, { ...asked, method: request.method!, query: url.searchParams });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
}

function send(response: ServerResponse, { status, body, headers = {} }: Given): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8; api-version=7.2', ...headers });
  response.end(JSON.stringify(body));
}

const signIn = '<!DOCTYPE html><html><head><title>Azure DevOps Services | Sign In</title></head></html>';

function disturb(response: ServerResponse, fault: Exclude<Fault, { kind: 'cut' } | { kind: 'slowed' }>): void {
  switch (fault.kind) {
    case 'rate-limit':
      return send(response, {
        ...refusal(
          fault.status ?? 429,
          'TF400733: The request has been canceled: Request was blocked due to exceeding usage of resource DBCPU.',
        ),
        headers: { 'Retry-After': '3', 'X-RateLimit-Resource': 'DBCPU', ...fault.headers },
      });
    case 'sign-in':
      response.writeHead(fault.status, {
        'Content-Type': 'text/html; charset=utf-8',
        ...(fault.status === 302
          ? { Location: 'https://spsprodeus.vssps.visualstudio.com/_signin?realm=dev.azure.com' }
          : {}),
      });
      return void response.end(signIn);
    case 'refused':
      return send(response, refusal(fault.status, fault.message));
  }
}

function cut(request: IncomingMessage, response: ServerResponse, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) + 10 });
  response.write(text.slice(0, Math.ceil(text.length / 2)), () => request.socket.destroy());
}
