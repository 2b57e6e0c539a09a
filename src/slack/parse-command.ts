import { closest, distance } from 'fastest-levenshtein';
import { isMonth } from '../core/time/read-date.ts';

/** Everything that may follow the slash command, in the order of the help. */
export const commandNames = [
  'status',
  'milestones',
  'forecast',
  'sprint',
  'risks',
  'capacity',
  'dora',
  'budget',
  'explain',
  'portfolio',
  'digest',
  'why',
  'snooze',
  'decisions',
  'minutes',
  'subscribe',
  'unsubscribe',
  'help',
] as const;
export type CommandName = (typeof commandNames)[number];

/** What a person asked for after the slash command, as they wrote it. */
export interface Ask {
  readonly name: Exclude<CommandName, 'help'>;
  /** What stands after the name, in words, without the options. */
  readonly words: readonly string[];
  readonly asOf: string | null;
  readonly by: string | null;
  readonly items: string | null;
  readonly isJson: boolean;
}

/** `asked`: the word that is no command of ours, with the one it may have meant. */
export interface HelpAsk {
  readonly name: 'help';
  readonly asked: string | null;
  readonly nearest: string | null;
}

/** A word that is quoted back is cut here: nobody means a command of this length. */
const longestWord = 80;
/** Options with a value, and what they are called by. Phones and Macs write two hyphens as a dash. */
const options = {
  asOf: /^(?:--|[—–])?as-of(?:=(.*))?$/i,
  by: /^(?:--|[—–])by(?:=(.*))?$/i,
  items: /^(?:--|[—–])items(?:=(.*))?$/i,
} as const;
const jsonWord = /^(?:--|[—–])json$/i;
const dayOfMonth = /^\d{1,2}(?:er|st|nd|rd|th)?[.,]?$/i;

/**
 * Reads the text of `/pmo`: `status apollo as-of 2026-10-01`, `forecast "Launch site" --by=2026-10-01`. A name, and a
 * date, may be written with blanks, with or without quotes. Nothing at all asks for help, options alone for the status.
 */
export function parseCommand(text: string): Ask | HelpAsk {
  const given = splitWords(text);
  const { words, ...asked } = readOptions(given);
  const [first = given.length === 0 ? 'help' : 'status', ...rest] = words;
  const name = commandNames.find((known) => known === first.toLowerCase());
  if (name === undefined) return { name: 'help', asked: first, nearest: nearestName(first) };
  if (name === 'help') return { name, asked: null, nearest: null };
  return { name, words: rest, ...asked };
}

function readOptions(given: readonly string[]): Omit<Ask, 'name'> {
  const words: string[] = [];
  const found: Record<keyof typeof options, string | null> = { asOf: null, by: null, items: null };
  let isJson = false;
  for (let at = 0; at < given.length; at += 1) {
    const word = given[at]!;
    const option = (Object.keys(options) as (keyof typeof options)[]).find((one) => options[one].test(word));
    if (option !== undefined) {
      const value = options[option].exec(word)?.[1];
      const count = value === undefined ? valueLength(given.slice(at + 1)) : 0;
      found[option] = cut(value ?? given.slice(at + 1, at + 1 + count).join(' '));
      at += count;
    } else if (jsonWord.test(word)) isJson = true;
    else words.push(cut(word));
  }
  return { words, ...found, isJson };
}

/** How many words the value has: one, or those of a date: `12 Dec 2026`. What follows it belongs to the name. */
function valueLength([first = '', second = '', third = '']: readonly string[]): number {
  const isDate = (dayOfMonth.test(first) && isMonth(second)) || (isMonth(first) && dayOfMonth.test(second));
  if (!isDate) return first === '' ? 0 : 1;
  return /^\d{4}$/.test(third) ? 3 : 2;
}

/** Slack sends these three as entities, whatever a person types. */
function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** Slack's own quotes are curly on some keyboards. */
function splitWords(text: string): string[] {
  const words = unescaped(text.slice(0, 4000)).match(/(?:--|[—–])?[\w-]*=?["“”«][^"“”»]*["“”»]|\S+/g) ?? [];
  return words.map((word) => word.replace(/["“”«]\s*|\s*["“”»]/g, '')).filter(Boolean);
}

function cut(word: string): string {
  const characters = Array.from(word);
  return characters.length <= longestWord ? word : `${characters.slice(0, longestWord - 1).join('')}…`;
}

function nearestName(word: string): string | null {
  const wanted = word.toLowerCase().slice(0, longestWord);
  const near = closest(wanted, commandNames);
  return distance(wanted, near) <= 3 && distance(wanted, near) < near.length ? near : null;
}
