import { describe, expect, it } from 'vitest';
import { MarkdownError, parseMarkdown } from '../../src/render/markdown.ts';

const blocks = (markdown: string) => parseMarkdown(markdown, 'en').children;
const line = (text: string) => ({ type: 'paragraph', children: [{ type: 'text', text }] });

describe('parseMarkdown', () => {
  it.each([
    ['a line break is a blank', 'a\nb', [line('a b')]],
    ['indenting makes no code', '    a', [line('a')]],
    ['dashes under a line are a rule', 'a\n---', [line('a'), { type: 'rule' }]],
    ['a colon in a line is a colon', 'at 8:am [x]', [line('at 8:am [x]')]],
    ['addresses are no links', 'www.x.test https://x.test me@x.test', [line('www.x.test https://x.test me@x.test')]],
    ['bold around nothing leaves nothing', '**\uFDD0\uFDD1** a', [line(' a')]],
    ['no-break blanks stay', 'Pourquoi\u00A0? «\u202Foui\u202F»', [line('Pourquoi\u00A0? «\u202Foui\u202F»')]],
    ['a fifth level is the third', '##### a', [{ type: 'heading', level: 3, children: [{ type: 'text', text: 'a' }] }]],
    [
      'a backslash keeps a line break',
      'a\\\nb',
      [{ type: 'paragraph', children: [{ type: 'text', text: 'a' }, { type: 'break' }, { type: 'text', text: 'b' }] }],
    ],
    [
      'sections hold blocks',
      ':::thread\na\n\n* b\n:::',
      [
        {
          type: 'section',
          name: 'thread',
          children: [line('a'), { type: 'list', ordered: false, items: [[line('b')]] }],
        },
      ],
    ],
    ['lists keep their number', '7. a', [{ type: 'list', ordered: true, start: 7, items: [[line('a')]] }]],
    ['nothing is nothing', ' \n\n', []],
  ])('%s', (_, markdown, wanted) => expect(blocks(markdown)).toEqual(wanted));

  it.each([
    ['<b>bold</b>', /line 1 .*html/],
    ['a\n\n<div>', /line 3 .*html/],
    ['![x](https://x.test/x.png)', /image/],
    ['[x]: https://x.test', /definition/],
    [':::warning\na\n:::', /:::note or :::thread, found :::warning/],
    ['* a\n\n  :::note\n  b\n  :::', /at the top only/],
    ['::leaf', /leafDirective/],
    ['[x](javascript:alert(1))', /http or https/],
    ['[x](/relative)', /http or https/],
    ['[x](https://j.test/\uFDD0value\uFDD1)', /helper `link`/],
  ])('refuses %s', (markdown, message) => {
    expect(() => blocks(markdown)).toThrow(MarkdownError);
    expect(() => blocks(markdown)).toThrow(message);
  });
});
