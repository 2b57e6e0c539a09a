import { parseInstant } from '../../core/time/instant.ts';
import type { Instant } from '../../core/time/instant.ts';
import { UnusableEvent } from './event.ts';

export type Fields = { readonly [name: string]: unknown };

export interface About {
  readonly entity: 'deployment' | 'incident' | 'pull-request';
  readonly id: string | null;
}

export function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

/** The field itself, never what every object inherits. */
export function fieldOf(fields: Fields | null, name: string): unknown {
  return fields !== null && Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** A text or a number as text; null when it is empty or there is none. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text === '' ? null : text;
}

/** The moment that a field tells, null when it tells none. Throws UnusableEvent when it is no moment, or has no zone. */
export function instantOf(fields: Fields, name: string, about: About): Instant | null {
  const value = fieldOf(fields, name);
  if (value === undefined || value === null || value === '') return null;
  const at = typeof value === 'string' ? parseInstant(value) : null;
  if (at !== null) return at;
  const hasNoZone = typeof value === 'string' && parseInstant(`${value.trim()}Z`) !== null;
  throw new UnusableEvent(
    about,
    `${name}: expected a time with its zone, such as 2026-11-24T08:30:00Z or 2026-11-24T09:30:00+01:00, found ${describe(value)}${hasNoZone ? ', which does not say in which zone' : ''}`,
  );
}

const truths: Readonly<Record<string, boolean>> = { true: true, yes: true, 1: true, false: false, no: false, 0: false };

/** Null when the field is empty. Throws UnusableEvent when it is neither true nor false. */
export function truthOf(fields: Fields, name: string, about: About): boolean | null {
  const value = fieldOf(fields, name);
  if (typeof value === 'boolean') return value;
  if (value === undefined || value === null || value === '') return null;
  const text = textOf(value)?.toLowerCase() ?? '';
  if (Object.hasOwn(truths, text)) return truths[text]!;
  throw new UnusableEvent(about, `${name}: expected true or false, found ${describe(value)}`);
}

export function describe(value: unknown): string {
  return value === undefined ? 'nothing' : (JSON.stringify(value) ?? 'nothing').slice(0, 80);
}
