import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { execute, parse, validate } from 'graphql';
import type { GraphQLError } from 'graphql';
import type { Clock } from '../../../src/lib/clock.ts';
import { rootOf } from './resolve.ts';
import { answer } from './rest.ts';
import { schemaOf } from './schema.ts';
import type { Raw, World } from './world.ts';

/** What the next answer does instead of answering. */
export type Fault =
  | {
      readonly kind: 'refuse';
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly message: string;
    }
  /** GraphQL only: errors with 200. */
  | { readonly kind: 'errors'; readonly errors: readonly Raw[]; readonly headers?: Record<string, string> }
  | { readonly kind: 'cut' }
  | { readonly kind: 'html' };

export interface GithubServer {
  readonly url: string;
  /** `GET /repos/...?query`, or a GraphQL query with its variables. */
  readonly requests: string[];
  readonly violations: string[];
  readonly faults: Fault[];
  /** Called after each answer, for what changes between two. */
  afterAnswer: ((request: string) => void) | null;
  /** Requests that the token has no right to. */
  closed: RegExp | null;
  /** Tokens that an App was given, by the header of its request. */
  readonly appRequests: string[];
  close(): Promise<void>;
}

export const token = 'github_pat_simulated_0123456789';
export const appToken = 'ghs_simulated_app_0123456789';

/** A GitHub Enterprise Server as the documentation describes it: pages by Link, limits, redirects, GraphQL errors with 200. */
export async function startGithub(world: World, { clock }: { clock: Clock }): Promise<GithubServer> {
  const state = {
    requests: [] as string[],
    violations: [] as string[],
    faults: [] as Fault[],
    appRequests: [] as string[],
    closed: null as RegExp | null,
    afterAnswer: null as ((request: string) => void) | null,
  };
  const http = createServer((request, response) => void respond(request, response).catch(() => response.destroy()));
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url!, 'http://github.test');
    const body = JSON.parse((await textOf(request)) || '{}') as { query?: string; variables?: Raw };
    const isGraphql = url.pathname === '/api/graphql';
    const name = isGraphql
      ? `${/query (\w+)/.exec(body.query ?? '')![1]!} ${JSON.stringify(body.variables ?? {})}`
      : `GET ${url.pathname.slice('/api/v3'.length)}${url.search}`;
    state.requests.push(name);
    response.setHeader('Date', new Date(clock.now()).toUTCString());
    response.setHeader('X-RateLimit-Remaining', '4990');
    response.setHeader('X-RateLimit-Reset', String(Math.ceil(clock.now() / 1000) + 3_000));
    for (const [header, value] of Object.entries(world.tokenHeaders)) response.setHeader(header, value);
    if (!request.headers['user-agent']) state.violations.push('no user agent');
    const fault = state.faults.shift();
    if (fault && fault.kind !== 'cut') return disturb(response, fault);
    if (request.method === 'POST' && /^\/api\/v3\/app\/installations\/\d+\/access_tokens$/.test(url.pathname)) {
      state.appRequests.push(request.headers.authorization ?? '');
      return send(response, 201, { token: appToken, expires_at: '2036-11-24T10:00:00Z', permissions: {} });
    }
    const given = request.headers.authorization;
    if (given !== `Bearer ${token}` && given !== `Bearer ${appToken}`)
      return send(response, 401, { message: 'Bad credentials', status: '401' });
    if (request.method !== (isGraphql ? 'POST' : 'GET')) state.violations.push(`${request.method} ${url.pathname}`);
    if (state.closed?.test(name)) return isGraphql ? send(response, 200, forbidden) : disturb(response, noRight);
    if (isGraphql) {
      const result = await graphql(world, body);
      return fault ? cut(request, response, result) : finish(response, 200, result, name);
    }
    const told = answer(world, url.pathname.slice('/api/v3'.length), url.searchParams);
    if (told.violation) state.violations.push(told.violation);
    if (told.location)
      response.setHeader('Location', `http://${request.headers.host}/api/v3${told.location}${url.search}`);
    if (told.next !== undefined) {
      url.searchParams.set('page', String(told.next));
      response.setHeader('Link', `<http://${request.headers.host}${url.pathname}${url.search}>; rel="next"`);
    }
    if (fault) return cut(request, response, told.body);
    finish(response, told.status, told.body, name);
  };
  const finish = (response: ServerResponse, status: number, body: unknown, name: string) => {
    send(response, status, body);
    state.afterAnswer?.(name);
  };
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return Object.assign(state, {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    async close() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  });
}

const message = 'Resource not accessible by personal access token';
const noRight: Exclude<Fault, { kind: 'cut' }> = { kind: 'refuse', status: 403, message };
const forbidden = {
  data: { repository: null },
  errors: [{ type: 'FORBIDDEN', path: ['repository', 'deployments'], message }],
};

/** A query is checked against the schema as GitHub does, and answered with 200 whatever came of it. */
async function graphql(world: World, { query, variables }: { query?: string; variables?: Raw }): Promise<unknown> {
  const schema = schemaOf(world);
  const document = parse(query ?? '');
  const unknown = validate(schema, document);
  if (unknown.length > 0) {
    const errors = unknown.map(({ message }) => ({ message, extensions: { code: 'undefinedField' } }));
    return { errors };
  }
  const { data, errors } = await execute({
    schema,
    document,
    rootValue: rootOf(world),
    variableValues: variables ?? {},
  });
  return { data, ...(errors ? { errors: errors.map(told) } : {}) };
}

const told = ({ message, path, extensions }: GraphQLError) => ({ type: extensions['type'], message, path });

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

function disturb(response: ServerResponse, fault: Exclude<Fault, { kind: 'cut' }>): void {
  switch (fault.kind) {
    case 'refuse':
      for (const [name, value] of Object.entries(fault.headers ?? {})) response.setHeader(name, value);
      return send(response, fault.status, { message: fault.message, status: String(fault.status) });
    case 'errors':
      for (const [name, value] of Object.entries(fault.headers ?? {})) response.setHeader(name, value);
      return send(response, 200, { data: null, errors: fault.errors });
    case 'html':
      response.writeHead(200, { 'Content-Type': 'text/html' });
      response.end('<!DOCTYPE html><title>Sign in</title>');
  }
}

function cut(request: IncomingMessage, response: ServerResponse, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) + 10 });
  response.write(text.slice(0, Math.ceil(text.length / 2)), () => request.socket.destroy());
}
