import { ownValue } from './values.ts';

/** A text that an object holds; null for none and for anything else. */
export function textOf(raw: unknown, field: string): string | null {
  const value = ownValue(raw, field);
  return typeof value === 'string' && value !== '' ? value : null;
}
