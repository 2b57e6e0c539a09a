import * as fc from '../property.ts';
import { describe, expect, it } from 'vitest';
import { cleanText } from '../../src/render/clean-text.ts';
import type { Block, Document } from '../../src/render/document.ts';
import { escapeMarkdown } from '../../src/render/escape-markdown.ts';
import { parseMarkdown } from '../../src/render/markdown.ts';
import { plainText } from '../../src/render/plain-text.ts';
import { hostileTexts, text } from './documents.ts';

describe('cleanText', () => {
  it.each([
    ['plain text stays', 'Payments 1.4 "é" — ok', 'Payments 1.4 "é" — ok'],
    ['line breaks and tabs become blanks', 'a\r\nb\nc\td\u2028e\u0085f', 'a b c d e f'],
    ['controls show', 'a\u0000b\u001B[31mc\u009F', 'a\uFFFDb\uFFFD[31mc\uFFFD'],
    ['bidi overrides and isolates go', 'a\u202Eb\u202Cc\u2066d\u2069', 'abcd'],
    ['right-to-left marks and scripts stay', 'עברית\u200F!', 'עברית\u200F!'],
    ['lone surrogates show', 'a\uD800b', 'a\uFFFDb'],
    ['characters set aside by Unicode show', 'a\uFDD0b\uFFFEc\u{1FFFF}d', 'a\uFFFDb\uFFFDc\uFFFDd'],
    ['floods of marks are cut to four', `e${'\u0301'.repeat(300)}x`, `e${'\u0301'.repeat(4)}x`],
    ['joined emoji stay', '👩‍👩‍👧‍👦🏳️‍🌈', '👩‍👩‍👧‍👦🏳️‍🌈'],
    ['no-break blanks stay', '8\u00A0h\u202F12', '8\u00A0h\u202F12'],
  ])('%s', (_, given, wanted) => {
    expect(cleanText(given)).toBe(wanted);
    expect(cleanText(wanted)).toBe(wanted);
  });
});

/** Every place that a template can put a value in; the document's text around it is `<` and `>` in words. */
const places: readonly (readonly [string, (value: string) => string, (document: Document) => string])[] = [
  ['a paragraph', (value) => value, ({ children }) => lineOf(children[0])],
  ['the middle of a line', (value) => `a ${value} b`, ({ children }) => between(lineOf(children[0]), 'a ', ' b')],
  ['the middle of a word', (value) => `a${value}b`, ({ children }) => between(lineOf(children[0]), 'a', 'b')],
  ['bold between letters', (value) => `a**${value}**b`, ({ children }) => dressed(children[0], 'strong')],
  ['italics', (value) => `a _${value}_ b`, ({ children }) => dressed(children[0], 'emphasis')],
  ['code', (value) => `a \`${value}\` b`, ({ children }) => dressed(children[0], 'code')],
  ['a link', (value) => `a [${value}](https://x.test/) b`, ({ children }) => dressed(children[0], 'link')],
  ['a title', (value) => `# ${value}`, ({ children }) => lineOf(children[0])],
  ['a list item', (value) => `* ${value}\n* next`, ({ children }) => itemOf(children[0])],
  ['a numbered item', (value) => `1. ${value}\n2. next`, ({ children }) => itemOf(children[0])],
  ['a cell', (value) => `| a | b |\n|---|---|\n| ${value} | c |`, ({ children }) => cellOf(children[0])],
  ['code in a cell', (value) => `| a | b |\n|---|---|\n| \`${value}\` | c |`, ({ children }) => cellOf(children[0])],
  ['a quote', (value) => `> ${value}`, ({ children }) => quoted(children[0])],
  [
    'a code block',
    (value) => `\`\`\`\n${value}\n\`\`\``,
    ({ children }) => (children[0]?.type === 'code' ? children[0].text : '?'),
  ],
  ['a note', (value) => `:::note\n${value}\n:::`, ({ children }) => quoted(children[0])],
];

function lineOf(block: Block | undefined): string {
  return block?.type === 'paragraph' || block?.type === 'heading'
    ? plainText(block.children)
    : `no line but ${block?.type}`;
}
function between(line: string, before: string, after: string): string {
  expect(line.startsWith(before) && line.endsWith(after)).toBe(true);
  return line.slice(before.length, line.length - after.length);
}
function dressed(block: Block | undefined, type: string): string {
  const found = block?.type === 'paragraph' ? block.children.find((inline) => inline.type === type) : undefined;
  return found ? plainText([found]) : '';
}
function itemOf(block: Block | undefined): string {
  return block?.type === 'list' && block.items.length === 2 ? lineOf(block.items[0]?.[0] ?? empty) : 'no list of two';
}
function cellOf(block: Block | undefined): string {
  return block?.type === 'table' && block.rows.length === 1 ? plainText(block.rows[0]![0]!) : 'no table of one row';
}
function quoted(block: Block | undefined): string {
  return block?.type === 'quote' || block?.type === 'section' ? lineOf(block.children[0] ?? empty) : 'no quote';
}
const empty: Block = { type: 'paragraph', children: [] };

describe('escapeMarkdown', () => {
  it.each(places)('is read back as the same text in %s', (_, write, read) => {
    const check = (value: string) => {
      expect(read(parseMarkdown(write(escapeMarkdown(value)), 'en'))).toBe(cleanText(value));
    };
    for (const value of ['', ...hostileTexts]) check(value);
    fc.assert(fc.property(text, check), { numRuns: 150 });
  });

  it('keeps values apart from one another and from the words around them', () => {
    const line = fc.array(text, { minLength: 1, maxLength: 6 });
    const check = (values: readonly string[]) => {
      const { children } = parseMarkdown(values.map(escapeMarkdown).join(' · '), 'en');
      expect(children).toHaveLength(1);
      expect(children[0]).toEqual({
        type: 'paragraph',
        children: [{ type: 'text', text: values.map(cleanText).join(' · ') }].filter((inline) => inline.text !== ''),
      });
    };
    fc.assert(fc.property(line, check), { numRuns: 300 });
  });
});
