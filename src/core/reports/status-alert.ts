import type { AlertCard } from './alert-card.ts';
import type { StatusAlert } from './report.ts';

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
