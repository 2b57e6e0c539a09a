import * as fc from '../property.ts';
import type { Block, Document, Inline } from '../../src/render/document.ts';

/** What people and tools put into titles, and what it could set off. */
export const hostileTexts: readonly string[] = [
  '<!channel> <!here> <!everyone>',
  '<@U012AB3CD> <!subteam^S012AB3CD> <#C012AB3CD>',
  '<https://evil.test|PROJ-1>',
  '[PROJ-1](https://evil.test)',
  'see www.evil.test or https://evil.test/a?b=c&d=e or mail me@evil.test',
  '```\nrm -rf\n```',
  '&lt;b&gt; &amp;amp; &#60;',
  '*bold* _italic_ ~strike~ `code` **strong** __strong__ ~~gone~~',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  "\"><b onmouseover='x'>",
  'NUL \u0000 bell \u0007 escape \u001B[31mred\u001B[0m',
  'right \u202Eto left\u202C and \u2066isolated\u2069',
  'e' + '\u0301\u0302\u0303\u0304'.repeat(50),
  '👩‍👩‍👧‍👦'.repeat(20),
  '# 1. - + > | a | b |\n|---|---|',
  '::: note\n:::thread\n::leaf[x]{y} :text[x] :tada: 10:30',
  '![image](https://evil.test/x.png) [ref]: https://evil.test',
  '\\*not\\_escaped\\\\',
  '{{constructor}} {{{x}}} ${y}',
  ' \u00A0 blank at both ends\u2028and lines\r\n',
  '١٢٣ עברית 漢字かな ไทย हिन्दी',
  '\uD800 lone \uDFFF surrogates \uFDD0 \uFFFE \uFEFF',
  '=cmd|calc',
];

export const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 2, arbitrary: fc.constantFrom(...hostileTexts) },
  {
    weight: 3,
    arbitrary: fc.string({
      unit: fc.constantFrom(...Array.from('\\`*_[]()<>#|~!&:;-+.=$^{}"\' \n\t1ax/@')),
      maxLength: 30,
    }),
  },
);

const url = fc.oneof(
  fc.webUrl(),
  fc.constantFrom('https://jira.test/browse/A-1?x=1&y=<2>', `https://j.test/${'a'.repeat(4_000)}`),
);

const { inline } = fc.letrec<{ inline: Inline }>((tie) => ({
  inline: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    fc.record({ type: fc.constant('text' as const), text }),
    fc.record({ type: fc.constant('code' as const), text }),
    fc.constant({ type: 'break' as const }),
    fc.record({
      type: fc.constantFrom('strong' as const, 'emphasis' as const, 'strike' as const),
      children: fc.array(tie('inline'), { maxLength: 3 }),
    }),
    fc.record({ type: fc.constant('link' as const), url, children: fc.array(tie('inline'), { maxLength: 2 }) }),
  ),
}));
const inlines = fc.array(inline, { maxLength: 4 });

/** Rows as wide as they come out: Slack wants them all as wide as the first. */
function table(columns: number, rows: number, times: number): fc.Arbitrary<Block> {
  const row = fc.array(inlines, { maxLength: columns });
  return fc
    .tuple(row, fc.array(row, { maxLength: rows }))
    .map(([header, body]) => ({ type: 'table', header, rows: Array.from({ length: times }, () => body).flat() }));
}

export const { block } = fc.letrec<{ block: Block }>((tie) => ({
  block: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    fc.record({ type: fc.constant('paragraph' as const), children: inlines }),
    fc.record({
      type: fc.constant('heading' as const),
      level: fc.constantFrom(1 as const, 2 as const, 3 as const),
      children: inlines,
    }),
    fc.record({ type: fc.constant('code' as const), text }),
    fc.constant({ type: 'rule' as const }),
    table(4, 3, 1),
    fc
      .record({
        ordered: fc.boolean(),
        start: fc.integer({ min: 1, max: 30 }),
        items: fc.array(fc.array(tie('block'), { maxLength: 3 }), { maxLength: 4 }),
      })
      .map((list): Block => ({ type: 'list', ...list })),
    fc.record({ type: fc.constant('quote' as const), children: fc.array(tie('block'), { maxLength: 3 }) }),
    fc.record({
      type: fc.constant('section' as const),
      name: fc.constantFrom('note' as const, 'thread' as const),
      children: fc.array(tie('block'), { maxLength: 3 }),
    }),
  ),
}));

/** Now and then a text or a list far over any limit. */
const longBlock: fc.Arbitrary<Block> = fc.oneof(
  table(25, 4, 1),
  table(3, 12, 12),
  fc
    .record({
      piece: text,
      times: fc.integer({ min: 20, max: 300 }),
      type: fc.constantFrom('paragraph' as const, 'quote' as const, 'code' as const, 'note' as const),
    })
    .map(({ piece, times, type }): Block => {
      const long = `${piece} end. `.repeat(times);
      const line: Block = {
        type: 'paragraph',
        children: [{ type: 'strong', children: [{ type: 'text', text: long }] }],
      };
      if (type === 'code') return { type, text: long };
      if (type === 'quote') return { type, children: [line] };
      return type === 'note' ? { type: 'section', name: 'note', children: [line] } : line;
    }),
  fc
    .record({ ordered: fc.boolean(), items: fc.array(fc.array(block, { maxLength: 2 }), { maxLength: 3 }) })
    .map(({ ordered, items }): Block => ({
      type: 'list',
      ordered,
      items: Array.from({ length: 20 }, () => items).flat(),
    })),
);

export const document: fc.Arbitrary<Document> = fc.record({
  locale: fc.constantFrom('en', 'fr'),
  children: fc.array(fc.oneof({ weight: 10, arbitrary: block }, { weight: 1, arbitrary: longBlock }), {
    minLength: 1,
    maxLength: 10,
  }),
});
