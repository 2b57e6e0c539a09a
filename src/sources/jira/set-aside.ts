import type { SourceRecord } from '../../core/model/record.ts';
import { describe } from './values.ts';

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
