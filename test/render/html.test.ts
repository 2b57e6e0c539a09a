import * as fc from '../property.ts';
import { describe, expect, it } from 'vitest';
import type { Block, Document, Inline } from '../../src/render/document.ts';
import { toHtml, toHtmlPage } from '../../src/render/html.ts';
import { document, hostileTexts } from './documents.ts';

const say = (text: string): Inline => ({ type: 'text', text });
const paragraph = (...children: Inline[]): Block => ({ type: 'paragraph', children });
const documentOf = (...children: Block[]): Document => ({ locale: 'fr', children });

/** All tags that a page may have; anything else came from outside. */
const tag =
  /<\/?(?:h[123]|p|ul|ol|li|table|thead|tbody|tr|td|th|blockquote|pre|code|strong|em|s|section|div)>|<hr>|<br>|<ol start="\d+">|<t[dh] class="(?:right|center)">|<(?:section|div) class="(?:note|thread|table)">|<a href="https?:\/\/[^"<>]*" rel="noopener noreferrer">|<\/a>/g;

describe('toHtml', () => {
  it('lets no markup in from outside', () => {
    const check = (given: Document) => {
      const bare = toHtml(given).replace(tag, '');
      expect(bare).not.toMatch(/[<>"']/);
      expect(bare).not.toMatch(/&(?!amp;|lt;|gt;|quot;|#39;)/);
    };
    fc.assert(fc.property(document, check), { numRuns: 150 });
    check(documentOf(...hostileTexts.map((text) => paragraph(say(text), { type: 'code', text }))));
  });

  it('opens and closes tags in order', () => {
    const check = (given: Document) => {
      const open: string[] = [];
      for (const [, slash, name = ''] of toHtml(given).matchAll(/<(\/?)([a-z0-9]+)[^>]*>/g)) {
        if (name === 'br' || name === 'hr') continue;
        if (slash === '/' && open.at(-1) === name) open.pop();
        else open.push(`${slash}${name}`);
      }
      expect(open).toEqual([]);
    };
    fc.assert(fc.property(document, check), { numRuns: 150 });
  });

  it('writes each kind of block and inline', () => {
    const table: Block = {
      type: 'table',
      header: [[say('A')], [say('B')]],
      rows: [[[say('a')], [say('1')]]],
      align: [null, 'right'],
    };
    expect(
      toHtml(
        documentOf(
          { type: 'heading', level: 1, children: [say('T & <t>')] },
          paragraph(
            { type: 'strong', children: [say('b')] },
            { type: 'break' },
            { type: 'strike', children: [say('s')] },
          ),
          { type: 'list', ordered: true, start: 3, items: [[paragraph(say('x'))]] },
          table,
          { type: 'section', name: 'note', children: [paragraph(say('n'))] },
          paragraph({ type: 'link', url: 'https://j.test/?a=1&b="2"', children: [say('l')] }),
          paragraph({ type: 'link', url: 'javascript:alert(1)', children: [say('no')] }),
        ),
      ).split('\n'),
    ).toEqual([
      '<h1>T &amp; &lt;t&gt;</h1>',
      '<p><strong>b</strong><br><s>s</s></p>',
      '<ol start="3">',
      '<li>x</li>',
      '</ol>',
      '<div class="table"><table>',
      '<thead><tr><th>A</th><th class="right">B</th></tr></thead>',
      '<tbody>',
      '<tr><td>a</td><td class="right">1</td></tr>',
      '</tbody>',
      '</table></div>',
      '<section class="note">',
      '<p>n</p>',
      '</section>',
      '<p><a href="https://j.test/?a=1&amp;b=&quot;2&quot;" rel="noopener noreferrer">l</a></p>',
      '<p>no</p>',
    ]);
  });

  it('makes a page that stands alone, in the language of its documents', () => {
    const page = toHtmlPage([
      documentOf(paragraph(say('Premier <mot>'))),
      { ...documentOf(paragraph(say('x'))), locale: 'en' },
    ]);
    expect(page).toMatch(/^<!doctype html>\n<html lang="fr">/);
    expect(page).toContain('<title>Premier &lt;mot&gt;</title>');
    expect(page).toContain('<article lang="en">');
    expect(page).toContain('prefers-color-scheme: dark');
    expect(page).not.toMatch(/<script|<link|src=|url\(/);
  });
});

it('shows pictures after the words and before what is for the thread, with words of their own', () => {
  const picture = { name: 'a', title: 'A', alt: 'A rises', svg: '<svg role="img" aria-label="A rises"></svg>' };
  const said = (text: string) => ({ type: 'paragraph', children: [{ type: 'text', text }] }) as const;
  const thread = { type: 'section', name: 'thread', children: [said('behind it')] } as const;
  const html = toHtml({ locale: 'en', children: [said('first'), thread], pictures: [picture] });
  expect(html.replaceAll(/\s+/g, ' ')).toBe(
    `<p>first</p> <figure> ${picture.svg} </figure> <section class="thread"> <p>behind it</p> </section>`,
  );
});
