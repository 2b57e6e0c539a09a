import { describe, expect, it } from 'vitest';
import type { Reader } from '../../../src/demo/page/reader.ts';
import { formatDay, formatTokens } from '../../../src/demo/page/reader.ts';
import { renderBlocks } from '../../../src/demo/page/render-blocks.ts';
import { renderMrkdwn } from '../../../src/demo/page/render-mrkdwn.ts';

/** 2026-11-24T08:30:00Z */
const now = Date.UTC(2026, 10, 24, 8, 30);
const reader = (over: Partial<Reader> = {}): Reader => ({
  id: 'U1',
  locale: 'en-GB',
  tz: 'Europe/Paris',
  now,
  userName: (id) => ({ U0SAM: 'Sam Lee' })[id] ?? id,
  channelName: (id) => ({ C0APOLLO: 'apollo' })[id] ?? id,
  ...over,
});

/** Markup without the blanks and line breaks between its elements. */
const compact = (text: string) => text.replace(/\s*\n\s*/g, '').replace(/> +</g, '><');
const link = (url: string, text: string) => `<a href="${url}" target="_blank" rel="noopener noreferrer">${text}</a>`;

describe('mrkdwn', () => {
  it.each([
    ['plain', 'plain'],
    ['*bold* and _italic_ and ~gone~', '<strong>bold</strong> and <em>italic</em> and <del>gone</del>'],
    ['*bold _and italic_*', '<strong>bold <em>and italic</em></strong>'],
    ['2*3*4 snake_case_name a~b~c', '2*3*4 snake_case_name a~b~c'],
    ['* not bold *', '* not bold *'],
    ['`*code*`', '<code>*code*</code>'],
    ['```a < b\n*c*```', '<pre>a &lt; b\n*c*</pre>'],
    ['one\ntwo', 'one<br>two'],
    ['&gt; quoted\n> too\nnot', '<blockquote>quoted<br>too</blockquote>not'],
    ['<https://a.b/c?d=1&amp;e=2|label>', link('https://a.b/c?d=1&amp;e=2', 'label')],
    ['see https://a.b/c.', 'see ' + link('https://a.b/c.', 'https://a.b/c.')],
    ['<javascript:alert(1)|x>', '&lt;javascript:alert(1)|x&gt;'],
    ['<@U0SAM> in <#C0APOLLO>', '<span class="mention">@Sam Lee</span> in <span class="mention">#apollo</span>'],
    ['<!channel>', '<span class="mention broadcast">@channel</span>'],
    ['<!date^1795509000^{date_short} {time}|then>', '<time>24 Nov 2026 09:30</time>'],
    [':tada: :unheard_of:', '🎉 :unheard_of:'],
    ['&lt;script&gt; & "quotes"', '&lt;script&gt; &amp; &quot;quotes&quot;'],
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
  ])('%j', (text, markup) => {
    expect(renderMrkdwn(text, reader()).text).toBe(markup);
  });
});

describe('blocks', () => {
  const rich = (...elements: object[]) => ({ type: 'rich_text', elements });
  const words = (text: string, style?: object) => ({ type: 'text', text, ...(style ? { style } : {}) });
  it.each<[string, object, string]>([
    [
      'plain text is no mrkdwn',
      { type: 'header', text: { type: 'plain_text', text: '*a* <b>' } },
      '<h3 class="b-header">*a* &lt;b&gt;</h3>',
    ],
    [
      'styles',
      rich({
        type: 'rich_text_section',
        elements: [words('a', { bold: true, italic: true }), words('<i>', { code: true })],
      }),
      '<em><strong>a</strong></em><code>&lt;i&gt;</code>',
    ],
    [
      'a link to a script is text',
      rich({ type: 'rich_text_section', elements: [{ type: 'link', url: 'javascript:alert(1)', text: 'x' }] }),
      '>x</div>',
    ],
    [
      'a numbered list that goes on',
      rich({
        type: 'rich_text_list',
        style: 'ordered',
        offset: 2,
        elements: [{ type: 'rich_text_section', elements: [words('c')] }],
      }),
      '<ol class="rt-list indent-0" start="3" type="1"><li>c</li></ol>',
    ],
    [
      'a deeper list',
      rich({
        type: 'rich_text_list',
        style: 'bullet',
        indent: 1,
        elements: [{ type: 'rich_text_section', elements: [words('c')] }],
      }),
      '<ul class="rt-list indent-1"><li>c</li></ul>',
    ],
    [
      'a quote and code',
      rich(
        { type: 'rich_text_quote', elements: [words('q')] },
        { type: 'rich_text_preformatted', elements: [words('p\n p')] },
      ),
      '<blockquote>q</blockquote>',
    ],
    [
      'a table',
      {
        type: 'table',
        column_settings: [null, { align: 'right' }],
        rows: [
          [
            { type: 'raw_text', text: 'h' },
            { type: 'raw_text', text: 'n' },
          ],
          [
            { type: 'raw_text', text: 'a' },
            { type: 'raw_number', value: 5, text: '5' },
          ],
        ],
      },
      '<tbody><tr><td class="">a</td><td class="align-right">5</td></tr></tbody>',
    ],
    [
      'a button',
      {
        type: 'actions',
        elements: [
          { type: 'button', action_id: 'ack', style: 'primary', text: { type: 'plain_text', text: 'Yes & no' } },
        ],
      },
      '<button type="button" class="b-button primary" data-action="ack" >Yes &amp; no</button>',
    ],
    [
      'a button that leads elsewhere',
      {
        type: 'actions',
        elements: [{ type: 'button', action_id: 'go', url: 'https://a.b', text: { type: 'plain_text', text: 'Go' } }],
      },
      '<a class="b-button" href="https://a.b"',
    ],
    [
      'what an attribute holds',
      {
        type: 'actions',
        elements: [{ type: 'button', action_id: '"><script>', text: { type: 'plain_text', text: 'x' } }],
      },
      'data-action="&quot;&gt;&lt;script&gt;"',
    ],
    [
      'a picture from elsewhere is told',
      { type: 'image', image_url: 'https://a.b/c.png', alt_text: 'burn-up' },
      'aria-label="burn-up"',
    ],
    [
      'an uploaded picture: itself, from here, with its words',
      { type: 'image', slack_file: { id: 'F0000001' }, alt_text: 'burn-up "1.4" <b>' },
      '<img class="block-image" src="/files/F0000001.png" alt="burn-up &quot;1.4&quot; &lt;b&gt;" />',
    ],
    ['a kind that it does not know', { type: 'video' }, '[video]'],
  ])('%s', (_name, block, markup) => {
    expect(compact(renderBlocks([block], reader()).text)).toContain(markup);
  });

  it('loads nothing from elsewhere', () => {
    const blocks = [{ type: 'image', image_url: 'https://a.b/c.png', alt_text: 'x' }];
    expect(renderBlocks(blocks, reader()).text).not.toMatch(/src=|https:/);
  });
});

describe('days', () => {
  const french = { locale: 'fr-FR' };
  it.each([
    [now, {}, 'Today'],
    [now - 86_400_000, {}, 'Yesterday'],
    [now - 86_400_000, french, 'Hier'],
    [Date.UTC(2026, 10, 16, 8), {}, 'Monday 16 November'],
    [Date.UTC(2026, 10, 16, 8), french, 'Lundi 16 novembre'],
    [Date.UTC(2025, 10, 16, 8), french, 'Dimanche 16 novembre 2025'],
    // 23:30 in London is the next day in Paris.
    [Date.UTC(2026, 10, 23, 23, 30), {}, 'Today'],
    [Date.UTC(2026, 10, 23, 23, 30), { tz: 'Europe/London' }, 'Yesterday'],
  ])('%i %j', (at, over, text) => {
    expect(formatDay(at, reader(over)).replace(',', '')).toBe(text);
  });

  it.each([
    ['{date_num}', '2026-11-24'],
    ['{date_short_pretty} {time}', 'Today 09:30'],
    ['{date_long}', 'Tuesday 24 November 2026'],
    ['{unheard_of}', '{unheard_of}'],
  ])('%s', (format, text) => {
    expect(formatTokens(now / 1000, format, reader()).replace(',', '')).toBe(text);
  });
});
