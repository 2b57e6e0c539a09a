import type { HeaderBlock } from '@slack/types';
import type { Block, Document, Heading, Picture, Section } from './document.ts';
import type { Message, Part } from './message.ts';
import { packBlocks } from './pack-blocks.ts';
import { firstLine, plainText } from './plain-text.ts';
import type { SlackBlock } from './slack-limits.ts';
import { costOf, fallbackCharacters, slackLimits } from './slack-limits.ts';
import { contextBlock, escapeSlack } from './slack-note.ts';
import { richTextBlock } from './slack-rich-text.ts';
import { tableBlock } from './slack-table.ts';
import { countCharacters, truncate } from './truncate.ts';

/**
 * A document as a message that Slack takes: within all its limits, whatever the document holds. What one message
 * cannot hold goes on in replies, then come the pictures, then the replies that `:::thread` sections ask for. Throws on
 * a document that says nothing, since Slack refuses a message without text.
 */
export function toSlack(document: Document): Message {
  const isThread = (block: Block): block is Section => block.type === 'section' && block.name === 'thread';
  const main = document.children.filter((block) => !isThread(block));
  const threads = document.children.filter(isThread).map((thread) => thread.children);
  const partsOf = (blocks: readonly Block[]) => packBlocks(blocks, sizeOf).flatMap(toPart);
  const [first, ...replies] = [
    ...partsOf(main),
    ...(document.pictures ?? []).map(picturePart),
    ...threads.flatMap(partsOf),
  ];
  if (!first) throw new Error('expected a document that says something, found an empty one');
  return { ...first, replies };
}

/** A message of its own for a picture, with the words that stand for it. */
export function picturePart(picture: Picture): Part {
  const { title, alt } = picture;
  const words: Block = { type: 'paragraph', children: [{ type: 'text', text: alt }] };
  return { text: escapeSlack(truncate(title, fallbackCharacters)), blocks: [richTextBlock([words])], picture };
}

function sizeOf(block: Block): { cost: number; blocks: number } {
  const blocks = convert([block]);
  return { cost: costOf(blocks), blocks: blocks.length };
}

function toPart(blocks: readonly Block[]): Part[] {
  const converted = convert(blocks);
  if (converted.length === 0) return [];
  return [{ text: escapeSlack(truncate(firstLine(blocks), fallbackCharacters)) || '…', blocks: converted }];
}

/** Blocks of one part, in order. Lower headings share the rich text with what follows, as its first line. */
function convert(blocks: readonly Block[]): SlackBlock[] {
  const found: SlackBlock[] = [];
  let headings: Heading[] = [];
  const flush = (...more: Block[]) => {
    const together = [...headings, ...more].filter(saysSomething);
    headings = [];
    const block = richTextBlock(together);
    // Lists of empty lists say something to nobody, and Slack refuses a block without elements.
    if (block.elements.length > 0) found.push(block);
  };
  for (const block of blocks) {
    if (block.type === 'heading') {
      const header = headerBlock(block);
      if (header === null) headings.push(block);
      else {
        flush();
        found.push(header);
      }
      continue;
    }
    const alone = standalone(block);
    if (alone === null) flush(block);
    else {
      flush();
      found.push(alone);
    }
  }
  flush();
  return found;
}

function saysSomething(block: Block): boolean {
  switch (block.type) {
    case 'heading':
    case 'paragraph':
      return plainText(block.children) !== '';
    case 'list':
      return block.items.length > 0;
    case 'quote':
    case 'section':
      return block.children.some(saysSomething);
    case 'table':
      return [block.header, ...block.rows].some((row) => row.length > 0);
    case 'code':
      return block.text !== '';
    case 'rule':
    default:
      return true;
  }
}

/** Blocks that have a form of their own in Slack; null for those that are text. */
function standalone(block: Block): SlackBlock | null {
  if (block.type === 'rule') return { type: 'divider' };
  if (block.type === 'table' && saysSomething(block)) return tableBlock(block);
  return block.type === 'section' && block.name === 'note' ? contextBlock(block) : null;
}

/** A title, when it is short and plain: a header block holds no links, and cutting would lose words. */
function headerBlock(heading: Heading): HeaderBlock | null {
  const text = plainText(heading.children).replaceAll('\n', ' ').trim();
  const isPlain = heading.children.every((inline) => inline.type !== 'link');
  if (heading.level > 1 || !isPlain || text === '' || countCharacters(text) > slackLimits.headerCharacters) return null;
  return { type: 'header', text: { type: 'plain_text', text, emoji: false } };
}
