import { emojiOf } from './emoji.ts';
import { html, joinHtml } from './html.ts';
import type { Html } from './html.ts';
import type { Reader } from './reader.ts';
import { formatTokens } from './reader.ts';

const inline =
  /`([^`\n]+)`|<([^<>\n]+)>|(?<![\w*])\*(?=\S)([^*\n]*\S)\*(?![\w*])|(?<![\w_])_(?=\S)([^_\n]*\S)_(?![\w_])|(?<![\w~])~(?=\S)([^~\n]*\S)~(?![\w~])|:([a-z0-9_+-]{1,50}):|(https?:\/\/[^\s<>]+)/g;

export interface MrkdwnOptions {
  /** Addresses that stand bare in the text stay text. */
  readonly isVerbatim?: boolean;
}

/** Slack's own markup: `*bold*`, `_italic_`, `<https://…|link>`, `<@U…>`, quotes and code. */
export function renderMrkdwn(text: string, reader: Reader, { isVerbatim = false }: MrkdwnOptions = {}): Html {
  const by = { ...reader, isVerbatim };
  const parts = text.split(/```([\s\S]*?)```/);
  return joinHtml(
    parts.map((part, index) => (index % 2 === 1 ? html`<pre>${decode(part.trim())}</pre>` : renderLines(part, by))),
  );
}

type By = Reader & Required<MrkdwnOptions>;

function renderLines(text: string, reader: By): Html {
  const blocks: Html[] = [];
  let quote: Html[] = [];
  let plain: Html[] = [];
  const flush = () => {
    if (quote.length > 0) blocks.push(html`<blockquote>${joinHtml(quote, '<br>')}</blockquote>`);
    if (plain.length > 0) blocks.push(joinHtml(plain, '<br>'));
    [quote, plain] = [[], []];
  };
  for (const line of text.split('\n')) {
    const quoted = /^(?:>|&gt;)\s?(.*)$/.exec(line)?.[1];
    if ((quoted === undefined) !== (quote.length === 0)) flush();
    if (quoted === undefined) plain.push(renderInline(line, reader));
    else quote.push(renderInline(quoted, reader));
  }
  flush();
  return joinHtml(blocks);
}

function renderInline(text: string, reader: By): Html {
  const parts: Html[] = [];
  let end = 0;
  for (const match of text.matchAll(inline)) {
    if (match.index > end) parts.push(html`${decode(text.slice(end, match.index))}`);
    parts.push(renderMatch(match, reader));
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push(html`${decode(text.slice(end))}`);
  return joinHtml(parts);
}

function renderMatch(match: RegExpExecArray, reader: By): Html {
  const [, code, token, bold, italic, strike, emoji, url] = match;
  if (code !== undefined) return html`<code>${decode(code)}</code>`;
  if (token !== undefined) return renderToken(token, reader);
  if (bold !== undefined) return html`<strong>${renderInline(bold, reader)}</strong>`;
  if (italic !== undefined) return html`<em>${renderInline(italic, reader)}</em>`;
  if (strike !== undefined) return html`<del>${renderInline(strike, reader)}</del>`;
  if (emoji !== undefined) return html`${emojiOf(emoji)}`;
  return reader.isVerbatim ? html`${decode(url!)}` : renderLink(decode(url!), decode(url!));
}

/** What stands between `<` and `>`: a link, a mention or a date. */
function renderToken(token: string, reader: Reader): Html {
  const [target = '', label] = token.split(/\|(.*)/s);
  if (target.startsWith('@')) return mention(`@${reader.userName(target.slice(1))}`);
  if (target.startsWith('#')) return mention(`#${label || reader.channelName(target.slice(1))}`);
  const date = /^!date\^(\d+)\^([^^]*)/.exec(target);
  if (date) return html`<time>${formatTokens(Number(date[1]), date[2]!, reader)}</time>`;
  if (/^!(here|channel|everyone)$/.test(target))
    return html`<span class="mention broadcast">@${target.slice(1)}</span>`;
  if (target.startsWith('!')) return mention(decode(label ?? `@${target.slice(1)}`));
  if (/^(https?|mailto):/.test(target)) return renderLink(decode(target), decode(label ?? target));
  return html`${decode(`<${token}>`)}`;
}

function mention(name: string): Html {
  return html`<span class="mention">${name}</span>`;
}

/** Only addresses that cannot run a script become links. */
export function renderLink(url: string, label: string | Html): Html {
  if (!/^(https?:\/\/|mailto:)/i.test(url)) return html`${label}`;
  return html`<a href="${url}" target="_blank" rel="noopener noreferrer">${label}</a>`;
}

function decode(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
