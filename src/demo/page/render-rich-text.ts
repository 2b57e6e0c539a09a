import { emojiOf } from './emoji.ts';
import { html, joinHtml, nothing } from './html.ts';
import type { Html } from './html.ts';
import type { Reader } from './reader.ts';
import { formatTokens } from './reader.ts';
import { renderLink } from './render-mrkdwn.ts';
import { isObject } from '../slack/shape.ts';

type Fields = Readonly<Record<string, unknown>>;

export function objectsIn(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function stringIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The parts of a `rich_text` block; a table cell holds one as well. */
export function renderRichText(block: Fields, reader: Reader): Html {
  return joinHtml(objectsIn(block['elements']).map((part) => renderPart(part, reader)));
}

function renderPart(part: Fields, reader: Reader): Html {
  const inside = () => renderInlines(part['elements'], reader);
  switch (part['type']) {
    case 'rich_text_section':
      return html`<div class="rt-section">${inside()}</div>`;
    case 'rich_text_quote':
      return html`<blockquote>${inside()}</blockquote>`;
    case 'rich_text_preformatted':
      return html`<pre>${inside()}</pre>`;
    case 'rich_text_list':
      return renderList(part, reader);
    default:
      return nothing;
  }
}

const numberings = ['1', 'a', 'i'];

function renderList(part: Fields, reader: Reader): Html {
  const indent = Number(part['indent'] ?? 0);
  const items = objectsIn(part['elements']).map((item) => html`<li>${renderInlines(item['elements'], reader)}</li>`);
  const level = `rt-list indent-${Math.min(8, Math.max(0, indent))}`;
  if (part['style'] !== 'ordered')
    return html`<ul class="${level}">
      ${items}
    </ul>`;
  const start = Number(part['offset'] ?? 0) + 1;
  return html`<ol class="${level}" start="${start}" type="${numberings[indent % 3]!}">
    ${items}
  </ol>`;
}

function renderInlines(elements: unknown, reader: Reader): Html {
  return joinHtml(objectsIn(elements).map((element) => styled(element, renderInline(element, reader))));
}

function renderInline(element: Fields, reader: Reader): Html {
  const text = (name: string) => stringIn(element[name]);
  switch (element['type']) {
    case 'text':
      return withBreaks(text('text'));
    case 'link':
      return renderLink(text('url'), text('text') || text('url'));
    case 'user':
      return html`<span class="mention">@${reader.userName(text('user_id'))}</span>`;
    case 'channel':
      return html`<span class="mention">#${reader.channelName(text('channel_id'))}</span>`;
    case 'usergroup':
      return html`<span class="mention">@${text('usergroup_id')}</span>`;
    case 'broadcast':
      return html`<span class="mention broadcast">@${text('range')}</span>`;
    case 'emoji':
      return html`${emojiOf(text('name'), text('unicode'))}`;
    case 'date':
      return html`<time>${formatTokens(Number(element['timestamp']), text('format'), reader)}</time>`;
    case 'color':
      return html`<code>${text('value')}</code>`;
    default:
      return nothing;
  }
}

export function withBreaks(text: string): Html {
  return joinHtml(
    text.split('\n').map((line) => html`${line}`),
    '<br>',
  );
}

function styled(element: Fields, inner: Html): Html {
  const style = isObject(element['style']) ? element['style'] : {};
  let result = inner;
  if (style['code'] === true) result = html`<code>${result}</code>`;
  if (style['bold'] === true) result = html`<strong>${result}</strong>`;
  if (style['italic'] === true) result = html`<em>${result}</em>`;
  if (style['strike'] === true) result = html`<del>${result}</del>`;
  if (style['underline'] === true) result = html`<u>${result}</u>`;
  return result;
}
