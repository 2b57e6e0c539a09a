import { assess } from '../findings/assess.ts';
import type { Finding } from '../findings/finding.ts';
import type { DigestInput } from './digest-input.ts';
import type { ProjectDigest } from './project-report.ts';

/**
 * One line is enough: all of it green as before, nothing moved or released, nothing to decide, and no serious trouble
 * that is new, no alert that was left to it. A sprint that ended is no event: they end every other week.
 */
export function isQuiet(
  { health, moves, decisions, released, trust, leftAlerts }: Omit<ProjectDigest, 'isQuiet'>,
  untold: readonly Finding[],
  input: DigestInput,
): boolean {
  const { previous } = health;
  const isGreen = health.baseline === 'green' && health.current === 'green';
  const isSame = previous === null || (previous.baseline === 'green' && previous.current === 'green');
  const happened = moves.length + decisions.length + released.length + trust.failedSources.length;
  const left = leftAlerts.overCap + leftAlerts.tooLate + leftAlerts.raised.length;
  return isGreen && isSame && happened + left === 0 && !hasNewTrouble(untold, input);
}

/** Serious and not there at the last report: people live with what they know. Data that cannot be trusted is never old news. */
function hasNewTrouble(findings: readonly Finding[], { previous, thresholds }: DigestInput): boolean {
  const serious = findings.filter(({ severity }) => severity === 'high');
  if (serious.length === 0) return false;
  const before = previous ? assess({ ...previous, previous: null, thresholds }) : [];
  const known = new Set(before.filter(({ rule }) => rule !== 'LOW_TRUST').map(({ fingerprint }) => fingerprint));
  return serious.some(({ fingerprint }) => !known.has(fingerprint));
}
