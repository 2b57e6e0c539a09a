import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { isObject } from './shape.ts';
import { acceptWebSocket } from './web-socket.ts';
import type { WebSocketPeer } from './web-socket.ts';

export type Envelope = 'slash_commands' | 'interactive' | 'events_api';

/** The apps that are connected over Socket Mode; each envelope goes to one of them. */
export interface SocketMode {
  /** The address of a new connection, good once. */
  offer(): string;
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  isConnected(): boolean;
  /** Resolves to what the app acknowledged with, or to null when it did not within `timeoutMs`. */
  deliver(type: Envelope, payload: object, timeoutMs: number): Promise<{ readonly payload: unknown } | null>;
  close(): void;
}

/** Slack pings often enough for a client to notice a dead line within its 30 s. */
const pingEveryMs = 10_000;

export function createSocketMode(origin: () => string, appId: string): SocketMode {
  const tickets = new Set<string>();
  const peers = new Set<WebSocketPeer>();
  const waiting = new Map<string, (payload: unknown) => void>();
  let count = 0;
  const pings = setInterval(() => peers.forEach((peer) => peer.ping()), pingEveryMs);
  pings.unref();

  return {
    offer() {
      count += 1;
      const ticket = createHash('sha256').update(`ticket ${count}`).digest('hex').slice(0, 32);
      tickets.add(ticket);
      return `${origin().replace(/^http/, 'ws')}/link/?ticket=${ticket}&app_id=${appId}`;
    },
    accept(request, socket, head) {
      const ticket = new URL(request.url ?? '/', 'http://localhost').searchParams.get('ticket') ?? '';
      if (!tickets.delete(ticket)) {
        socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
        return;
      }
      const peer = acceptWebSocket(request, socket, head);
      if (!peer) return;
      peers.add(peer);
      peer.onClose(() => peers.delete(peer));
      peer.onText((text) => {
        const message: unknown = JSON.parse(text);
        if (!isObject(message) || typeof message['envelope_id'] !== 'string') return;
        waiting.get(message['envelope_id'])?.(message['payload']);
      });
      peer.send(JSON.stringify({ type: 'hello', num_connections: peers.size, connection_info: { app_id: appId } }));
    },
    isConnected: () => peers.size > 0,
    async deliver(type, payload, timeoutMs) {
      const peer = [...peers][count % Math.max(1, peers.size)];
      if (!peer) return null;
      count += 1;
      const envelopeId = `envelope-${count}`;
      let timer: NodeJS.Timeout | undefined;
      try {
        return await new Promise((resolve) => {
          timer = setTimeout(() => resolve(null), timeoutMs);
          waiting.set(envelopeId, (acknowledged) => resolve({ payload: acknowledged }));
          peer.send(
            JSON.stringify({ envelope_id: envelopeId, type, payload, accepts_response_payload: type !== 'events_api' }),
          );
        });
      } finally {
        clearTimeout(timer);
        waiting.delete(envelopeId);
      }
    },
    close() {
      clearInterval(pings);
      for (const peer of peers) peer.close();
    },
  };
}
