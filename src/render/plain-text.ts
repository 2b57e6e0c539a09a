import type { Block, Inline } from './document.ts';

/** The words of a line without their dress. */
export function plainText(inlines: readonly Inline[]): string {
  return inlines
    .map((inline) => {
      switch (inline.type) {
        case 'text':
        case 'code':
          return inline.text;
        case 'break':
          return '\n';
        case 'strong':
        case 'emphasis':
        case 'strike':
        case 'link':
        default:
          return plainText(inline.children);
      }
    })
    .join('');
}

/** The first line that says something: the verdict of a report. A title goes before it. Empty when nothing does. */
export function firstLine(blocks: readonly Block[]): string {
  const lines = linesOf(blocks);
  const [first, second] = lines;
  if (first === undefined) return '';
  return first.isTitle && second !== undefined ? `${first.text} — ${second.text}` : first.text;
}

function linesOf(blocks: readonly Block[]): { text: string; isTitle: boolean }[] {
  return blocks.flatMap((block) => {
    const isTitle = block.type === 'heading';
    return textLines(block)
      .map((text) => text.trim())
      .filter((text) => text !== '')
      .map((text) => ({ text, isTitle }));
  });
}

/** The words of a block, a line an entry. */
function textLines(block: Block): string[] {
  switch (block.type) {
    case 'heading':
    case 'paragraph':
      return plainText(block.children).split('\n');
    case 'list':
      return block.items.flatMap((item) => item.flatMap(textLines));
    case 'quote':
    case 'section':
      return block.children.flatMap(textLines);
    case 'table':
      return [block.header, ...block.rows].map((row) => row.map(plainText).join(' '));
    case 'code':
      return block.text.split('\n');
    case 'rule':
    default:
      return [];
  }
}
