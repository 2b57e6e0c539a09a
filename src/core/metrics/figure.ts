import type { ItemKey } from '../model/ids.ts';
import type { Instant } from '../time/instant.ts';
import { wilson } from './statistics.ts';

/** A: complete, n >= 30. B: minor gaps or 12 <= n < 30. C: 10-30 % missing or 5 <= n < 12. D: worse; never drives a colour or an alert. */
export type Grade = 'A' | 'B' | 'C' | 'D';

/** A number with everything needed to believe it (metrics.md 0.2). `value` null is "unknown", never zero; `flags` say why. */
export interface Figure<T = number> {
  readonly value: T | null;
  readonly unit: string;
  readonly n: number;
  readonly window: { readonly from: Instant; readonly to: Instant } | null;
  readonly grade: Grade;
  readonly flags: readonly string[];
  /** Keys of the items (or ids of the facts) that the number was made from. */
  readonly evidence: readonly string[];
  /** Wilson's 95 % interval where the value is a share of `n` that were counted; left out itself for other values, and without any. */
  readonly interval?: readonly [number, number];
  /** What was left out, and how much of it (metrics.md 2.8); left out itself where nothing was. */
  readonly exclusions?: readonly { readonly reason: string; readonly n: number }[];
}

/** What one item brought to a figure: days, or nothing but itself. */
export interface Part {
  readonly key: ItemKey;
  readonly value: number | null;
  /** The stretch of time that the value measures; null where it measures none. */
  readonly from: Instant | null;
  readonly to: Instant | null;
  /** For figures by place: the column or status that it is of. */
  readonly place?: string;
}

/** A figure with the way down to its items. What only an explanation asks for is made when it is asked for. */
export interface Proof<T = number> {
  readonly figure: Figure<T>;
  parts(): readonly Part[];
  readonly excluded: readonly Excluded[];
}

export interface Excluded {
  readonly reason: string;
  readonly items: readonly { readonly key: ItemKey }[];
}

/** The interval of a share (metrics.md 0.2); nothing where nothing was counted. */
export function intervalOf(part: number, whole: number): Pick<Figure, 'interval'> {
  const interval = wilson(part, whole);
  return interval === null ? {} : { interval };
}

/** The exclusions of a figure, those without any item left out. */
export function exclusionsOf(excluded: readonly Excluded[]): Pick<Figure, 'exclusions'> {
  const counted = excluded.filter(({ items }) => items.length > 0);
  if (counted.length === 0) return {};
  return { exclusions: counted.map(({ reason, items }) => ({ reason, n: items.length })) };
}
