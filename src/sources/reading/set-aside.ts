import type { SourceRecord } from '../../core/model/record.ts';
import type { Day } from '../../core/time/day.ts';
import { describe, ownValue, readDay } from './values.ts';

/** An element, or one value of it, that could not be used. `ref` names it so that a person finds it: `APO-12 duedate`. */
export type SetAside = Omit<Extract<SourceRecord, { kind: 'set-aside' }>, 'kind' | 'scope'>;

/** What came of one element: `value` is null when the whole of it is set aside. */
export interface Normalized<T> {
  readonly value: T;
  readonly setAside: readonly SetAside[];
}

export function unusable(entity: SetAside['entity'], ref: string, expected: string, found: unknown): SetAside {
  return { entity, ref, reason: `expected ${expected}, found ${describe(found)}` };
}

export function setAsideRecords(scope: string | null, setAside: readonly SetAside[]): SourceRecord[] {
  return setAside.map((one) => ({ kind: 'set-aside', scope, ...one }));
}

/** An element of which nothing can be used, by the name that people know it by. */
export function rejected(
  entity: SetAside['entity'],
  raw: unknown,
  expected: string,
  found: unknown = raw,
): Normalized<null> {
  const name = ownValue(raw, 'iid') ?? ownValue(raw, 'id') ?? ownValue(raw, 'title');
  const ref = typeof name === 'string' || typeof name === 'number' ? String(name) : '?';
  return { value: null, setAside: [unusable(entity, ref, expected, found)] };
}

/** A day of an element; what is there and is none is set aside. */
export function dayOf(
  raw: unknown,
  field: string,
  [entity, ref]: readonly [SetAside['entity'], string],
  setAside: SetAside[],
): Day | null {
  const value = ownValue(raw, field);
  const day = readDay(value);
  if (day === null && value !== null && value !== undefined && value !== '')
    setAside.push(unusable(entity, `${ref} ${field}`, 'a day that exists', value));
  return day;
}
