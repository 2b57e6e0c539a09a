import type { AlertSignal } from './alert.ts';
import type { Round } from './evaluation.ts';

/**
 * Whether a date is so close (`leastNoticeWorkingDays`) that nobody can act on a warning of it any more: the digest has it
 * (metrics.md 4.5, "late information"). False where the alert is not about a date.
 */
export function isTooLate({ rule, dueOn }: AlertSignal, { policy, calendar, today }: Round): boolean {
  if (!policy.rules[rule].isAboutDate || dueOn === null) return false;
  return calendar.distance(today, dueOn) < policy.leastNoticeWorkingDays;
}
