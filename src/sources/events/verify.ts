import { createHmac, timingSafeEqual } from 'node:crypto';
import type { EventsSettings } from './settings.ts';

export interface Signed {
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** As it came, byte for byte: a body that was parsed and written again has another signature. */
  readonly body: string;
}

/**
 * Whether a request comes from who knows the secret: GitHub signs the body (`X-Hub-Signature-256`), GitLab sends a token
 * (`X-Gitlab-Token`), our own events may do either (`Authorization: Bearer`). Compared in constant time.
 */
export function isGenuine({ from, secret }: EventsSettings, { headers, body }: Signed): boolean {
  const signature = headers['x-hub-signature-256'];
  const isSigned = signature !== undefined && isSame(signature, signatureOf(secret, body));
  switch (from) {
    case 'github':
      return isSigned;
    case 'gitlab':
      return isSame(headers['x-gitlab-token'] ?? '', secret);
    case 'generic':
      return isSigned || isSame(headers['authorization'] ?? '', `Bearer ${secret}`);
  }
}

export function signatureOf(secret: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

function isSame(given: string, wanted: string): boolean {
  // Digests have one length whatever was given: neither the length nor the time tells anything of the secret.
  const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

/** The sender's own name of a delivery, by which one that comes again is known; null when it gives none. */
export function deliveryIdOf(headers: Signed['headers']): string | null {
  const names = ['x-github-delivery', 'x-gitlab-event-uuid', 'webhook-id', 'ce-id', 'idempotency-key'];
  for (const name of names) if (headers[name]) return headers[name].slice(0, 200);
  return null;
}
