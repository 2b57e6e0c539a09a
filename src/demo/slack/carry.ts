import type { Clock } from '../../lib/clock.ts';
import { signedRequest } from './sign.ts';
import type { Delivery } from './sign.ts';
import type { SocketMode } from './socket-mode.ts';
import type { Workspace } from './workspace.ts';

/** How the app took what Slack brought it. */
export interface Dispatched {
  readonly ok: boolean;
  /** HTTP status; 200 for an acknowledged envelope, null without an answer. */
  readonly status: number | null;
  readonly ms: number;
  /** What Slack shows to the person: `operation_timeout`, `http_service_error`, ... */
  readonly error: string | null;
}

export interface CarrierOptions {
  readonly workspace: Workspace;
  readonly sockets: SocketMode;
  readonly clock: Clock;
  /** Where the app listens; null when it has said nothing yet. */
  readonly requestUrl: () => string | null;
}

const patienceMs = 3_000;

/** Brings what there is to the app, through its socket or signed, and waits three seconds for its acknowledgement. */
export function createCarrier({ workspace, sockets, clock, requestUrl }: CarrierOptions) {
  return async (delivery: Delivery): Promise<Dispatched & { readonly body: string }> => {
    const startedAt = clock.now();
    const ms = () => clock.now() - startedAt;
    if (sockets.isConnected()) {
      const taken = await sockets.deliver(delivery.envelope, delivery.payload, patienceMs);
      if (!taken) return { ok: false, status: null, ms: ms(), error: 'operation_timeout', body: '' };
      return { ok: true, status: 200, ms: ms(), error: null, body: taken.payload ? JSON.stringify(taken.payload) : '' };
    }
    const url = requestUrl();
    if (url === null) return { ok: false, status: null, ms: 0, error: 'dispatch_failed', body: '' };
    try {
      const response = await fetch(url, {
        ...signedRequest(delivery, workspace.bot.signingSecret, clock.now()),
        signal: AbortSignal.timeout(patienceMs),
      });
      const body = await response.text();
      const error = response.ok ? null : 'http_service_error';
      return { ok: response.ok, status: response.status, ms: ms(), error, body };
    } catch (error) {
      const code = (error as Error).name === 'TimeoutError' ? 'operation_timeout' : 'http_client_error';
      return { ok: false, status: null, ms: ms(), error: code, body: '' };
    }
  };
}
