import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** Ports above 1023 that fetch refuses to speak to. */
const refusedPorts = new Set([4190, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 10080]);

/** A server on loopback that gives these answers in turn, the last one for ever. */
export async function scriptedServer(...answers: readonly Answer[]) {
  const requests: { readonly url: string; readonly headers: IncomingMessage['headers']; readonly at: number }[] = [];
  const server = createServer((request, response) => {
    const answer = answers[Math.min(requests.length, answers.length - 1)]!;
    requests.push({ url: request.url!, headers: request.headers, at: Date.now() });
    request.resume();
    answer(response, request);
  });
  do {
    if (server.listening) await new Promise((resolve) => server.close(resolve));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  } while (refusedPorts.has((server.address() as AddressInfo).port));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
