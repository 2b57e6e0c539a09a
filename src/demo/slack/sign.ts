import { createHmac } from 'node:crypto';
import type { Envelope } from './socket-mode.ts';

export interface Delivery {
  readonly envelope: Envelope;
  readonly payload: Record<string, unknown>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What Slack sends over HTTP: a form, or JSON for an event, with the signature of its app. */
export function signedRequest({ envelope, payload, headers = {} }: Delivery, secret: string, now: number) {
  const isEvent = envelope === 'events_api';
  const body = isEvent ? JSON.stringify(payload) : formOf(envelope, payload);
  const timestamp = String(Math.floor(now / 1000));
  return {
    method: 'POST',
    body,
    headers: {
      'Content-Type': isEvent ? 'application/json' : 'application/x-www-form-urlencoded',
      'X-Slack-Request-Timestamp': timestamp,
      'X-Slack-Signature': sign(secret, timestamp, body),
      ...headers,
    },
  };
}

/** Slack's signature of a request (v0: HMAC-SHA256 over version, time and raw body). */
export function sign(secret: string, timestamp: string, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

function formOf(envelope: Envelope, payload: Readonly<Record<string, unknown>>): string {
  if (envelope === 'interactive') return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  return new URLSearchParams(payload as Record<string, string>).toString();
}
