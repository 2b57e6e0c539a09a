import type { IncomingMessage } from 'node:http';
import type { Faults } from './faults.ts';
import { isObject } from './shape.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { Workspace } from './workspace.ts';

/** One call of a Web API method. */
export interface Call {
  readonly args: Readonly<Record<string, unknown>>;
  readonly workspace: Workspace;
  readonly faults: Faults;
  readonly triggers: ResponseUrls;
  readonly now: number;
  /** When what it posts lands: now, or later by a fault. */
  readonly landsAt: number;
  /** http://127.0.0.1:1234 */
  readonly origin: string;
}

export type Method = (call: Call) => Record<string, unknown>;

/** `ok: false` with Slack's word for it. */
export class Refusal extends Error {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
  constructor(code: string, details: Readonly<Record<string, unknown>> = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }
}

export async function readBody(request: IncomingMessage, limit = 1_048_576): Promise<string> {
  return (await readBytes(request, limit)).toString('utf8');
}

export async function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new Refusal('request_too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Arguments come as a form, where objects are JSON in a field, or as JSON. */
export function readArguments(body: string, contentType: string): Record<string, unknown> {
  if (contentType.startsWith('application/json')) {
    const value = parseJson(body || '{}');
    if (!isObject(value)) throw new Refusal('json_not_object');
    return value;
  }
  return Object.fromEntries(new URLSearchParams(body));
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Refusal('invalid_json');
  }
}

export function textArgument({ args }: Call, name: string): string | null {
  const value = args[name];
  if (value === undefined || value === null || value === '') return null;
  if (typeof value !== 'string' && typeof value !== 'number') throw new Refusal('invalid_arguments');
  return String(value);
}

export function required(call: Call, name: string): string {
  const value = textArgument(call, name);
  if (value === null) {
    const messages = [`[ERROR] missing required field: ${name}`];
    throw new Refusal('invalid_arguments', { response_metadata: { messages } });
  }
  return value;
}

export function isTrue({ args }: Call, name: string): boolean {
  return args[name] === true || args[name] === 'true' || args[name] === '1' || args[name] === 1;
}

/** An argument that is JSON inside a form; undefined when there is none. */
export function jsonArgument({ args }: Call, name: string, code: string): unknown {
  const value = args[name];
  if (typeof value !== 'string') return value ?? undefined;
  if (value === '') return undefined;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    throw new Refusal(code);
  }
}

export function numberArgument(call: Call, name: string, otherwise: number): number {
  const text = textArgument(call, name);
  if (text === null) return otherwise;
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new Refusal('invalid_arguments');
  return value;
}
