import { expect } from 'vitest';
import { renderBlocks } from '../../src/demo/page/render-blocks.ts';
import type { Reader } from '../../src/demo/page/reader.ts';
import { renderModal } from '../../src/demo/page/render-view.ts';
import type { SlackServer } from '../../src/demo/slack/start-slack.ts';
import type { SlackMessage, SlackView } from '../../src/demo/slack/workspace.ts';
import { cleanText } from '../../src/render/clean-text.ts';

/** Words with all that Slack, Markdown, HTML and a terminal could take for more than words. */
const tricks =
  "<!channel> <@U0SAM> *b* `c` <https://evil.example|PROJ-1> _i_ ~s~ :rocket: <#C0HERMES> &lt;!here&gt; ```d``` https://evil.example **e** [f](https://evil.example) <b onclick='x'>| > # \u202Egpj.exe\u2066\u0007\u001B[31m\u0000 \u05D0\u05D1 \u{1F469}\u200D\u{1F680} end";

/** Each of these stands in one place of the tool, and is known by its first letters wherever it turns up. */
export const marks = ['Zitem', 'Zversion', 'Zproject', 'Zsprint', 'Zgoal', 'Zepic', 'Zstatus', 'Zperson'] as const;

/** With `length`, a title of so many letters. */
export function hostileText(mark: string, length?: number): string {
  return length === undefined ? `${mark} ${tricks}` : `${mark} ${'W\u0301äß'.repeat(length)}`.slice(0, length);
}

const reader: Reader = {
  id: 'U0SAM',
  locale: 'en-US',
  tz: 'Europe/Paris',
  now: Date.parse('2026-11-30T09:00:00Z'),
  userName: (id) => `person ${id}`,
  channelName: (id) => `channel ${id}`,
};

/** What a person reads of HTML: its text, without what browsers would run or follow. */
export function textOfHtml(html: string): string {
  return html
    .replace(/<(style|script|svg)\b[\s\S]*?<\/\1>/g, '')
    .replace(/<br>/g, '\n')
    .replace(/<[^<>]*>/g, '')
    .replace(/&(lt|gt|quot|#39|amp);/g, (entity) => decoded[entity]!);
}

const decoded: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

/** Mentions that we make ourselves, of an owner and of a channel that is told something. */
const ours = /<span class="mention">(@person U0CLAIRE|#channel C0APOLLO)<\/span>/g;

function expectHarmless(html: string): void {
  expect(html.replaceAll(ours, ''), 'a mention or a link of others').not.toMatch(/class="mention|href="[^"]*evil/);
}

/** What a person reads of blocks, drawn as the demo's page draws them: mrkdwn, mentions and emoji are taken as such. */
export function wordsOfBlocks(blocks: readonly unknown[]): string {
  const { text } = renderBlocks(blocks, reader);
  expectHarmless(text);
  expectUnmarked(JSON.stringify(blocks));
  return textOfHtml(text);
}

/** Nothing of how values are kept apart from Markdown comes through. */
function expectUnmarked(words: string): void {
  expect(words, 'marks of ours').not.toMatch(/[\uFDD0\uFDD1]|&#\d+;/);
}

/** The words of a message with its notification, where only `&`, `<` and `>` stand for something else. */
export function wordsOfMessage({ text, blocks }: Pick<SlackMessage, 'text' | 'blocks'>): string {
  expect(text, 'control in the notification').not.toMatch(/<[!@#h]/);
  return `${textOfHtml(text)}\n${wordsOfBlocks(blocks)}`;
}

export function wordsOfForm(view: SlackView, { workspace }: SlackServer): string {
  const { text } = renderModal(view, reader, workspace);
  expectHarmless(text);
  expectUnmarked(JSON.stringify(view.content));
  const fields = [...text.matchAll(/value="([^"]*)"/g)].map(([, value]) => value).join('\n');
  return textOfHtml(`${text}\n${fields}`);
}

/**
 * Wherever a hostile text turns up, it reads as it is, to its end or to where it is cut with `…`. `expected` have to turn
 * up: a surface that shows nothing proves nothing.
 */
export function expectTold(words: string, texts: readonly string[], expected: readonly string[]): void {
  for (const text of texts) {
    const mark = text.split(' ')[0]!;
    const clean = cleanText(text);
    const places = [...words.matchAll(new RegExp(mark, 'g'))].map(({ index }) => index);
    if (expected.includes(mark)) expect(places.length, `${mark} is told in:\n${words}`).toBeGreaterThan(0);
    for (const place of places) {
      const shown = words.slice(place, place + clean.length);
      if (shown === clean) continue;
      const same = commonStart(shown, clean);
      expect(
        `${same}${words.slice(place + same.length, place + same.length + 1)}`,
        words.slice(place, place + 300),
      ).toBe(`${same}…`);
    }
  }
}

function commonStart(left: string, right: string): string {
  let end = 0;
  while (end < left.length && left[end] === right[end]) end += 1;
  // What is cut ends with a whole letter, and blanks before the cut go.
  return left.slice(0, end);
}

/** What stands preformatted in the blocks of these messages, one after the other. */
export function jsonOf(messages: readonly Pick<SlackMessage, 'blocks'>[]): string {
  const parts = messages.flatMap(({ blocks }) =>
    (blocks as { elements?: { type: string }[] }[]).flatMap((block) => block.elements ?? []),
  );
  const texts = parts.filter(({ type }) => type === 'rich_text_preformatted') as unknown as {
    elements: { text: string }[];
  }[];
  return texts.flatMap(({ elements }) => elements.map(({ text }) => text)).join('');
}

/** Pictures come below an answer in their own time: who counts answers leaves them out. */
export function isPicture({ blocks }: Pick<SlackMessage, 'blocks'>): boolean {
  return JSON.stringify(blocks).includes('"slack_file"');
}
