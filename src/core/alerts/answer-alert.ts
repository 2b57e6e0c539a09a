import type { Instant } from '../time/instant.ts';
import type { AlertState, Incident } from './alert.ts';

/** What a person says to an alert, by a button. `known` stops repeats only; `wrong` also counts against the rule. */
export type AlertAnswer =
  | { readonly kind: 'acknowledge'; readonly at: Instant }
  | { readonly kind: 'snooze'; readonly until: Instant }
  | { readonly kind: 'known' }
  | { readonly kind: 'wrong' };

/**
 * Takes an answer into the state. Idempotent: the same button pressed twice changes nothing more; an answer to what is no
 * longer open changes nothing at all.
 */
export function answerAlert(state: AlertState, key: string, answer: AlertAnswer): AlertState {
  const incident = state.incidents[key];
  if (incident?.state !== 'open') return state;
  return { ...state, incidents: { ...state.incidents, [key]: answered(incident, answer) } };
}

function answered(incident: Incident, answer: AlertAnswer): Incident {
  switch (answer.kind) {
    case 'acknowledge':
      return { ...incident, acknowledgedAt: incident.acknowledgedAt ?? answer.at };
    case 'snooze':
      return { ...incident, snoozedUntil: answer.until };
    case 'known':
      return { ...incident, isKnown: true };
    case 'wrong':
      return { ...incident, isWrong: true };
  }
}
