import type {
  RichTextBlock,
  RichTextBlockElement,
  RichTextLink,
  RichTextList,
  RichTextSection,
  RichTextText,
} from '@slack/types';
import type { Block, Code, Inline, List, Quote, Table } from './document.ts';
import { slackLimits } from './slack-limits.ts';
import { tableLines } from './table-text.ts';
import { countCharacters, startOf } from './truncate.ts';

export type RichInline = RichTextText | RichTextLink;
type Style = NonNullable<RichTextText['style']>;
const blank: RichInline = { type: 'text', text: ' ' };

/**
 * Blocks as one `rich_text` block. Its texts are shown as they are: Slack looks for no mention, link or markup in
 * them, so that nothing in a title can call a channel.
 */
export function richTextBlock(blocks: readonly Block[]): RichTextBlock {
  return { type: 'rich_text', elements: blocks.flatMap((block) => richTextElements(block, 0)) };
}

function richTextElements(block: Block, indent: number): RichTextBlockElement[] {
  switch (block.type) {
    case 'heading':
      return sections([{ type: 'strong', children: block.children }]);
    case 'paragraph':
      return sections(block.children);
    case 'list':
      return listElements(block, indent);
    case 'quote':
      return chunked(richInlines(quoteLines(block))).map((elements) => ({ type: 'rich_text_quote', elements }));
    case 'code':
    case 'table':
      return [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: codeText(block) || ' ' }] }];
    case 'rule':
      return sections([{ type: 'text', text: '———' }]);
    case 'section':
    default:
      return block.children.flatMap((child) => richTextElements(child, indent));
  }
}

function codeText(block: Code | Table): string {
  return block.type === 'code' ? block.text : tableLines(block).join('\n');
}

function sections(inlines: readonly Inline[]): RichTextSection[] {
  return chunked(richInlines(inlines)).map((elements) => ({ type: 'rich_text_section', elements }));
}

/** Slack's lists hold lines only; deeper lists follow with a deeper indent, and other blocks stand between two lists. */
function listElements(list: List, indent: number): RichTextBlockElement[] {
  const found: RichTextBlockElement[] = [];
  const style = list.ordered ? 'ordered' : 'bullet';
  let open: RichTextSection[] = [];
  let number = list.start ?? 1;
  const closeList = () => {
    if (open.length === 0) return;
    const offset = list.ordered && number - open.length > 1 ? { offset: number - open.length - 1 } : {};
    const made: RichTextList & { offset?: number } = { type: 'rich_text_list', style, elements: open, ...offset };
    if (indent > 0) made.indent = Math.min(indent, slackLimits.listIndent);
    found.push(made);
    open = [];
  };
  for (const item of list.items) {
    const isLine = (block: Block) => block.type === 'paragraph' || block.type === 'heading';
    const firstOther = item.findIndex((block) => !isLine(block));
    const head = firstOther < 0 ? item : item.slice(0, firstOther);
    const tail = firstOther < 0 ? [] : item.slice(firstOther);
    const isOnlyDeeper = head.length === 0 && tail[0]?.type === 'list';
    if (!isOnlyDeeper) {
      open.push(...sections(joinLines(head)));
      number += 1;
    }
    if (tail.length === 0 && open.length < slackLimits.elements) continue;
    closeList();
    for (const block of tail) found.push(...richTextElements(block, indent + 1));
  }
  closeList();
  return found;
}

/** Lines of text one under the other. */
function joinLines(blocks: readonly Block[]): Inline[] {
  return blocks.flatMap((block, index) => [...(index > 0 ? [{ type: 'break' } as const] : []), ...asInlines(block)]);
}

function quoteLines(quote: Quote): Inline[] {
  return joinLines(quote.children);
}

/** Any block as one run of text, where Slack takes nothing else. */
function asInlines(block: Block): Inline[] {
  switch (block.type) {
    case 'heading':
      return [{ type: 'strong', children: block.children }];
    case 'paragraph':
      return [...block.children];
    case 'list':
      return block.items.flatMap((item, index) => [
        ...(index > 0 ? [{ type: 'break' } as const] : []),
        { type: 'text', text: block.ordered ? `${(block.start ?? 1) + index}. ` : '• ' } as const,
        ...joinLines(item),
      ]);
    case 'quote':
    case 'section':
      return joinLines(block.children);
    case 'code':
    case 'table':
      return codeText(block)
        .split('\n')
        .flatMap((text, index) => [
          ...(index > 0 ? [{ type: 'break' } as const] : []),
          { type: 'code', text } as const,
        ]);
    case 'rule':
    default:
      return [{ type: 'text', text: '———' }];
  }
}

/** Runs of styled text and links; never empty, and no run is empty, since Slack refuses both. */
export function richInlines(inlines: readonly Inline[]): RichInline[] {
  const runs: RichInline[] = [];
  collect(inlines, {}, null, runs);
  return runs.length === 0 ? [blank] : runs;
}

function collect(inlines: readonly Inline[], style: Style, url: string | null, runs: RichInline[]): void {
  for (const inline of inlines) {
    switch (inline.type) {
      case 'text':
        add(inline.text, style, url, runs);
        break;
      case 'code':
        add(inline.text, { ...style, code: true }, url, runs);
        break;
      case 'break':
        add('\n', style, url, runs);
        break;
      case 'strong':
        collect(inline.children, { ...style, bold: true }, url, runs);
        break;
      case 'emphasis':
        collect(inline.children, { ...style, italic: true }, url, runs);
        break;
      case 'strike':
        collect(inline.children, { ...style, strike: true }, url, runs);
        break;
      case 'link':
      default:
        collect(inline.children, style, isLinkable(inline.url) ? inline.url : url, runs);
        break;
    }
  }
}

/** Longer addresses are refused with the whole message: better the text alone. */
export function isLinkable(url: string): boolean {
  return /^https?:\/\/[^\s]+$/i.test(url) && countCharacters(url) <= slackLimits.urlCharacters;
}

function add(text: string, style: Style, url: string | null, runs: RichInline[]): void {
  if (text === '') return;
  const dress = Object.keys(style).length > 0 ? { style } : {};
  const last = runs.at(-1);
  if (url === null) {
    if (last?.type === 'text' && sameStyle(last.style ?? {}, style)) last.text += text;
    else runs.push({ type: 'text', text, ...dress });
    return;
  }
  for (let rest = text; rest !== '';) {
    const piece = startOf(rest, slackLimits.linkCharacters);
    runs.push({ type: 'link', url, text: piece, ...dress });
    rest = rest.slice(piece.length);
  }
}

function sameStyle(a: Style, b: Style): boolean {
  return a.bold === b.bold && a.italic === b.italic && a.strike === b.strike && a.code === b.code;
}

function chunked(runs: readonly RichInline[]): RichInline[][] {
  const chunks: RichInline[][] = [];
  for (let at = 0; at < runs.length; at += slackLimits.elements) chunks.push(runs.slice(at, at + slackLimits.elements));
  return chunks;
}
