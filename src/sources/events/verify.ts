import { createHmac, timingSafeEqual } from 'node:crypto';
import { minuteMs } from '../../core/time/instant.ts';
import type { Instant } from '../../core/time/instant.ts';
import type { EventsSettings } from './settings.ts';

export interface Signed {
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** As it came, byte for byte: a body that was parsed and written again has another signature. */
  readonly body: string;
}

/** A signed time further from now than this is a request that somebody kept and sent again (Standard Webhooks). */
const freshMs = 5 * minuteMs;

/**
 * Whether a request comes from who knows the secret. GitHub (`X-Hub-Signature-256`) and Jira (`X-Hub-Signature`) sign
 * the body; GitLab signs body, name and time (Standard Webhooks) or sends a token (`X-Gitlab-Token`); any pipeline may do
 * as GitHub, as Standard Webhooks, or send the secret as a bearer token. Compared in constant time.
 */
export function isGenuine({ from, secret }: EventsSettings, request: Signed, now: Instant): boolean {
  const { headers } = request;
  switch (from) {
    case 'github':
      return isSignedBody(secret, request, 'x-hub-signature-256');
    case 'jira':
      return isSignedBody(secret, request, 'x-hub-signature');
    case 'gitlab':
      return isStandard(secret, request, now) || isSame(headers['x-gitlab-token'] ?? '', secret);
    case 'generic':
      return (
        isSignedBody(secret, request, 'x-hub-signature-256') ||
        isStandard(secret, request, now) ||
        isSame(headers['authorization'] ?? '', `Bearer ${secret}`)
      );
  }
}

/** `sha256=` and hex digits. The older sha1 is nobody's signature any more. */
export function signatureOf(secret: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

function isSignedBody(secret: string, { headers, body }: Signed, header: string): boolean {
  const signature = headers[header];
  return signature !== undefined && isSame(signature, signatureOf(secret, body));
}

/** The signature of Standard Webhooks, `v1,` and base64; a secret that begins with `whsec_` is the key in base64. */
export function standardSignatureOf(
  secret: string,
  { id, timestamp, body }: { readonly id: string; readonly timestamp: string; readonly body: string },
): string {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : secret;
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

function isStandard(secret: string, { headers, body }: Signed, now: Instant): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': given } = headers;
  if (!id || !timestamp || !given || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now - Number(timestamp) * 1000) > freshMs) return false;
  const wanted = standardSignatureOf(secret, { id, timestamp, body });
  // While a key is replaced by the next, both sign.
  return given.split(' ').some((one) => isSame(one, wanted));
}

function isSame(given: string, wanted: string): boolean {
  // Digests have one length whatever was given: neither the length nor the time tells anything of the secret.
  const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}

/** GitLab's `x-gitlab-event-uuid` is none: all that one webhook sets off bears it. */
const nameHeaders = ['x-github-delivery', 'webhook-id', 'idempotency-key', 'x-atlassian-webhook-identifier'];

/** The sender's own name of a delivery, by which one that comes again is known; null when it gives none. */
export function deliveryIdOf(headers: Signed['headers']): string | null {
  for (const name of nameHeaders) if (headers[name]) return headers[name].slice(0, 200);
  // Two producers of CloudEvents may count alike.
  const id = headers['ce-id'];
  return id ? `${headers['ce-source'] ?? ''} ${id}`.trim().slice(0, 200) : null;
}
