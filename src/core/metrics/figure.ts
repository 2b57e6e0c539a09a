import type { Instant } from '../time/instant.ts';

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
}
