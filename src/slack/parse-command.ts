import { closest, distance } from 'fastest-levenshtein';

/** What a person asked for after the slash command. */
export type Ask =
  /** `asked`: the word that is no command of ours, with the one it may have meant. */
  | { readonly kind: 'help'; readonly asked: string | null; readonly nearest: string | null }
  | { readonly kind: 'status'; readonly project: string | null; readonly asOf: string | null };

const names = ['help', 'status'] as const;
/** A word that is quoted back is cut here: nobody means a command of this length. */
const longestWord = 80;
const asOfWord = /^(--)?as-of(=.*)?$/i;

/**
 * Reads the text of `/pmo`: `status apollo as-of 2026-10-01`, `status "Launch site" --as-of=2026-10-01`.
 * A project may be named with blanks, with or without quotes. Nothing at all asks for help.
 */
export function parseCommand(text: string): Ask {
  const [name = 'help', ...rest] = splitWords(text);
  switch (name.toLowerCase()) {
    case 'status':
      return { kind: 'status', ...readStatus(rest) };
    case 'help':
      return { kind: 'help', asked: null, nearest: null };
    default:
      return { kind: 'help', asked: cut(name), nearest: nearestName(name) };
  }
}

function readStatus(words: readonly string[]): { project: string | null; asOf: string | null } {
  const at = words.findIndex((word) => asOfWord.test(word));
  if (at < 0) return { project: joined(words), asOf: null };
  const [, value] = words[at]!.split(/=(.*)/s);
  // A date has no blank in it, so what follows it belongs to the name: `status as-of 2026-10-01 apollo`.
  const after = words.slice(at + 1);
  const date = value ?? after.shift() ?? '';
  return { project: joined([...words.slice(0, at), ...after]), asOf: cut(date) };
}

function joined(words: readonly string[]): string | null {
  return words.length === 0 ? null : cut(words.join(' '));
}

/** Slack's own quotes are curly on some keyboards. */
function splitWords(text: string): string[] {
  const words = text.slice(0, 4000).match(/["“”«][^"“”»]*["“”»]|\S+/g) ?? [];
  return words.map((word) => word.replace(/^["“”«]\s*|\s*["“”»]$/g, '')).filter(Boolean);
}

function cut(word: string): string {
  const characters = Array.from(word);
  return characters.length <= longestWord ? word : `${characters.slice(0, longestWord - 1).join('')}…`;
}

function nearestName(word: string): string | null {
  const wanted = word.toLowerCase().slice(0, longestWord);
  const near = closest(wanted, names);
  return distance(wanted, near) <= 3 && distance(wanted, near) < near.length ? near : null;
}
