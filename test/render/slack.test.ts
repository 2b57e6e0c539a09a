import * as fc from '../property.ts';
import { describe, expect, it } from 'vitest';
import { validateMessage } from '../../src/demo/slack/validate-blocks.ts';
import type { Block, Document, Inline } from '../../src/render/document.ts';
import type { Message, Part } from '../../src/render/message.ts';
import { toSlack } from '../../src/render/slack.ts';
import { document } from './documents.ts';

const say = (text: string): Inline => ({ type: 'text', text });
const paragraph = (...children: Inline[]): Block => ({ type: 'paragraph', children });
const bullets = (items: readonly string[]): Block => ({
  type: 'list',
  ordered: false,
  items: items.map((item) => [paragraph(say(item))]),
});
const documentOf = (...children: Block[]): Document => ({ locale: 'en', children });
const partsOf = ({ replies, ...first }: Message): readonly Part[] => [first, ...replies];

function refusals(message: Message): unknown[] {
  return partsOf(message)
    .map((part) => validateMessage(part))
    .filter((verdict) => verdict.error !== null);
}

/** Every text in the blocks, in order, with what Slack reads in mrkdwn read. */
function shownText(value: unknown): string {
  if (Array.isArray(value)) return value.map(shownText).join('');
  if (typeof value !== 'object' || value === null) return '';
  const isMrkdwn = 'type' in value && value.type === 'mrkdwn';
  return Object.entries(value)
    .map(([key, entry]) => {
      if (key !== 'text' || typeof entry !== 'string') return shownText(entry);
      if (!isMrkdwn) return entry;
      const links = entry.replace(/<[^|>]*\|([^>]*)>/g, '$1');
      return links.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
    })
    .join('');
}

const dense = (text: string) => text.replace(/\s/g, '');

/** The document with its texts marked so that each is known from all others; `found` gets them. */
function marked<T extends Block | Inline>(node: T, found: string[]): T {
  const mark = (text: string) => {
    found.push(`⟦${found.length}⟧${text}⟦/${found.length}⟧`);
    return found.at(-1)!;
  };
  if (node.type === 'text' || node.type === 'code') return { ...node, text: mark(node.text) };
  if (node.type === 'list')
    return { ...node, items: node.items.map((item) => item.map((child) => marked(child, found))) };
  if (node.type === 'table') {
    const row = (cells: readonly (readonly Inline[])[]) =>
      cells.map((cell) => cell.map((child) => marked(child, found)));
    return { ...node, header: row(node.header), rows: node.rows.map(row) };
  }
  if (!('children' in node)) return node;
  return { ...node, children: (node.children as (Block | Inline)[]).map((child) => marked(child, found)) };
}

describe('toSlack', () => {
  it('makes messages that Slack takes, whatever the document holds', () => {
    const check = (given: Document) => {
      const message = toSlack({ ...given, children: [...given.children, paragraph(say('.'))] });
      expect(refusals(message)).toEqual([]);
    };
    fc.assert(fc.property(document, check), { numRuns: 150 });
  });

  it('says every text once, in all parts together', () => {
    const check = (given: Document) => {
      const texts: string[] = [];
      const children = given.children.map((child) => marked(child, texts));
      if (texts.length === 0) return;
      const shown = dense(
        partsOf(toSlack({ ...given, children }))
          .map((part) => shownText(part.blocks))
          .join(''),
      );
      const said = [...shown.matchAll(/⟦(\d+)⟧.*?⟦\/\1⟧/gs)];
      const inOrder = said.map(([text, number]) => [Number(number), text] as const).sort(([a], [b]) => a - b);
      expect(inOrder.map(([, text]) => text)).toEqual(texts.map(dense));
    };
    fc.assert(fc.property(document, check), { numRuns: 150 });
  });

  it('sends no text from outside as mrkdwn that could be read as markup', () => {
    const check = (given: Document) => {
      const message = toSlack({ ...given, children: [...given.children, paragraph(say('.'))] });
      const json = JSON.stringify(partsOf(message));
      expect(json).not.toMatch(/"type":"(user|usergroup|broadcast|channel|section|markdown|emoji)"/);
      for (const part of partsOf(message)) {
        expect(part.text).not.toMatch(/<|>|&(?!amp;|lt;|gt;)/);
        expect(part.text.isWellFormed() || JSON.stringify(given).includes('\\ud')).toBe(true);
      }
    };
    fc.assert(fc.property(document, check), { numRuns: 150 });
  });

  it('throws on a document that says nothing', () => {
    expect(() => toSlack(documentOf())).toThrow(/says something/);
    expect(() => toSlack(documentOf(paragraph(), bullets([])))).toThrow(/says something/);
  });

  it('gives a short plain title a header and keeps a long one whole', () => {
    const title = (text: string) => toSlack(documentOf({ type: 'heading', level: 1, children: [say(text)] })).blocks[0];
    expect(title('Apollo · week 48')).toEqual({
      type: 'header',
      text: { type: 'plain_text', text: 'Apollo · week 48', emoji: false },
    });
    expect(title('x'.repeat(150))?.type).toBe('header');
    expect(shownText(title('👩‍👩‍👧‍👦'.repeat(100)))).toBe('👩‍👩‍👧‍👦'.repeat(100));
  });

  it('writes a usual digest as one message, the verdict as its text', () => {
    const message = toSlack(
      documentOf(
        { type: 'heading', level: 1, children: [say('Apollo · week 48')] },
        paragraph(
          { type: 'strong', children: [say('▲ At risk')] },
          say(' since <1.4> & more'),
          { type: 'break' },
          say('Second line'),
        ),
        { type: 'heading', level: 2, children: [say('To decide')] },
        bullets(['Keep APO-198?', 'Move 1.4?']),
        {
          type: 'section',
          name: 'note',
          children: [paragraph({ type: 'emphasis', children: [say('Data of 24 Nov')] })],
        },
        { type: 'section', name: 'thread', children: [paragraph(say('Details'))] },
      ),
    );
    expect(message).toEqual({
      text: 'Apollo · week 48 — ▲ At risk since &lt;1.4&gt; &amp; more',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: 'Apollo · week 48', emoji: false } },
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'text', text: '▲ At risk', style: { bold: true } },
                { type: 'text', text: ' since <1.4> & more\nSecond line' },
              ],
            },
          ],
        },
        {
          type: 'rich_text',
          elements: [
            { type: 'rich_text_section', elements: [{ type: 'text', text: 'To decide', style: { bold: true } }] },
            {
              type: 'rich_text_list',
              style: 'bullet',
              elements: [
                { type: 'rich_text_section', elements: [{ type: 'text', text: 'Keep APO-198?' }] },
                { type: 'rich_text_section', elements: [{ type: 'text', text: 'Move 1.4?' }] },
              ],
            },
          ],
        },
        { type: 'context', elements: [{ type: 'mrkdwn', text: '_Data of 24 Nov_', verbatim: true }] },
      ],
      replies: [
        {
          text: 'Details',
          blocks: [
            {
              type: 'rich_text',
              elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'Details' }] }],
            },
          ],
        },
      ],
    });
  });

  it('goes on in the thread with a long list, filling the message first', () => {
    const items = Array.from({ length: 500 }, (_, index) => `APO-${index} ${'title '.repeat(10)}`);
    const message = toSlack(documentOf(paragraph(say('Verdict')), bullets(items)));
    expect(refusals(message)).toEqual([]);
    expect(message.replies.length).toBeLessThan(12);
    expect(shownText(message.blocks)).toContain('APO-40 ');
    const shown = shownText(partsOf(message).map((part) => part.blocks));
    for (const item of items) expect(shown).toContain(item.trim());
  });

  it('never leaves a heading as the last line of a part', () => {
    const long = 'Sentence of some words. '.repeat(150);
    const blocks = Array.from({ length: 30 }, (_, index): Block[] => [
      { type: 'heading', level: 2, children: [say(`Heading ${index}`)] },
      paragraph(say(long)),
    ]);
    for (const part of partsOf(toSlack(documentOf(...blocks.flat())))) {
      expect(shownText(part.blocks).endsWith('words. ')).toBe(true);
    }
  });

  it('cuts between sentences where it can, and never inside an emoji', () => {
    const prose = toSlack(documentOf(paragraph(say('This is a sentence. '.repeat(2_000)))));
    for (const part of partsOf(prose)) expect(shownText(part.blocks)).toMatch(/sentence\. $/);
    const family = '👩‍👩‍👧‍👦';
    const emoji = toSlack(documentOf(paragraph(say(family.repeat(4_000)))));
    expect(refusals(emoji)).toEqual([]);
    for (const part of partsOf(emoji)) expect(shownText(part.blocks).replaceAll(family, '')).toBe('');
  });

  it('sends one table as a table and further or larger ones as text', () => {
    const table = (rows: number, cell = 'x'): Block => ({
      type: 'table',
      header: [[say('Item')], []],
      rows: Array.from({ length: rows }, (_, index) => [[say(`${cell}${index}`)]]),
      align: [null, 'right'],
    });
    const two = toSlack(documentOf(table(2), table(3)));
    expect(two.blocks.map((block) => block.type)).toEqual(['table', 'rich_text']);
    expect(two.blocks[0]).toMatchObject({
      rows: [
        [
          { type: 'raw_text', text: 'Item' },
          { type: 'raw_text', text: ' ' },
        ],
        [
          { type: 'raw_text', text: 'x0' },
          { type: 'raw_text', text: ' ' },
        ],
        [{ text: 'x1' }, { text: ' ' }],
      ],
      column_settings: [{ align: 'left' }, { align: 'right' }],
    });
    expect(toSlack(documentOf(table(99))).blocks[0]?.type).toBe('table');
    for (const large of [table(100), table(90, 'y'.repeat(120))]) {
      const message = toSlack(documentOf(large));
      expect(message.blocks[0]?.type).toBe('rich_text');
      expect(refusals(message)).toEqual([]);
    }
  });

  it('counts on over pieces of an ordered list', () => {
    const items = Array.from({ length: 3 }, (_, index) => [
      paragraph(say(`line ${index}`)),
      { type: 'code', text: 'x' } as const,
    ]);
    const [block] = toSlack(documentOf({ type: 'list', ordered: true, start: 4, items })).blocks;
    const lists = (block as { elements: { type: string; offset?: number }[] }).elements.filter(
      (element) => element.type === 'rich_text_list',
    );
    expect(lists.map((list) => list.offset)).toEqual([3, 4, 5]);
  });

  it.each([
    ['plain words', 'Data, complete', { type: 'mrkdwn', text: 'Data, complete', verbatim: true }],
    [
      'what Slack would read as a mention',
      '<!channel> & co',
      { type: 'mrkdwn', text: '&lt;!channel&gt; &amp; co', verbatim: true },
    ],
    ['a status like_this_one', 'IN_PROGRESS', { type: 'plain_text', text: 'IN_PROGRESS', emoji: false }],
    ['an emoji name', 'a :tada: b', { type: 'plain_text', text: 'a :tada: b', emoji: false }],
  ])('writes small print with %s so that it stays what it is', (_, text, element) => {
    const note: Block = { type: 'section', name: 'note', children: [paragraph(say(text))] };
    expect(toSlack(documentOf(note)).blocks).toEqual([{ type: 'context', elements: [element] }]);
  });

  it('keeps links of small print, as mrkdwn or else in normal print', () => {
    const link: Inline = { type: 'link', url: 'https://x.test/?a=1&b=2', children: [say('here')] };
    const note = (text: string): Block => ({ type: 'section', name: 'note', children: [paragraph(say(text), link)] });
    expect(toSlack(documentOf(note('see '))).blocks).toEqual([
      {
        type: 'context',
        elements: [{ type: 'mrkdwn', text: 'see <https://x.test/?a=1&amp;b=2|here>', verbatim: true }],
      },
    ]);
    expect(toSlack(documentOf(note('see *x* '))).blocks[0]?.type).toBe('rich_text');
  });

  it('drops an address that is too long or no web address, not its text', () => {
    const link = (url: string): Block => paragraph({ type: 'link', url, children: [say('PROJ-1')] });
    for (const url of [`https://x.test/${'a'.repeat(3_000)}`, 'javascript:alert(1)']) {
      const [block] = toSlack(documentOf(link(url))).blocks;
      expect(JSON.stringify(block)).not.toContain('"link"');
      expect(shownText(block)).toBe('PROJ-1');
    }
  });

  it('promotes the thread where the message itself is empty', () => {
    const message = toSlack(documentOf({ type: 'section', name: 'thread', children: [paragraph(say('Only this'))] }));
    expect(message.text).toBe('Only this');
    expect(message.replies).toEqual([]);
  });
});

it('puts each picture into a reply of its own, with words for where it is refused, before what is for the thread', () => {
  const picture = { name: 'a', title: 'A < B', alt: 'A rises & falls', svg: '<svg/>' };
  const said = (text: string) => ({ type: 'paragraph', children: [{ type: 'text', text }] }) as const;
  const thread = { type: 'section', name: 'thread', children: [said('behind it')] } as const;
  const { replies } = toSlack({ locale: 'en', children: [said('first'), thread], pictures: [picture] });
  const words = { type: 'rich_text_section', elements: [{ type: 'text', text: 'A rises & falls' }] };
  expect(replies[0]).toEqual({ text: 'A &lt; B', blocks: [{ type: 'rich_text', elements: [words] }], picture });
  expect(replies[1]!.text).toBe('behind it');
  expect(replies[1]).not.toHaveProperty('picture');
});
