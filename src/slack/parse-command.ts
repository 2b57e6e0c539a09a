import { closest, distance } from 'fastest-levenshtein';

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
/** Options with a value, and what they are called by. */
const options = { asOf: /^(?:--)?as-of(?:=(.*))?$/i, by: /^--by(?:=(.*))?$/i, items: /^--items(?:=(.*))?$/i } as const;
const jsonWord = /^--json$/i;

/**
 * Reads the text of `/pmo`: `status apollo as-of 2026-10-01`, `forecast "Launch site" --by=2026-10-01`. A name may be
 * written with blanks, with or without quotes. Nothing at all asks for help.
 */
export function parseCommand(text: string): Ask | HelpAsk {
  const [first = 'help', ...rest] = splitWords(text);
  const name = commandNames.find((known) => known === first.toLowerCase());
  if (name === undefined) return { name: 'help', asked: cut(first), nearest: nearestName(first) };
  if (name === 'help') return { name, asked: null, nearest: null };
  return { name, ...readOptions(rest) };
}

function readOptions(given: readonly string[]): Omit<Ask, 'name'> {
  const words: string[] = [];
  const found: Record<keyof typeof options, string | null> = { asOf: null, by: null, items: null };
  let isJson = false;
  for (let at = 0; at < given.length; at += 1) {
    const word = given[at]!;
    const option = (Object.keys(options) as (keyof typeof options)[]).find((one) => options[one].test(word));
    if (option !== undefined) {
      // A date has no blank in it, so what follows it belongs to the name: `status as-of 2026-10-01 apollo`.
      const value = options[option].exec(word)?.[1];
      found[option] = cut(value ?? given[(at += 1)] ?? '');
    } else if (jsonWord.test(word)) isJson = true;
    else words.push(cut(word));
  }
  return { words, ...found, isJson };
}

/** Slack's own quotes are curly on some keyboards. */
function splitWords(text: string): string[] {
  const words = text.slice(0, 4000).match(/(?:--)?[\w-]*=?["“”«][^"“”»]*["“”»]|\S+/g) ?? [];
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
