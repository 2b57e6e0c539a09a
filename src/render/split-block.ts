import type { Block, Inline, List } from './document.ts';
import { slackLimits } from './slack-limits.ts';
import { tableAsCode } from './slack-table.ts';
import { countCharacters, startOf } from './truncate.ts';

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/** What a block costs in a message. */
export type Measure = (block: Block) => number;

/**
 * The same in pieces that cost at most `limit` each: lists between items, code between lines, text between sentences,
 * else between words, else between letters. Nothing is lost, nothing is said twice.
 */
export function splitBlock(block: Block, limit: number, measure: Measure): Block[] {
  if (measure(block) <= limit) return [block];
  const within = (children: readonly Block[]) =>
    children.map(asText).flatMap((child) => splitBlock(child, limit, measure));
  // A line costs its text and three containers at most: the block, a list or quote, and the line.
  const characters = limit - 3 * slackLimits.containerCost;
  switch (block.type) {
    case 'heading':
    case 'paragraph':
      return splitInlines(block.children, characters).map((children) => ({ ...block, children }));
    case 'list':
      return splitList(block, limit, measure);
    case 'quote':
      return within(block.children).map((child) => ({ type: 'quote', children: [child] }));
    case 'section':
      return within(block.children);
    case 'table':
      return splitBlock(tableAsCode(block), limit, measure);
    case 'code':
      return splitLines(block.text, characters).map((text) => ({ type: 'code', text }));
    case 'rule':
    default:
      return [block];
  }
}

/** A table inside another block is text there, and must not become a table of its own when that is torn. */
function asText(block: Block): Block {
  return block.type === 'table' ? tableAsCode(block) : block;
}

function splitList(list: List, limit: number, measure: Measure): Block[] {
  const pieces: Block[] = [];
  let open: (readonly Block[])[] = [];
  let cost = 0;
  let number = list.start ?? 1;
  const make = (items: readonly (readonly Block[])[], start: number): List => ({ ...list, start, items });
  const close = () => {
    if (open.length > 0) pieces.push(make(open, number - open.length));
    open = [];
    cost = 0;
  };
  for (const item of list.items) {
    const own = measure(make([item], 1));
    if (cost + own > limit) close();
    if (own <= limit) {
      open.push(item);
      cost += own;
    } else {
      // The item's first line keeps its bullet; what follows stands under it as text.
      const [first, ...rest] = item
        .map(asText)
        .flatMap((block) => splitBlock(block, limit - slackLimits.containerCost, measure));
      if (first) pieces.push(make([[first]], number));
      pieces.push(...rest);
    }
    number += 1;
  }
  close();
  return pieces;
}

function splitLines(text: string, characters: number): string[] {
  const pieces: string[] = [];
  let open = '';
  for (const line of text.split('\n')) {
    for (let rest = line, isFirst = true; isFirst || rest !== ''; isFirst = false) {
      const piece = countCharacters(rest) <= characters ? rest : bestStart(rest, characters);
      const joined = open === '' ? piece : `${open}\n${piece}`;
      if (countCharacters(joined) <= characters) open = joined;
      else {
        pieces.push(open);
        open = piece;
      }
      rest = rest.slice(piece.length);
    }
  }
  return [...pieces, open].filter((piece) => piece !== '');
}

/** A line in pieces of at most `characters` each, styles and links on both sides of a cut. */
export function splitInlines(inlines: readonly Inline[], characters: number): Inline[][] {
  const pieces: Inline[][] = [];
  let rest: readonly Inline[] = inlines;
  while (rest.length > 0) {
    const [taken, left] = take(rest, characters);
    pieces.push(taken);
    rest = left;
  }
  return pieces;
}

/** As much of the start as has at most `room` characters, and at least one: else the cutting would never end. */
function take(inlines: readonly Inline[], room: number): [Inline[], Inline[]] {
  const taken: Inline[] = [];
  let left = room;
  for (const [index, inline] of inlines.entries()) {
    const size = sizeOf(inline);
    if (size <= left) {
      taken.push(inline);
      left -= size;
      continue;
    }
    const after = inlines.slice(index + 1);
    const cut = left < room / 2 && taken.length > 0 ? null : cutInline(inline, left);
    return cut === null
      ? [taken, [inline, ...after]]
      : [
          [...taken, cut[0]],
          [cut[1], ...after],
        ];
  }
  return [taken, []];
}

function sizeOf(inline: Inline): number {
  if (inline.type === 'break') return 1;
  if ('text' in inline) return countCharacters(inline.text);
  return inline.children.reduce((sum, child) => sum + sizeOf(child), 0);
}

/** Both sides of a cut in an inline that is longer than `room`. */
function cutInline(inline: Inline, room: number): [Inline, Inline] | null {
  if (inline.type === 'break') return null;
  if ('text' in inline) {
    const head = bestStart(inline.text, room);
    return [
      { ...inline, text: head },
      { ...inline, text: inline.text.slice(head.length) },
    ];
  }
  const [taken, left] = take(inline.children, room);
  if (taken.length === 0 || left.length === 0) return null;
  return [
    { ...inline, children: taken },
    { ...inline, children: left },
  ];
}

/** The longest start that ends with a sentence; with a word where the sentence is long; with a letter where that is. */
function bestStart(text: string, room: number): string {
  const most = startOf(text, Math.max(1, room));
  let end = 0;
  for (const { index, segment } of sentences.segment(text.slice(0, most.length + 1))) {
    if (index + segment.length <= most.length) end = index + segment.length;
  }
  if (end >= most.length / 2) return most.slice(0, end);
  const blank = most.search(/\s\S*$/);
  return blank >= most.length / 2 ? most.slice(0, blank + 1) : most;
}
