import type { Block, Document, Inline, List } from './document.ts';
import { displayWidth } from './display-width.ts';
import { plainText } from './plain-text.ts';
import { tableLines } from './table-text.ts';
import type { Run } from './wrap-text.ts';
import { wrapRuns } from './wrap-text.ts';

export interface TextOptions {
  /** Columns of the terminal. */
  readonly width?: number;
  /** Bold, italic and faint by escape sequences: for a terminal only. */
  readonly ansi?: boolean;
}

interface Style {
  readonly width: number;
  readonly ansi: boolean;
}

/** A document for a terminal, a log or a mail without HTML. Ends with a line feed. */
export function toText(document: Document, options: TextOptions = {}): string {
  const style: Style = { width: Math.max(20, options.width ?? 100), ansi: options.ansi ?? false };
  return `${spaced(document.children, style).join('\n')}\n`;
}

/** An empty line between blocks. */
function spaced(blocks: readonly Block[], style: Style): string[] {
  return blocks
    .map((block) => blockLines(block, style))
    .filter((lines) => lines.length > 0)
    .flatMap((lines, index) => (index > 0 ? ['', ...lines] : lines));
}

function blockLines(block: Block, style: Style): string[] {
  switch (block.type) {
    case 'heading': {
      const lines = wrap([{ type: 'strong', children: block.children }], style);
      if (block.level > 2 || lines.length === 0) return lines;
      const width = Math.min(style.width, Math.max(...plainLines(block.children, style).map(displayWidth)));
      return [...lines, (block.level === 1 ? '═' : '─').repeat(width)];
    }
    case 'paragraph':
      return block.children.length === 0 ? [] : wrap(block.children, style);
    case 'list':
      return listLines(block, style);
    case 'table':
      return tableLines(block).map(safe);
    case 'quote':
      return spaced(block.children, narrower(style, 2)).map((line) => `│ ${line}`);
    case 'code':
      return block.text.split('\n').map((line) => `    ${safe(line)}`);
    case 'rule':
      return ['─'.repeat(style.width)];
    case 'section':
    default: {
      const lines = spaced(block.children, style);
      if (block.name === 'note') return style.ansi ? lines.map((line) => `\u001B[2m${line}\u001B[22m`) : lines;
      return lines.length === 0 ? [] : ['─'.repeat(style.width), '', ...lines];
    }
  }
}

function listLines(list: List, style: Style): string[] {
  return list.items.flatMap((item, index) => {
    const bullet = list.ordered ? `${(list.start ?? 1) + index}. ` : '• ';
    const indent = ' '.repeat(bullet.length);
    const lines = item.flatMap((block) => blockLines(block, narrower(style, bullet.length)));
    if (lines.length === 0) return [bullet.trimEnd()];
    return lines.map((line, place) => (place === 0 ? bullet : indent) + line);
  });
}

function narrower(style: Style, columns: number): Style {
  return { ...style, width: Math.max(20, style.width - columns) };
}

function wrap(inlines: readonly Inline[], style: Style): string[] {
  return wrapRuns(runsOf(inlines, style, '', ''), style.width);
}

function plainLines(inlines: readonly Inline[], style: Style): string[] {
  return wrap(inlines, { ...style, ansi: false });
}

function runsOf(inlines: readonly Inline[], style: Style, on: string, off: string): Run[] {
  const dressed = (children: readonly Inline[], start: string, end: string) =>
    style.ansi ? runsOf(children, style, on + start, end + off) : runsOf(children, style, on, off);
  return inlines.flatMap((inline): Run[] => {
    switch (inline.type) {
      case 'text':
        return [{ text: safe(inline.text), on, off }];
      case 'code':
        if (style.ansi) return [{ text: safe(inline.text), on: `${on}\u001B[36m`, off: `\u001B[39m${off}` }];
        return [{ text: `\`${safe(inline.text)}\``, on, off }];
      case 'break':
        return [{ text: '\n', on, off }];
      case 'strong':
        return dressed(inline.children, '\u001B[1m', '\u001B[22m');
      case 'emphasis':
        return dressed(inline.children, '\u001B[3m', '\u001B[23m');
      case 'strike':
        return dressed(inline.children, '\u001B[9m', '\u001B[29m');
      case 'link':
      default:
        return [
          ...runsOf(inline.children, style, on, off),
          ...address(inline.url, plainText(inline.children), on, off),
        ];
    }
  });
}

/** `APO-214` says where it leads, its address ends with it; other links say it behind. */
function address(url: string, label: string, on: string, off: string): Run[] {
  const isSaid = label !== '' && url.replace(/\/$/, '').endsWith(label);
  return isSaid ? [] : [{ text: ` <${safe(url)}>`, on, off }];
}

/** A terminal obeys control characters: none may come through. */
function safe(text: string): string {
  return text.replace(/[^\P{Cc}\n]/gu, '\uFFFD');
}
