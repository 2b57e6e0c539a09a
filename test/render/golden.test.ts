import { describe, expect, it } from 'vitest';
import { validateMessage } from '../../src/demo/slack/validate-blocks.ts';
import { cleanText } from '../../src/render/clean-text.ts';
import { toHtml } from '../../src/render/html.ts';
import { toSlack } from '../../src/render/slack.ts';
import { loadTemplates, renderTemplate } from '../../src/render/templates.ts';
import { toText } from '../../src/render/text.ts';
import { hostileTexts } from './documents.ts';

const templates = loadTemplates([new URL('golden/templates', import.meta.url).pathname]);
const golden = (name: string) => new URL(`golden/${name}`, import.meta.url).pathname;

interface Item {
  readonly key: string;
  readonly summary: string;
  readonly url: string | null;
  readonly days: number;
}
function anItem(number: number, summary: string): Item {
  return { key: `APO-${number}`, summary, url: `https://jira.test/browse/APO-${number}?a=1&b=2`, days: number * 1.5 };
}
function sample(name: string, items: readonly Item[]): object {
  return {
    name,
    asOf: Date.UTC(2026, 10, 24, 7, 12),
    zone: 'Europe/Paris',
    colour: items.length === 0 ? 'green' : 'red',
    due: items.length === 0 ? null : '2026-12-01',
    share: items.length === 0 ? null : 0.854,
    done: items.length,
    items,
  };
}

const usual = [
  anItem(214, 'Pay with a card'),
  anItem(198, 'Refunds: "partial" & full'),
  { ...anItem(7, 'Own words'), url: null },
];
const samples: Readonly<Record<string, object>> = {
  empty: sample('', []),
  usual: sample('1.4 "Payments"', usual),
  hostile: sample(
    hostileTexts[0]!,
    hostileTexts.map((text, index) => anItem(index, text)),
  ),
};
/** Titles of 5,000 letters, one in five. */
const huge = sample(
  'Huge',
  Array.from({ length: 500 }, (_, index) =>
    anItem(index, `${index} ${'lorem ipsum '.repeat(index % 5 === 0 ? 417 : 3)}`),
  ),
);

const partsOf = ({ replies, ...first }: ReturnType<typeof toSlack>) => [first, ...replies];

describe.each(['en', 'fr'])('golden documents in %s', (locale) => {
  it.each(Object.entries(samples))('%s', async (name, data) => {
    const document = renderTemplate(templates, 'sample', data, locale);
    const message = toSlack(document);
    expect(partsOf(message).map((part) => validateMessage(part).error)).toEqual(partsOf(message).map(() => null));
    await expect(`${JSON.stringify(message, null, 2)}\n`).toMatchFileSnapshot(golden(`${name}.${locale}.slack.json`));
    await expect(`${toHtml(document)}\n`).toMatchFileSnapshot(golden(`${name}.${locale}.html`));
    await expect(toText(document)).toMatchFileSnapshot(golden(`${name}.${locale}.txt`));
  });
});

it('loses nothing of 500 items, some with titles of 5,000 letters', () => {
  const document = renderTemplate(templates, 'sample', huge, 'en');
  const parts = partsOf(toSlack(document));
  for (const part of parts) expect(validateMessage(part)).toEqual({ error: null, errors: [] });
  const shown = JSON.stringify(parts.map((part) => part.blocks));
  for (const index of [0, 1, 250, 499]) expect(shown).toContain(`APO-${index}`);
  // A title each in the list and in the table; once more, cut, for the newest.
  expect(shown.match(/lorem/g)?.length).toBe((100 * 417 + 400 * 3) * 2 + 3);
  expect(toHtml(document)).toContain('APO-499');
  expect(toText(document)).toContain('APO-499');
});

it('lets a hostile title stand in every form as exactly what it is', () => {
  for (const text of hostileTexts) {
    const document = renderTemplate(templates, 'sample', sample('x', [anItem(1, text)]), 'en');
    const [row] = document.children.flatMap((block) => (block.type === 'table' ? block.rows : []));
    expect(row?.[1]?.map((inline) => (inline.type === 'text' ? inline.text : inline.type)).join('')).toBe(
      cleanText(text),
    );
    const cell = toSlack(document).blocks.flatMap((block) => ('rows' in block ? block.rows[1]![1]! : []));
    expect(cell).toEqual([{ type: 'raw_text', text: cleanText(text) }]);
  }
});
