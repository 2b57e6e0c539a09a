import type { DigestNote } from '../alerts/digest-note.ts';
import type { Finding } from '../findings/finding.ts';
import type { AlertRule } from '../alerts/alert.ts';

/** Alerts that had no message of their own since the last digest. */
export interface LeftAlerts {
  readonly overCap: number;
  readonly tooLate: number;
  /** Rules that open later now, since they were too often wrong, with the chance; the newest of each. */
  readonly raised: readonly { readonly rule: AlertRule; readonly on: number }[];
}

/** How many alerts were left to this digest, each once; one that was left twice counts by its last reason. */
export function leftAlerts(notes: readonly DigestNote[]): LeftAlerts {
  const reasons = new Map<string, string>();
  const raised = new Map<AlertRule, number>();
  for (const note of notes) {
    if (note.kind === 'alert') reasons.set(note.key, note.reason);
    else raised.set(note.rule, note.on);
  }
  const count = (wanted: string) => [...reasons.values()].filter((reason) => reason === wanted).length;
  return {
    overCap: count('over-cap'),
    tooLate: count('too-late'),
    raised: [...raised].map(([rule, on]) => ({ rule, on })),
  };
}

/** Findings about what an alert was left for come first, the heaviest of them before the others (metrics.md 4.5). */
export function leftFirst(findings: readonly Finding[], notes: readonly DigestNote[]): readonly Finding[] {
  const exposures = new Map<string, number>();
  for (const note of notes) {
    if (note.kind === 'alert') exposures.set(note.subject, Math.max(note.exposure, exposures.get(note.subject) ?? 0));
  }
  if (exposures.size === 0) return findings;
  const exposureOf = ({ subject }: Finding) => exposures.get(subject) ?? 0;
  return findings.toSorted((a, b) => exposureOf(b) - exposureOf(a));
}
