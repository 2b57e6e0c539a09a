import type { AlertEvent, AlertRule, AlertSignal, Incident } from './alert.ts';
import type { AlertPolicy } from './policy.ts';

/** One incident on its way through an evaluation. */
export interface Step {
  readonly incident: Incident;
  /** Null when there is no sign of the trouble now. */
  readonly signal: AlertSignal | null;
  readonly events: readonly AlertEvent[];
  /** What its end says about its rule; null while it goes on or says nothing. */
  readonly verdict: boolean | null;
}

/** Risk exposure in the small: chance times what is held up (metrics.md 4.3); a condition without a chance is even odds. */
export function exposureOf({ probability, impact }: AlertSignal): number {
  return (probability ?? 0.5) * (1 + impact);
}

/** One name for a rule and its subject, whatever the promise. */
export function placeOf(rule: AlertRule, subject: string): string {
  return `${rule}:${subject}`;
}

/** Where something is open: what is a part of it, and of the same cause, is told by it. */
export function openPlaces(steps: readonly Step[]): Set<string> {
  const open = steps.filter(({ incident }) => incident.state === 'open');
  return new Set(open.map(({ incident }) => placeOf(incident.rule, incident.subject)));
}

/** Whether another alert that is open tells of it already (metrics.md 4.5). */
export function isInhibited(
  { rule, subject, parents }: AlertSignal,
  open: ReadonlySet<string>,
  policy: AlertPolicy,
): boolean {
  const { inhibitedBy, isOfMilestone } = policy.rules[rule];
  // The outer one holds at least as much for the same day: what is worth a word of this one, it says itself.
  if (isOfMilestone && parents.length > 0) return true;
  return inhibitedBy.some((above) => [subject, ...parents].some((one) => open.has(placeOf(above, one))));
}
