import type { ItemKey } from '../model/ids.ts';

export type Severity = 'info' | 'low' | 'medium' | 'high';

/** A value that a template can print: never prose. Days are `YYYY-MM-DD`, instants milliseconds. */
export type FactValue = string | number | boolean | null | readonly string[];

/** A fact worth telling. Words for people stand in the templates, under the rule's name. */
export interface Finding {
  /** `AGED_WIP`, `BLOCKED`, `UNASSIGNED_IN_PROGRESS`, `PROMISE_GAP`, ... */
  readonly rule: string;
  readonly severity: Severity;
  /** Item key, milestone id or sprint id. */
  readonly subject: string;
  readonly facts: Readonly<Record<string, FactValue>>;
  readonly reasons: readonly string[];
  readonly evidence: readonly ItemKey[];
  /** The same for the same trouble, whatever the day: rule + subject + baseline. */
  readonly fingerprint: string;
}
