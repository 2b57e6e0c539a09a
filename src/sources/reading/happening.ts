import type { Change, ChangeField } from '../../core/model/change.ts';
import type { Instant } from '../../core/time/instant.ts';

/** One thing that happened: when, by whom, and under which id it is known. */
export interface Happening {
  readonly id: string;
  readonly at: Instant;
  readonly by: string | null;
  readonly raw: unknown;
}

/** How to write a change of one field. */
export function changeOf(
  { id, at, by }: Omit<Happening, 'raw'>,
  field: ChangeField,
  [from, to]: readonly [string | null, string | null],
  texts: readonly [string | null, string | null] = [null, null],
): Change {
  return { id, part: 0, at, by, field, from, to, fromText: texts[0], toText: texts[1] };
}
