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

export function placeOf(rule: AlertRule, subject: string): string {
  return `${rule}:${subject}`;
}

/** Where something is open: what is a part of it, and of the same cause, is told by it. */
export function openPlaces(steps: readonly Step[]): Set<string> {
  const open = steps.filter(({ incident }) => incident.state === 'open');
  return new Set(open.map(({ incident }) => placeOf(incident.rule, incident.subject)));
}

export function isInhibited(
  { rule, subject, parents }: AlertSignal,
  open: ReadonlySet<string>,
  policy: AlertPolicy,
): boolean {
  return policy.rules[rule].inhibitedBy.some((above) => {
    const subjects = above === rule ? parents : [subject, ...parents];
    return subjects.some((one) => open.has(placeOf(above, one)));
  });
}
