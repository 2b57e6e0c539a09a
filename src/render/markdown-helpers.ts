import { escapeDestination, escapeMarkdown } from './escape-markdown.ts';
import type { Helpers } from './helper.ts';
import { Markdown, expected, listOf, numberOf, recordOf, textOf } from './helper.ts';
import type { LocaleFormat } from './locale-format.ts';
import { truncate } from './truncate.ts';

/** Helpers that write Markdown. Only here do addresses become links. */
export function createMarkdownHelpers(format: LocaleFormat): Helpers {
  return {
    link: ([label, url]) => new Markdown(link(textOf(label), url)),
    item: ([item], { named }) => {
      const limit = named['summary'];
      return new Markdown(itemLink(item, limit === undefined ? null : numberOf(limit)));
    },
    itemLinks: ([items], { named }) => {
      const links = listOf(items).map((item) => itemLink(item, null));
      const places = links.map((_, index) => String(index));
      const parts = format.listParts(places, named['type'] === 'or' ? 'disjunction' : 'conjunction');
      return new Markdown(
        parts.map(({ type, value }) => (type === 'element' ? links[Number(value)]! : value)).join(''),
      );
    },
    line: (_, { named, body }) => {
      const pieces = body()
        .split('\n')
        .map((piece) => piece.trim())
        .filter((piece) => piece !== '');
      if (pieces.length === 0) return '';
      const lead = named['lead'];
      const by = named['by'] === undefined ? ' · ' : textOf(named['by']);
      return (lead === undefined ? '' : textOf(lead)) + pieces.join(by);
    },
    capital: (_, { body }) => capitalize(body()),
  };
}

/** Key as a link, then the summary in at most `limit` characters when one is given. Without an address: key only. */
function itemLink(item: unknown, limit: number | null): string {
  const { key, summary, url } = recordOf(item);
  const name = link(textOf(key), url);
  if (limit === null || summary === '' || summary === null) return name;
  return `${name} ${escapeMarkdown(truncate(textOf(summary), limit))}`;
}

function link(label: string, url: unknown): string {
  const text = escapeMarkdown(label);
  if (url === null) return text;
  const address = textOf(url);
  const parsed = URL.canParse(address) ? new URL(address) : null;
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) return expected('an http or https address', url);
  return label === '' ? '' : `[${text}](<${escapeDestination(parsed.href)}>)`;
}

/** The first letter as a capital, wherever marks of Markdown stand before it. */
function capitalize(text: string): string {
  return text.replace(/^([^\p{Letter}\p{Number}]*)(\p{Letter})/u, (_, before: string, letter: string) => {
    return before + letter.toUpperCase();
  });
}
