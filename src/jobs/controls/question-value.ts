import { commandNames } from '../../slack/parse-command.ts';
import type { Ask } from '../../slack/parse-command.ts';

/** Slack's limits for the value of a button and for an action id. */
const longestValue = 2000;
const longestAction = 255;
const choicePrefix = 'answer-choose:';

/** A question as a button carries it. */
export function questionValue({ name, words, asOf, by, items, isJson }: Ask): string {
  const value = JSON.stringify([name, words, asOf, by, items, isJson]);
  return value.length <= longestValue ? value : JSON.stringify([name, [], null, null, null, false]);
}

/** The question of a button; null when it is none. It came over the network, so nothing of it is believed. */
export function readQuestion(value: string): Ask | null {
  let parts: unknown;
  try {
    parts = JSON.parse(value);
  } catch {
    return null;
  }
  if (!Array.isArray(parts) || parts.length !== 6) return null;
  const [name, words, asOf, by, items, isJson] = parts as unknown[];
  const known = commandNames.find((one) => one === name);
  if (known === undefined || known === 'help') return null;
  if (!Array.isArray(words) || !words.every((word) => typeof word === 'string')) return null;
  const texts = [asOf, by, items].map((text) => (typeof text === 'string' ? text : null));
  return { name: known, words, asOf: texts[0]!, by: texts[1]!, items: texts[2]!, isJson: isJson === true };
}

/** A menu's action says what is asked; what is chosen says of which project. */
export function choiceAction(ask: Ask): string {
  const action = `${choicePrefix}${questionValue({ ...ask, words: [] })}`;
  const plain = { ...ask, words: [], asOf: null, by: null, items: null };
  return action.length <= longestAction ? action : `${choicePrefix}${questionValue(plain)}`;
}

export function readChoice(action: string, chosen: string): Ask | null {
  if (!action.startsWith(choicePrefix)) return null;
  const ask = readQuestion(action.slice(choicePrefix.length));
  return ask && { ...ask, words: [chosen] };
}
