import * as fc from '../property.ts';
import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../src/render/display-width.ts';
import type { Block, Document, Inline } from '../../src/render/document.ts';
import { toText } from '../../src/render/text.ts';
import { document } from './documents.ts';

const say = (text: string): Inline => ({ type: 'text', text });
const paragraph = (...children: Inline[]): Block => ({ type: 'paragraph', children });
const documentOf = (...children: Block[]): Document => ({ locale: 'en', children });

describe('displayWidth', () => {
  it.each([
    ['abc', 3],
    ['é', 1],
    ['e\u0301', 1],
    ['漢字', 4],
    ['👩‍👩‍👧‍👦', 2],
    ['● ▲ ■', 5],
    ['한', 2],
    ['a\u200Bb', 2],
    ['', 0],
  ])('of %s is %d', (text, width) => expect(displayWidth(text)).toBe(width));
});

describe('toText', () => {
  it('lays a document out for a terminal', () => {
    const text = toText(
      documentOf(
        { type: 'heading', level: 1, children: [say('Apollo')] },
        paragraph(
          { type: 'strong', children: [say('Late')] },
          say(': '),
          { type: 'code', text: '/pmo' },
          { type: 'break' },
          say('next'),
        ),
        {
          type: 'list',
          ordered: true,
          start: 9,
          items: [
            [paragraph({ type: 'link', url: 'https://j.test/browse/APO-1', children: [say('APO-1')] })],
            [
              paragraph({ type: 'link', url: 'https://j.test/x', children: [say('all')] }),
              { type: 'list', ordered: false, items: [[paragraph(say('deeper'))], []] },
            ],
          ],
        },
        {
          type: 'table',
          header: [[say('Project')], [say('Days')]],
          rows: [
            [[say('漢字')], [say('5')]],
            [[say('Hermes')], [say('-12')]],
          ],
          align: [null, 'right'],
        },
        { type: 'quote', children: [paragraph(say('said'))] },
        { type: 'code', text: 'a\nb' },
        { type: 'section', name: 'note', children: [paragraph(say('small'))] },
      ),
      { width: 30 },
    );
    expect(text).toBe(
      `Apollo
══════

Late: \`/pmo\`
next

9. APO-1
10. all <https://j.test/x>
    • deeper
    •

Project  Days
───────  ────
漢字        5
Hermes    -12

│ said

    a
    b

small
`,
    );
  });

  it('wraps at blanks, not at no-break ones, and keeps dress and punctuation together', () => {
    const line = documentOf(
      paragraph(say('aaaa bbbb '), { type: 'strong', children: [say('cccc dddd')] }, say(', 24\u00A0h ee')),
    );
    expect(toText(line, { width: 20 })).toBe('aaaa bbbb cccc dddd,\n24\u00A0h ee\n');
    expect(toText(line, { width: 20, ansi: true })).toBe(
      'aaaa bbbb \u001B[1mcccc\u001B[22m \u001B[1mdddd\u001B[22m,\n24\u00A0h ee\n',
    );
  });

  it('stays within the width where words allow, and lets no control character through', () => {
    const check = (given: Document) => {
      const text = toText(given, { width: 60 });
      expect(text).not.toMatch(/[^\P{Cc}\n]/u);
      expect(text.endsWith('\n')).toBe(true);
    };
    fc.assert(fc.property(document, check), { numRuns: 100 });
    const words = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 15 }), {
      minLength: 1,
      maxLength: 40,
    });
    const width = (given: readonly string[]) => {
      const lines = toText(documentOf(paragraph(say(given.join(' ')))), { width: 40 }).split('\n');
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(40);
    };
    fc.assert(fc.property(words, width), { numRuns: 200 });
  });
});
