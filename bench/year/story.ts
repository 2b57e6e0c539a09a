import type { SlackMessage } from '../../src/demo/slack/workspace.ts';
import type { Year } from './replay-year.ts';

/** What a reader of each channel sees, as text: messages oldest first, with the lines of their threads under them. */
export function storyOf({ channels, messages, episodes }: Year, locale: string): string {
  return channels
    .map(({ id, name }) => {
      const here = messages.filter(({ channel }) => channel === id);
      const roots = here.filter(({ threadTs }) => threadTs === null);
      const told = episodes.filter(({ channel }) => channel === id).length;
      const lines = roots.flatMap((root) => [
        `${when(root, locale)}  ${indented(wordsOf(root))}`,
        ...(isDigest(root)
          ? []
          : here
              .filter(({ threadTs }) => threadTs === root.ts)
              .map((reply) => `    ↳ ${when(reply, locale)}  ${indented(wordsOf(reply), 8)}`)),
        '',
      ]);
      return `━━━ #${name}: ${roots.length} messages, ${told} alerts ━━━\n\n${lines.join('\n')}`;
    })
    .join('\n');
}

/** Alerts have buttons; a digest has none. */
export function isDigest({ blocks }: SlackMessage): boolean {
  return !blocks.some((block) => (block as { type: string }).type === 'actions');
}

function when({ ts }: SlackMessage, locale: string): string {
  const format = new Intl.DateTimeFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'Europe/Paris',
  });
  return format.format(Number(ts) * 1000);
}

function indented(text: string, by = 4): string {
  return text.trimEnd().replaceAll('\n', `\n${' '.repeat(by)}`);
}

/** The words of blocks, a paragraph a line; buttons in brackets. */
function wordsOf(message: Pick<SlackMessage, 'blocks'>): string {
  return message.blocks.map((block) => wordsIn(block)).join('\n');
}

function wordsIn(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsIn).join('');
  if (typeof value !== 'object' || value === null) return '';
  const { type, text, elements, rows } = value as Record<string, unknown>;
  if (type === 'button') return `[${wordsIn(text)}] `;
  if (typeof text === 'string') return text;
  if (type === 'rich_text_list') return (elements as unknown[]).map((one) => `\n• ${wordsIn(one)}`).join('');
  if (rows !== undefined) return (rows as unknown[][]).map((row) => row.map(wordsIn).join(' | ')).join('\n');
  return `${wordsIn(text)}${wordsIn(elements)}`;
}
