import type { AlertEvent, AlertRule, AlertSignal, AlertState, SubjectState } from '../../../src/core/alerts/alert.ts';
import { noAlerts } from '../../../src/core/alerts/alert.ts';
import { evaluateAlerts } from '../../../src/core/alerts/evaluate-alerts.ts';
import type { Evaluation } from '../../../src/core/alerts/evaluation.ts';
import { alertPolicy } from '../../../src/core/alerts/policy.ts';
import type { AlertPolicy } from '../../../src/core/alerts/policy.ts';
import { createFinding } from '../../../src/core/findings/create-finding.ts';
import { defaultThresholds } from '../../../src/core/model/thresholds.ts';
import type { Thresholds } from '../../../src/core/model/thresholds.ts';
import { aCalendar, at } from '../../builders.ts';

export const calendar = aCalendar();

export function policyWith(alerts: Partial<Thresholds['alerts']> = {}): AlertPolicy {
  return alertPolicy({ alerts: { ...defaultThresholds.alerts, ...alerts } });
}

export function aSignal(parts: Partial<AlertSignal> & { readonly rule?: AlertRule } = {}): AlertSignal {
  const { rule = 'PROMISE_GAP', subject = '900' } = parts;
  return {
    key: `${rule}:${subject}`,
    rule,
    subject,
    severity: 'medium',
    probability: 0.7,
    facts: [],
    impact: 1,
    parents: [],
    dueOn: '2026-12-18',
    finding: createFinding({ rule, severity: 'medium', subject, facts: {}, evidence: ['APO-1'] }),
    ...parts,
  };
}

/** The chance of one trouble at an evaluation; null where there is no sign of it. */
export function anEvaluation(parts: Partial<Evaluation> = {}): Evaluation {
  return {
    at: at('2026-06-01T08:30:00Z'),
    calendar,
    signals: [],
    isUnknown: () => false,
    subjectState: (): SubjectState => ({ state: 'open', dueOn: '2026-12-18' }),
    isFresh: true,
    spentToday: 0,
    ...parts,
  };
}

/** 08:30 of the n-th working day from Monday 1 June 2026 on. */
export function morning(index: number): number {
  return at(`${calendar.add('2026-06-01', index)}T08:30:00Z`);
}

/** Feeds one evaluation a working day, and says what each had to tell. */
export function feed(
  mornings: readonly (readonly AlertSignal[] | Partial<Evaluation>)[],
  policy: AlertPolicy = policyWith(),
  from: AlertState = noAlerts,
): { readonly state: AlertState; readonly days: readonly (readonly AlertEvent[])[] } {
  let state = from;
  const days = mornings.map((given, index) => {
    const parts: Partial<Evaluation> = Array.isArray(given) ? { signals: given } : (given as Partial<Evaluation>);
    const result = evaluateAlerts(state, anEvaluation({ at: morning(index), ...parts }), policy);
    ({ state } = result);
    return result.events;
  });
  return { state, days };
}

/** `opened`, `escalated severity`, ... by day. */
export function told(days: readonly (readonly AlertEvent[])[]): readonly string[] {
  return days.map((events) =>
    events.map((event) => ('reason' in event ? `${event.kind} ${event.reason}` : event.kind)).join(', '),
  );
}
