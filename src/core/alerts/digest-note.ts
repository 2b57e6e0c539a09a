import type { Instant } from '../time/instant.ts';
import type { AlertEvent, AlertRule } from './alert.ts';
import { exposureOf } from './step.ts';

/** What an evaluation of alerts leaves to the next digest (metrics.md 4.5). */
export type DigestNote =
  | {
      readonly kind: 'alert';
      readonly at: Instant;
      readonly key: string;
      readonly rule: AlertRule;
      readonly subject: string;
      /** More than a channel bears on a day, or too close to its date to act upon. */
      readonly reason: 'over-cap' | 'too-late';
      /** Chance times what it holds up: the heaviest come first. */
      readonly exposure: number;
    }
  /** The rule was too often wrong and opens from this chance on now. */
  | {
      readonly kind: 'threshold-raised';
      readonly at: Instant;
      readonly key: string;
      readonly rule: AlertRule;
      readonly on: number;
    };

/**
 * In the order of the events, at the time at which they are kept: a digest of that very hour may be made before, and has to
 * come out the same later. What waits for the morning, or is told by another alert, is no matter of a digest.
 */
export function digestNotes(events: readonly AlertEvent[], at: Instant): readonly DigestNote[] {
  return events.flatMap((event): DigestNote[] => {
    if (event.kind === 'threshold-raised') {
      const { rule, on } = event;
      return [{ kind: event.kind, at, key: rule, rule, on }];
    }
    if (event.kind !== 'suppressed' || event.signal === null) return [];
    const { key, reason, signal } = event;
    if (reason !== 'over-cap' && reason !== 'too-late') return [];
    const { rule, subject } = signal;
    return [{ kind: 'alert', at, key, rule, subject, reason, exposure: exposureOf(signal) }];
  });
}
