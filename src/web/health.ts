import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { explainListenError } from '../lib/explain-listen-error.ts';

/** One thing that must work before we can do our job: null when it does, else what is wrong, without secrets. */
export type ReadinessCheck = () => Promise<string | null>;

export interface HealthRoute {
  readonly path: string;
  readonly method: string[];
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void;
}

/** A probe that waits longer than this counts as failed: whoever asks has usually given up by then. */
const usualTimeoutMs = 2_000;

/**
 * `/healthz`: the process answers. `/readyz`: every check holds; 503 with what does not, and while we are stopping.
 * To be mounted on Bolt's receiver, or served alone by `startHealthServer`.
 */
export function createHealthRoutes(options: {
  readonly checks: Readonly<Record<string, ReadinessCheck>>;
  readonly isStopping?: () => boolean;
  /** How many things a person has to mend, by kind: no reason to send requests elsewhere, so not among the checks. */
  readonly troubles?: () => Promise<Readonly<Record<string, number>>>;
  readonly timeoutMs?: number;
}): readonly HealthRoute[] {
  const { isStopping = () => false } = options;
  const method = ['GET', 'HEAD'];
  return [
    { path: '/healthz', method, handler: (_, response) => send(response, 200, { ok: true }) },
    {
      path: '/readyz',
      method,
      handler: (_, response) => {
        if (isStopping()) send(response, 503, { ok: false, stopping: true });
        else void sendReadiness(response, options);
      },
    },
  ];
}

async function sendReadiness(
  response: ServerResponse,
  { checks, troubles, timeoutMs = usualTimeoutMs }: Parameters<typeof createHealthRoutes>[0],
): Promise<void> {
  const results = await runChecks(checks, timeoutMs);
  const ok = Object.values(results).every((found) => found === 'ok');
  const open = ok && troubles ? await troubles().catch(() => ({})) : {};
  send(response, ok ? 200 : 503, { ok, checks: results, ...(Object.keys(open).length > 0 ? { troubles: open } : {}) });
}

async function runChecks(
  checks: Readonly<Record<string, ReadinessCheck>>,
  timeoutMs: number,
): Promise<Record<string, string>> {
  const entries = Object.entries(checks).map(
    async ([name, check]) => [name, await runCheck(check, timeoutMs)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

/** What goes wrong inside a check is ours to log, not the prober's to read. */
async function runCheck(check: ReadinessCheck, timeoutMs: number): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${timeoutMs} ms`), timeoutMs);
  });
  try {
    return (await Promise.race([check(), late])) ?? 'ok';
  } catch {
    return 'failed';
  } finally {
    clearTimeout(timer);
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  response.end(response.req.method === 'HEAD' ? undefined : `${JSON.stringify(body)}\n`);
}

export interface HealthServer {
  readonly url: string;
  close(): Promise<void>;
}

/** The same routes on a port of their own: Socket Mode opens none. */
export async function startHealthServer(options: {
  readonly host: string;
  readonly port: number;
  readonly routes: readonly HealthRoute[];
}): Promise<HealthServer> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0];
    const route = options.routes.find((each) => each.path === path);
    if (!route) return send(response, 404, { ok: false });
    if (!route.method.includes(request.method ?? '')) return send(response, 405, { ok: false });
    route.handler(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(explainListenError(error, options)));
    server.listen(options.port, options.host, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
