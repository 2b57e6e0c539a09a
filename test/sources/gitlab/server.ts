import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../../src/lib/clock.ts';
import { answer } from './routes.ts';
import type { World } from './world.ts';

/** What the next answer does instead of answering. */
export type Fault =
  | { readonly kind: 'rate-limit'; readonly headers?: Record<string, string> }
  | { readonly kind: 'fail'; readonly status: number }
  | { readonly kind: 'cut' }
  | { readonly kind: 'html' }
  | { readonly kind: 'forbidden' };

export interface GitlabServer {
  readonly url: string;
  readonly requests: string[];
  readonly violations: string[];
  readonly faults: Fault[];
  /** Paths that the token has no right to. */
  closed: RegExp | null;
  /** Called after each answer to a list, for what changes between two pages. */
  betweenPages: ((path: string) => void) | null;
  close(): Promise<void>;
}

export const token = 'glpat-simulated-0123456789';

/** A GitLab as its documentation describes it: pages, limits, redirects of moved projects, features that need a licence. */
export async function startGitlab(
  world: World,
  { clock, prefix = '' }: { clock: Clock; prefix?: string },
): Promise<GitlabServer> {
  const requests: string[] = [];
  const violations: string[] = [];
  const faults: Fault[] = [];
  const handle = { betweenPages: null as ((path: string) => void) | null, closed: null as RegExp | null };
  const http = createServer((request, response) => {
    request.resume();
    const url = new URL(request.url!, 'http://gitlab.test');
    requests.push(`${request.method} ${url.pathname}${url.search}`);
    if (request.method !== 'GET') violations.push(`${request.method} ${url.pathname}`);
    response.setHeader('Date', new Date(clock.now()).toUTCString());
    const fault = faults.shift();
    if (fault && fault.kind !== 'cut') return disturb(response, fault);
    if (request.headers['private-token'] !== token) return send(response, 401, { message: '401 Unauthorized' });
    const path = decodeRest(url.pathname, `${prefix}/api/v4`);
    if (path === null) return send(response, 404, '<html>nothing here</html>');
    if (handle.closed?.test(path)) return disturb(response, { kind: 'forbidden' });
    const given = answer(world, path, url.searchParams);
    if (given.violation) violations.push(given.violation);
    if (given.location) response.setHeader('Location', `${prefix}/api/v4${given.location}`);
    for (const [name, value] of Object.entries(given.headers)) response.setHeader(name, value);
    if (fault) return cut(request, response, given.body);
    send(response, given.status, given.body);
    if (Array.isArray(given.body)) handle.betweenPages?.(path);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}${prefix}`,
    requests,
    violations,
    faults,
    get closed() {
      return handle.closed;
    },
    set closed(paths) {
      handle.closed = paths;
    },
    get betweenPages() {
      return handle.betweenPages;
    },
    set betweenPages(change) {
      handle.betweenPages = change;
    },
    async close() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

function decodeRest(pathname: string, base: string): string | null {
  return pathname.startsWith(`${base}/`) ? pathname.slice(base.length) : null;
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

function disturb(response: ServerResponse, fault: Exclude<Fault, { kind: 'cut' }>): void {
  switch (fault.kind) {
    case 'rate-limit':
      response.writeHead(429, fault.headers ?? { 'Retry-After': '3', 'RateLimit-Remaining': '0' });
      response.end('Retry later\n');
      break;
    case 'fail':
      send(response, fault.status, { message: 'Internal' });
      break;
    case 'html':
      response.writeHead(200, { 'Content-Type': 'text/html' });
      response.end('<!DOCTYPE html><title>Sign in</title>');
      break;
    case 'forbidden':
      send(response, 403, { message: '403 Forbidden' });
  }
}

function cut(request: IncomingMessage, response: ServerResponse, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) + 10 });
  response.write(text.slice(0, Math.ceil(text.length / 2)), () => request.socket.destroy());
}
