import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Fault } from './faults.ts';
import type { Reply } from './reply.ts';
import { refuse } from './reply.ts';

const loginPage =
  '<!DOCTYPE html><html><head><title>Log in - Jira</title></head><body>Log in to continue</body></html>';

export function sendReply(response: ServerResponse, reply: Reply): void {
  const body = Buffer.from(JSON.stringify(reply.body));
  response.writeHead(reply.status, {
    'Content-Type': 'application/json;charset=UTF-8',
    'Content-Length': body.length,
    ...reply.headers,
  });
  response.end(body);
}

/** The reply that stands in for the real one; null when the fault is in how the real one is sent. */
export function faultReply(fault: Fault, now: number): Reply | null {
  switch (fault.kind) {
    case 'rate-limit': {
      const headers: Record<string, string> = { 'X-RateLimit-Limit': '350000', 'X-RateLimit-Remaining': '0' };
      if (fault.retryAfter !== undefined) headers['Retry-After'] = fault.retryAfter;
      if (fault.reason !== undefined) headers['RateLimit-Reason'] = fault.reason;
      const seconds = Number(fault.retryAfter);
      // Seen in the field without its seconds.
      if (seconds > 0) headers['X-RateLimit-Reset'] = `${new Date(now + seconds * 1000).toISOString().slice(0, 16)}Z`;
      return { ...refuse(429, 'Rate limit exceeded.'), headers };
    }
    case 'unavailable':
      return {
        ...refuse(503, 'Service Unavailable'),
        ...(fault.retryAfter === undefined ? {} : { headers: { 'Retry-After': fault.retryAfter } }),
      };
    case 'server-error':
      return refuse(500, 'Internal server error');
    case 'unauthorized':
      return {
        ...refuse(401, 'Client must be authenticated to access this resource.'),
        headers: { 'X-Seraph-LoginReason': 'AUTHENTICATED_FAILED' },
      };
    case 'forbidden':
      return refuse(403, 'You do not have the permission to see the specified resource.');
    case 'redirect':
      return { status: 302, body: {}, headers: { Location: fault.location } };
    case 'token-refused':
      return refuse(400, 'The provided next page token is invalid or expired.');
    case 'cut-body':
    case 'cut-gzip':
    case 'stalled-body':
    case 'html':
    case 'reset':
      break;
  }
  return null;
}

/** Sends the real reply badly. */
export function sendBadly(response: ServerResponse, reply: Reply, fault: Fault): void {
  if (fault.kind === 'html') {
    response.writeHead(200, { 'Content-Type': 'text/html;charset=UTF-8' });
    response.end(loginPage);
    return;
  }
  if (fault.kind === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  const plain = Buffer.from(JSON.stringify(reply.body));
  const isZipped = fault.kind === 'cut-gzip';
  const body = isZipped ? gzipSync(plain) : plain;
  response.writeHead(reply.status, {
    'Content-Type': 'application/json;charset=UTF-8',
    ...(isZipped ? { 'Content-Encoding': 'gzip' } : { 'Content-Length': body.length }),
  });
  const half = body.subarray(0, Math.max(1, Math.floor(body.length / 2)));
  if (fault.kind === 'stalled-body') response.write(half);
  // A cut gzip ends in good order: only its content tells that something is missing.
  else if (isZipped) response.end(half);
  else response.write(half, () => response.socket?.destroy());
}
