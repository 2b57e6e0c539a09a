import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { execute, parse, validate } from 'graphql';
import type { Clock } from '../../../src/lib/clock.ts';
import { complexityOf } from './complexity.ts';
import { rootOf } from './resolve.ts';
import { schema } from './schema.ts';
import type { Raw, World } from './world.ts';

/** What the next answer does instead of answering. */
export type Fault =
  | { readonly kind: 'rate-limit'; readonly status?: number; readonly resetMs?: number; readonly budget?: string }
  | { readonly kind: 'cut' }
  | { readonly kind: 'html' }
  | { readonly kind: 'error'; readonly status: number; readonly message: string; readonly type: string };

export interface LinearServer {
  readonly url: string;
  /** Names of the operations, in order. */
  readonly requests: string[];
  readonly violations: string[];
  readonly faults: Fault[];
  /** Called after each answer, for what changes between two requests. */
  afterAnswer: ((operation: string) => void) | null;
  close(): Promise<void>;
}

export const token = 'lin_api_simulated0123456789';

/** Linear as its documentation describes it: one address, limits told by headers, errors with 200 or 400, 10,000 points a query. */
export async function startLinear(world: World, { clock }: { clock: Clock }): Promise<LinearServer> {
  const requests: string[] = [];
  const violations: string[] = [];
  const faults: Fault[] = [];
  const handle: Pick<LinearServer, 'afterAnswer'> = { afterAnswer: null };
  const http = createServer((request, response) => {
    void (async () => {
      const body = JSON.parse((await textOf(request)) || '{}') as { query: string; variables?: Raw };
      const operation = /query (\w+)/.exec(body.query)?.[1] ?? '?';
      requests.push(operation);
      if (request.method !== 'POST' || request.url !== '/graphql') violations.push(`${request.method} ${request.url}`);
      response.setHeader('Date', new Date(clock.now()).toUTCString());
      const fault = faults.shift();
      if (fault && fault.kind !== 'cut') return disturb(response, fault, clock);
      const { authorization } = request.headers;
      if (authorization !== token && authorization !== 'Bearer lin_oauth_simulated')
        return refuse(response, 401, 'Authentication required, not authenticated', 'authentication error');
      const { status, answer, violation } = answerTo(world, body);
      if (violation) violations.push(violation);
      if (fault) return cut(request, response, answer);
      send(response, status, answer);
      handle.afterAnswer?.(operation);
    })();
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return Object.assign(handle, {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    requests,
    violations,
    faults,
    async close() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  });
}

function answerTo(world: World, { query, variables = {} }: { query: string; variables?: Raw }) {
  const document = parse(query);
  const problems = validate(schema, document);
  if (problems.length > 0) {
    const errors = problems.map(({ message }) => ({
      message,
      extensions: { type: 'graphql error', code: 'GRAPHQL_VALIDATION_FAILED' },
    }));
    return { status: 400, answer: { errors }, violation: problems[0]!.message };
  }
  const cost = complexityOf(document, variables);
  if (cost > 10_000) {
    const errors = [{ message: 'Query too complex', extensions: { type: 'invalid input', code: 'INPUT_ERROR' } }];
    return { status: 400, answer: { errors }, violation: `a query of ${cost} points` };
  }
  const result = execute({ schema, document, rootValue: rootOf(world), variableValues: variables });
  if (result instanceof Promise) throw new Error('nothing here takes time');
  const errors = result.errors?.map(({ message, extensions, path }) => ({ message, extensions, path }));
  return { status: errors ? 400 : 200, answer: { data: result.data, ...(errors ? { errors } : {}) } };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

function refuse(response: ServerResponse, status: number, message: string, type: string): void {
  const extensions = { type, code: type.toUpperCase().replaceAll(' ', '_'), userPresentableMessage: message };
  send(response, status, { errors: [{ message, extensions }] });
}

function disturb(response: ServerResponse, fault: Exclude<Fault, { kind: 'cut' }>, clock: Clock): void {
  if (fault.kind === 'html') {
    response.writeHead(200, { 'Content-Type': 'text/html' });
    response.end('<!DOCTYPE html><title>Linear</title>');
  } else if (fault.kind === 'error') refuse(response, fault.status, fault.message, fault.type);
  else {
    const budget = fault.budget ?? 'requests';
    response.setHeader(`X-RateLimit-${budget}-Limit`, '2500');
    response.setHeader(`X-RateLimit-${budget}-Remaining`, '0');
    response.setHeader(`X-RateLimit-${budget}-Reset`, String(clock.now() + (fault.resetMs ?? 3_000)));
    const extensions = { code: 'RATELIMITED', statusCode: 429 };
    send(response, fault.status ?? 400, { errors: [{ message: 'Rate limit exceeded', extensions }] });
  }
}

function cut(request: IncomingMessage, response: ServerResponse, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) + 10 });
  response.write(text.slice(0, Math.ceil(text.length / 2)), () => request.socket.destroy());
}
