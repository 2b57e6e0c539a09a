import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HealthRoute } from './health.ts';

/** How an event was taken, as far as HTTP is concerned. */
export interface EventAnswer {
  readonly status: number;
  /** What was wrong with a body, for who can sign one. */
  readonly expected?: string;
}

export interface EventRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

const largestBody = 1_048_576;

/** `POST /events/<source>` for each source of that kind: read whole, taken, answered. Errors of ours say nothing. */
export function createEventRoutes(
  sources: readonly string[],
  take: (source: string, request: EventRequest) => Promise<EventAnswer>,
): readonly HealthRoute[] {
  return sources.map((source) => ({
    path: `/events/${source}`,
    method: ['POST'],
    handler: (request, response) => void answer(request, response, (given) => take(source, given)),
  }));
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  take: (given: EventRequest) => Promise<EventAnswer>,
): Promise<void> {
  try {
    const body = await readBody(request);
    if (body === null) return send(response, { status: 413, expected: `at most ${largestBody} bytes` });
    send(response, await take({ headers: headersOf(request), body }));
  } catch {
    // Whoever sent it sends it again; what failed stands in the log of who took it.
    send(response, { status: 500 });
  }
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function headersOf({ headers }: IncomingMessage): EventRequest['headers'] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
}

function send(response: ServerResponse, { status, expected }: EventAnswer): void {
  const body = JSON.stringify(expected === undefined ? { ok: status < 300 } : { ok: false, expected });
  response.writeHead(status, { 'Content-Type': 'application/json', Connection: 'close' }).end(`${body}\n`);
}
