import type { Question } from '../../slack/answers.ts';

/** They do something, or ask about what is open now: neither a time nor data makes sense for them. */
const aboutNow: ReadonlySet<Question['name']> = new Set(['why', 'snooze', 'minutes', 'subscribe', 'unsubscribe']);

/** An option that a command does not take, as it is typed: to leave it out would answer another question. Null for none. */
export function misplacedOption({ name, words, asOf, isJson, by, items }: Question): string | null {
  const unknown = words.find((word) => /^(?:--|[—–])[a-z]/i.test(word));
  if (unknown !== undefined) return unknown;
  if (aboutNow.has(name) && asOf !== null) return 'as-of';
  if (aboutNow.has(name) && isJson) return '--json';
  if (name === 'forecast') return null;
  if (by !== null) return '--by';
  return items === null ? null : '--items';
}
