import type { ItemKey } from '../model/ids.ts';
import type { Finding, FactValue, Severity } from './finding.ts';

export interface FindingParts {
  readonly rule: string;
  readonly severity: Severity;
  readonly subject: string;
  /** What makes it another trouble though rule and subject are the same, such as a milestone's first promise. */
  readonly baseline?: string | null;
  readonly facts: Readonly<Record<string, FactValue>>;
  /** Codes of what speaks for it; none when left out. */
  readonly reasons?: readonly string[];
  readonly evidence: readonly ItemKey[];
}

/** A finding with its fingerprint: rule, subject and baseline, never the day, so that tomorrow's is the same trouble. */
export function createFinding({ baseline, ...parts }: FindingParts): Finding {
  const fingerprint = [parts.rule, parts.subject, ...(baseline ? [baseline] : [])].join(':');
  return { ...parts, reasons: parts.reasons ?? [], fingerprint };
}
