import type { ContextBlock } from '@slack/types';
import type { Inline, Section } from './document.ts';
import { plainText } from './plain-text.ts';
import { slackLimits } from './slack-limits.ts';
import { isLinkable } from './slack-rich-text.ts';
import { countCharacters } from './truncate.ts';

/** What mrkdwn would take for markup. It knows no escape for these: text that has one is not written as mrkdwn. */
const markup = /[*_~`]|:[\w+-]+:|^\s*(?:>|•|\d+\.)/m;

/**
 * Small print. A note of lines becomes a context block: as mrkdwn (for links and code) when none of its words could be
 * read as markup, else as plain text when it has no links to lose. Null where neither will do: rich text then.
 */
export function contextBlock(note: Section): ContextBlock | null {
  const lines: (readonly Inline[])[] = [];
  for (const child of note.children) {
    if (child.type !== 'paragraph') return null;
    lines.push(child.children);
  }
  const plain = lines.map(plainText).join('\n');
  if (plain.trim() === '') return null;
  const rich = lines.map((line) => mrkdwn(line)).join('\n');
  if (!markup.test(plain) && isShort(rich)) {
    return { type: 'context', elements: [{ type: 'mrkdwn', text: rich, verbatim: true }] };
  }
  if (lines.some(hasLink) || !isShort(plain)) return null;
  return { type: 'context', elements: [{ type: 'plain_text', text: plain, emoji: false }] };
}

function isShort(text: string): boolean {
  return countCharacters(text) <= slackLimits.contextCharacters;
}

/** The three characters that Slack reads in mrkdwn and in `text` whatever stands around them. */
export function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Marks hold only on the outside of words, hence no marks around blanks; in small print bold needs no italics in it. */
function mrkdwn(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      switch (inline.type) {
        case 'text':
          return escapeSlack(inline.text);
        case 'code':
          return wrap('`', escapeSlack(inline.text));
        case 'break':
          return '\n';
        case 'strong':
          return wrap('*', mrkdwn(inline.children));
        case 'emphasis':
          return wrap('_', mrkdwn(inline.children));
        case 'strike':
          return wrap('~', mrkdwn(inline.children));
        case 'link':
        default: {
          const label = escapeSlack(plainText(inline.children).replaceAll('\n', ' '));
          if (!isLinkable(inline.url) || label.trim() === '' || /[|>]/.test(inline.url) || label.includes('|'))
            return label;
          return `<${escapeSlack(inline.url)}|${label}>`;
        }
      }
    })
    .join('');
}

function wrap(mark: string, text: string): string {
  const inner = text.trim();
  if (inner === '' || inner.includes('\n')) return text;
  const at = text.indexOf(inner);
  return text.slice(0, at) + mark + inner + mark + text.slice(at + inner.length);
}

function hasLink(inlines: readonly Inline[]): boolean {
  return inlines.some((inline) => inline.type === 'link' || ('children' in inline && hasLink(inline.children)));
}
