import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../../lib/clock.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Portfolio } from '../portfolio/portfolio.ts';
import type { Site, SiteIssue } from '../portfolio/site.ts';
import { createConduct } from './conduct.ts';
import { Faults } from './faults.ts';
import { makeChange } from './live-changes.ts';
import type { LiveChange } from './live-changes.ts';
import { createPageTokens } from './page-token.ts';
import { createPresenter } from './present.ts';
import type { Mode } from './field-list.ts';
import type { Call, Reply } from './reply.ts';
import { Violation, refuse } from './reply.ts';
import { createRoutes, findRoute } from './routes.ts';
import { createSearch } from './search.ts';
import { faultReply, sendBadly, sendReply } from './send.ts';

export interface JiraOptions {
  readonly portfolio: Pick<Portfolio, 'site'>;
  readonly mode: Mode;
  /** 0, the default: any free one. */
  readonly port?: number;
  readonly clock?: Clock;
  /** Serve 1,000 issues to one issue/bulkfetch, as the text of October 2026 has it, instead of 100. */
  readonly largePages?: boolean;
  /** In front of every path: the context path of a Data Center, or the gateway's `/ex/jira/<id>`. */
  readonly prefix?: string;
  readonly faults?: Faults;
}

interface RequestLine {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

export interface JiraServer {
  readonly url: string;
  readonly mode: Mode;
  readonly site: Site;
  /** What opens it: Cloud takes both as Basic, Data Center the token as Bearer. */
  readonly credentials: { readonly email: string; readonly token: string };
  /** Every request in the order of its answer; status 0 where the connection was broken. */
  readonly requests: RequestLine[];
  /** Each breach of a documented rule, in words; a client that behaves leaves it empty. */
  readonly violations: string[];
  readonly faults: Faults;
  /** What somebody does in Jira now, by the server's clock; `by` is an account id, the last one by default. */
  change(change: LiveChange, by?: string): SiteIssue | null;
  close(): Promise<void>;
}

const credentials = { email: 'vigie@example.com', token: 'demo-token-of-vigie' };
/** Ports above 1023 that fetch refuses; the system may hand one of them out. */
const refusedPorts = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);
const largestBody = 4 * 1024 * 1024;

/** A Jira on loopback over real HTTP: it answers, refuses and fails as the real one is documented to. */
export async function startJira(options: JiraOptions): Promise<JiraServer> {
  const { mode, prefix = '' } = options;
  const { site } = options.portfolio;
  const clock = options.clock ?? systemClock;
  const now = () => clock.now();
  const faults = options.faults ?? new Faults();
  const requests: RequestLine[] = [];
  const violations: string[] = [];
  const conduct = createConduct(now);
  let origin = '';
  const baseUrl = () => `${origin}${prefix}`;
  const routes = createRoutes(mode, {
    site,
    present: createPresenter(site, mode, baseUrl),
    search: createSearch(site, faults, now),
    tokens: createPageTokens(now),
    largePages: options.largePages ?? false,
    me: [...site.people.keys()][0] ?? 'nobody',
    baseUrl,
    now,
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const method = request.method ?? 'GET';
    const path = url.pathname.startsWith(`${prefix}/`) ? url.pathname.slice(prefix.length) : url.pathname;
    const complain = (line: string | null) => line && violations.push(`${method} ${path}: ${line}`);
    response.on('close', () => conduct.leave());
    complain(conduct.arrive());
    const text = await readBody(request);
    const found = findRoute(routes, method, path);
    const endpoint = `${method} ${found?.route.path ?? path}`;
    complain(conduct.patience(endpoint));
    complain(conduct.headers(method, request.headers));
    response.setHeader('Date', new Date(now()).toUTCString());
    const log = (status: number) => requests.push({ method, path, status });

    const fault = faults.take(path);
    const instead = fault && faultReply(fault, now());
    if (fault && instead) {
      const headers = instead.headers ?? {};
      conduct.wait(endpoint, headers['Retry-After'], headers['RateLimit-Reason']);
      log(instead.status);
      return sendReply(response, instead);
    }
    const reply = answer();
    if (fault) {
      log(fault.kind === 'html' ? 200 : 0);
      return sendBadly(response, reply, fault);
    }
    log(reply.status);
    sendReply(response, reply);
    if (path.endsWith('/search/jql') || path.endsWith('/search')) tellBetweenPages(reply);

    function answer(): Reply {
      try {
        const access = authorize(request.headers.authorization, mode);
        if (access === 'refused') return faultReply({ kind: 'unauthorized' }, now())!;
        if (prefix && !url.pathname.startsWith(`${prefix}/`))
          throw new Violation(`the site stands under ${prefix}`, 404);
        if (!found) throw new Violation('there is no such endpoint', 404);
        const strange = [...url.searchParams.keys()].filter((name) => !found.route.query.includes(name));
        if (strange.length > 0) throw new Violation(`unknown query parameter ${strange.join(', ')}`);
        const call: Call = {
          method,
          path,
          query: url.searchParams,
          body: parseBody(text),
          isKnown: access === 'known',
        };
        return found.route.answer(call, found.part);
      } catch (error) {
        if (!(error instanceof Violation)) throw error;
        complain(error.message);
        return error.reply;
      }
    }
  }

  function tellBetweenPages(reply: Reply): void {
    const { issues } = reply.body as { issues?: readonly { id: string }[] };
    if (issues) faults.betweenPages?.(issues.map((issue) => issue.id));
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      violations.push(`the simulated Jira itself failed: ${error instanceof Error ? error.stack : String(error)}`);
      if (response.headersSent) response.destroy();
      else sendReply(response, refuse(500, 'Internal server error'));
    });
  });
  const port = await listen(server, options.port ?? 0);
  origin = `http://127.0.0.1:${port}`;
  return {
    url: baseUrl(),
    mode,
    site,
    credentials,
    requests,
    violations,
    faults,
    change: (change, by) =>
      makeChange(site, change, { at: now(), by: by ?? [...site.people.keys()].at(-1) ?? 'nobody' }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function listen(server: Server, wanted: number): Promise<number> {
  for (;;) {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(wanted, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
    const { port } = server.address() as AddressInfo;
    if (wanted !== 0 || !refusedPorts.has(port)) return port;
    await new Promise((resolve) => server.close(resolve));
  }
}

function authorize(header: string | undefined, mode: Mode): 'known' | 'anonymous' | 'refused' {
  if (header === undefined) return 'anonymous';
  const basic = `Basic ${Buffer.from(`${credentials.email}:${credentials.token}`).toString('base64')}`;
  const accepted = mode === 'cloud' ? [basic, `Bearer ${credentials.token}`] : [`Bearer ${credentials.token}`];
  return accepted.includes(header) ? 'known' : 'refused';
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) break;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function parseBody(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Violation('Invalid request payload. Refer to the REST API documentation and try again.');
  }
}
