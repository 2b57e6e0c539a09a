import type { AlertCard } from './alert-card.ts';
import type { AlertRule } from '../alerts/alert.ts';

/** An open alert in the short answer about its project; who answered it is not said. */
export interface StatusAlert {
  readonly alert: AlertRule;
  /** What it is about: a milestone, a sprint, a service or the key of an item. */
  readonly name: string;
  readonly state: 'open' | 'acknowledged' | 'snoozed' | 'disputed' | 're-baselined';
}

/** The open ones among these, in the order in which they are given. */
export function statusAlerts(cards: readonly AlertCard[]): readonly StatusAlert[] {
  return cards.flatMap(({ alert, line, state }) =>
    state === 'resolved' ? [] : [{ alert, name: nameOf(line), state }],
  );
}

function nameOf({ subject, facts }: AlertCard['line']): string {
  const name = facts['milestone'] ?? facts['sprint'];
  return typeof name === 'string' ? name : subject;
}
