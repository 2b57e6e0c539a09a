import { describe, expect, it } from 'vitest';
import type { Surface } from '../../../src/demo/slack/validate-blocks.ts';
import { blocksCost, validateBlocks, validateMessage } from '../../../src/demo/slack/validate-blocks.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const section = (text: string) => ({ type: 'section', text: mrkdwn(text) });
const divider = { type: 'divider' };
const button = (over: object = {}) => ({ type: 'button', text: plain('Go'), action_id: 'go', ...over });
const rich = (...elements: object[]) => ({ type: 'rich_text', elements });
const line = (...elements: object[]) => ({ type: 'rich_text_section', elements });
const words = (text: string, style?: object) => ({ type: 'text', text, ...(style ? { style } : {}) });
const bullets = (items: object[], over: object = {}) => ({
  type: 'rich_text_list',
  style: 'bullet',
  elements: items,
  ...over,
});
const raw = (text: string) => ({ type: 'raw_text', text });
const table = (rows: object[][], over: object = {}) => ({ type: 'table', rows, ...over });
const grid = (rows: number, columns: number, text = 'x') =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, () => raw(text)));
const image = { type: 'image', image_url: 'https://example.com/a.png', alt_text: 'a' };
const option = (value: string) => ({ text: plain(value), value });
const options = (count: number) => Array.from({ length: count }, (_, at) => option(`o${at}`));
const many = <T>(count: number, value: T) => Array.from({ length: count }, () => value);

describe('blocks that Slack takes', () => {
  it.each<[string, unknown[], Surface?]>([
    ['nothing', []],
    ['50 blocks', many(50, divider)],
    ['100 blocks on a home tab', many(100, divider), 'home'],
    ['a header of 150 characters', [{ type: 'header', text: plain('h'.repeat(150)) }]],
    ['150 emoji in a header, 300 UTF-16 units', [{ type: 'header', text: plain('🚀'.repeat(150)) }]],
    ['a section of 3,000 characters', [section('s'.repeat(3000))]],
    ['10 fields of 2,000', [{ type: 'section', fields: many(10, mrkdwn('f'.repeat(2000))) }]],
    ['a section with a button', [{ ...section('x'), accessory: button() }]],
    ['a section with an image', [{ ...section('x'), accessory: image }]],
    [
      '25 buttons',
      [{ type: 'actions', elements: Array.from({ length: 25 }, (_, at) => button({ action_id: `a${at}` })) }],
    ],
    [
      'a button with everything',
      [
        {
          type: 'actions',
          elements: [
            button({
              value: 'v'.repeat(2000),
              url: 'https://a.b',
              style: 'danger',
              accessibility_label: 'Go',
              confirm: { title: plain('t'), text: mrkdwn('x'), confirm: plain('y'), deny: plain('n') },
            }),
          ],
        },
      ],
    ],
    [
      'a select of 100',
      [{ type: 'actions', elements: [{ type: 'static_select', action_id: 's', options: options(100) }] }],
    ],
    ['an overflow of 5', [{ ...section('x'), accessory: { type: 'overflow', options: options(5) } }]],
    ['10 elements of context', [{ type: 'context', elements: [...many(9, mrkdwn('c')), image] }]],
    ['an image by url', [{ ...image, title: plain('t') }]],
    ['an image by file', [{ type: 'image', alt_text: 'a', slack_file: { id: 'F0123456789' } }]],
    [
      'rich text with every part',
      [
        rich(
          line(
            words('a', { bold: true, italic: true }),
            { type: 'link', url: 'https://a.b/c', text: 'c', style: { code: true } },
            { type: 'user', user_id: 'U0123' },
            { type: 'channel', channel_id: 'C0123' },
            { type: 'emoji', name: 'wave' },
            { type: 'date', timestamp: 1_790_000_000, format: '{date_short}', fallback: 'then' },
          ),
          bullets([line(words('one')), line(words('two'))], { indent: 1, border: 1 }),
          bullets([line(words('one'))], { style: 'ordered', offset: 3 }),
          { type: 'rich_text_quote', elements: [words('q')] },
          { type: 'rich_text_preformatted', elements: [words('p')], border: 0 },
        ),
      ],
    ],
    ['a table of 100 by 20', [table(grid(100, 20))]],
    [
      'a table with settings and all cells',
      [
        table(
          [
            [raw('h'), raw('n'), raw('r')],
            [raw('a'), { type: 'raw_number', value: 1.5, text: '1.5' }, rich(line(words('z')))],
          ],
          { column_settings: [{ align: 'right', is_wrapped: true }, null] },
        ),
      ],
    ],
    ['a data table', [{ type: 'data_table', caption: 'c', rows: grid(101, 2) }]],
    ['a markdown block of 12,000', [{ type: 'markdown', text: 'm'.repeat(12_000) }]],
    ['a card', [{ type: 'card', title: mrkdwn('t'), actions: [button()] }]],
    ['a container', [{ type: 'container', title: plain('t'), child_blocks: [divider, section('x')] }]],
    ['an alert in a modal', [{ type: 'alert', text: plain('t'), level: 'warning' }], 'modal'],
    [
      'an input in a modal',
      [{ type: 'input', label: plain('l'), element: { type: 'plain_text_input', multiline: true, max_length: 3000 } }],
      'modal',
    ],
    [
      'a date in an input',
      [{ type: 'input', label: plain('l'), element: { type: 'datepicker', initial_date: '2026-12-12' } }],
      'modal',
    ],
  ])('%s', (_name, blocks, surface) => {
    expect(validateBlocks(blocks, surface)).toEqual([]);
  });
});

describe('blocks that Slack refuses', () => {
  it.each<[string, unknown, string, string, Surface?]>([
    ['no array', { type: 'divider' }, '/blocks', 'invalid_type'],
    ['51 blocks', many(51, divider), '/blocks', 'too_many_items'],
    ['101 blocks on a home tab', many(101, divider), '/blocks', 'too_many_items', 'home'],
    ['a block that is null', [null], '/blocks/0', 'invalid_type'],
    ['no type', [{ text: plain('x') }], '/blocks/0', 'missing_field'],
    ['an unknown type', [{ type: 'sparkles' }], '/blocks/0/type', 'unsupported_type'],
    ['a type from the prototype', [{ type: 'constructor' }], '/blocks/0/type', 'unsupported_type'],
    ['an alert in a message', [{ type: 'alert', text: plain('t') }], '/blocks/0/type', 'unsupported_type'],
    ['markdown on a home tab', [{ type: 'markdown', text: 'x' }], '/blocks/0/type', 'unsupported_type', 'home'],
    ['a table in a modal', [table(grid(1, 1))], '/blocks/0/type', 'unsupported_type', 'modal'],
    ['a further property', [{ type: 'divider', colour: 'red' }], '/blocks/0', 'unknown_field'],
    ['a block_id of 256', [{ type: 'divider', block_id: 'b'.repeat(256) }], '/blocks/0/block_id', 'too_long'],
    ['one block_id twice', many(2, { type: 'divider', block_id: 'b' }), '/blocks/1/block_id', 'duplicate'],
    ['a header in mrkdwn', [{ type: 'header', text: mrkdwn('x') }], '/blocks/0/text/type', 'unsupported_type'],
    ['a header of 151', [{ type: 'header', text: plain('h'.repeat(151)) }], '/blocks/0/text/text', 'too_long'],
    ['an empty header', [{ type: 'header', text: plain('') }], '/blocks/0/text/text', 'too_short'],
    ['a header that is a string', [{ type: 'header', text: 'x' }], '/blocks/0/text', 'invalid_type'],
    ['a section of 3,001', [section('s'.repeat(3001))], '/blocks/0/text/text', 'too_long'],
    ['an empty section text', [section('')], '/blocks/0/text/text', 'too_short'],
    ['a section without text', [{ type: 'section' }], '/blocks/0', 'missing_field'],
    ['11 fields', [{ type: 'section', fields: many(11, mrkdwn('f')) }], '/blocks/0/fields', 'too_many_items'],
    [
      'a field of 2,001',
      [{ type: 'section', fields: [mrkdwn('f'.repeat(2001))] }],
      '/blocks/0/fields/0/text',
      'too_long',
    ],
    ['no actions', [{ type: 'actions', elements: [] }], '/blocks/0/elements', 'too_few_items'],
    [
      '26 buttons',
      [{ type: 'actions', elements: Array.from({ length: 26 }, (_, at) => button({ action_id: `${at}` })) }],
      '/blocks/0/elements',
      'too_many_items',
    ],
    [
      'a button of 76',
      [{ type: 'actions', elements: [button({ text: plain('b'.repeat(76)) })] }],
      '/blocks/0/elements/0/text/text',
      'too_long',
    ],
    [
      'a button value of 2,001',
      [{ type: 'actions', elements: [button({ value: 'v'.repeat(2001) })] }],
      '/blocks/0/elements/0/value',
      'too_long',
    ],
    [
      'a button url that runs a script',
      [{ type: 'actions', elements: [button({ url: 'javascript:alert(1)' })] }],
      '/blocks/0/elements/0/url',
      'invalid_format',
    ],
    [
      'a button style',
      [{ type: 'actions', elements: [button({ style: 'warning' })] }],
      '/blocks/0/elements/0/style',
      'invalid_value',
    ],
    [
      'a confirm title of 101',
      [{ type: 'actions', elements: [button({ confirm: { title: plain('t'.repeat(101)), text: plain('x') } })] }],
      '/blocks/0/elements/0/confirm/title/text',
      'too_long',
    ],
    [
      'one action_id twice',
      [{ type: 'actions', elements: [button(), button()] }],
      '/blocks/0/elements/1/action_id',
      'duplicate',
    ],
    [
      'a select of 101',
      [{ type: 'actions', elements: [{ type: 'static_select', options: options(101) }] }],
      '/blocks/0/elements/0/options',
      'too_many_items',
    ],
    [
      'a select without options',
      [{ type: 'actions', elements: [{ type: 'static_select' }] }],
      '/blocks/0/elements/0',
      'missing_field',
    ],
    [
      'an overflow of 6',
      [{ ...section('x'), accessory: { type: 'overflow', options: options(6) } }],
      '/blocks/0/accessory/options',
      'too_many_items',
    ],
    [
      'an option of 76',
      [{ ...section('x'), accessory: { type: 'overflow', options: [option('o'.repeat(76))] } }],
      '/blocks/0/accessory/options/0/text/text',
      'too_long',
    ],
    [
      'an input element as accessory',
      [{ ...section('x'), accessory: { type: 'plain_text_input' } }],
      '/blocks/0/accessory/type',
      'unsupported_type',
    ],
    [
      '11 elements of context',
      [{ type: 'context', elements: many(11, mrkdwn('c')) }],
      '/blocks/0/elements',
      'too_many_items',
    ],
    [
      'a button in context',
      [{ type: 'context', elements: [button()] }],
      '/blocks/0/elements/0/type',
      'unsupported_type',
    ],
    ['an image without alt text', [{ type: 'image', image_url: 'https://a.b/c.png' }], '/blocks/0', 'missing_field'],
    ['an image of nothing', [{ type: 'image', alt_text: 'a' }], '/blocks/0', 'missing_field'],
    ['an image of two things', [{ ...image, slack_file: { id: 'F0123456789' } }], '/blocks/0', 'missing_field'],
    [
      'an image from a data url',
      [{ ...image, image_url: 'data:image/png;base64,AAAA' }],
      '/blocks/0/image_url',
      'invalid_format',
    ],
    ['rich text without parts', [rich()], '/blocks/0/elements', 'too_few_items'],
    ['text straight in rich text', [rich(words('x'))], '/blocks/0/elements/0/type', 'unsupported_type'],
    ['an empty section of rich text', [rich(line())], '/blocks/0/elements/0/elements', 'too_few_items'],
    ['an empty text in rich text', [rich(line(words('')))], '/blocks/0/elements/0/elements/0/text', 'too_short'],
    [
      'a style that is no boolean',
      [rich(line(words('x', { bold: 'yes' })))],
      '/blocks/0/elements/0/elements/0/style/bold',
      'invalid_type',
    ],
    [
      'a style that does not exist',
      [rich(line(words('x', { blink: true })))],
      '/blocks/0/elements/0/elements/0/style',
      'unknown_field',
    ],
    [
      'a link to a script',
      [rich(line({ type: 'link', url: 'javascript:alert(1)' }))],
      '/blocks/0/elements/0/elements/0/url',
      'invalid_format',
    ],
    [
      'a link with an empty text',
      [rich(line({ type: 'link', url: 'https://a.b', text: '' }))],
      '/blocks/0/elements/0/elements/0/text',
      'too_short',
    ],
    [
      'a list in a list',
      [rich(bullets([bullets([line(words('x'))])]))],
      '/blocks/0/elements/0/elements/0/type',
      'unsupported_type',
    ],
    [
      'a list without style',
      [rich({ type: 'rich_text_list', elements: [line(words('x'))] })],
      '/blocks/0/elements/0',
      'missing_field',
    ],
    [
      'an indent of 9',
      [rich(bullets([line(words('x'))], { indent: 9 }))],
      '/blocks/0/elements/0/indent',
      'out_of_range',
    ],
    [
      'a mention in preformatted',
      [rich({ type: 'rich_text_preformatted', elements: [{ type: 'user', user_id: 'U1' }] })],
      '/blocks/0/elements/0/elements/0/type',
      'unsupported_type',
    ],
    [
      'a broadcast with another range',
      [rich(line({ type: 'broadcast', range: 'world' }))],
      '/blocks/0/elements/0/elements/0/range',
      'invalid_value',
    ],
    ['101 rows', [table(grid(101, 1))], '/blocks/0/rows', 'too_many_items'],
    ['21 columns', [table(grid(1, 21))], '/blocks/0/rows/0', 'too_many_items'],
    ['no rows', [table([])], '/blocks/0/rows', 'too_few_items'],
    ['an empty cell', [table([[raw('')]])], '/blocks/0/rows/0/0/text', 'too_short'],
    ['a ragged table', [table([[raw('a'), raw('b')], [raw('c')]])], '/blocks/0/rows/1', 'ragged_row'],
    ['mrkdwn in a cell', [table([[mrkdwn('x')]])], '/blocks/0/rows/0/0/type', 'unsupported_type'],
    ['two tables', [table(grid(1, 1)), table(grid(1, 1))], '/blocks/1', 'only_one_table_allowed'],
    ['10,001 characters in a table', [table(grid(1, 20, 'x'.repeat(501)))], '/blocks', 'too_long'],
    [
      '21 column settings',
      [table(grid(1, 1), { column_settings: many(21, {}) })],
      '/blocks/0/column_settings',
      'too_many_items',
    ],
    [
      'an alignment',
      [table(grid(1, 1), { column_settings: [{ align: 'justify' }] })],
      '/blocks/0/column_settings/0/align',
      'invalid_value',
    ],
    ['a data table without caption', [{ type: 'data_table', rows: grid(2, 1) }], '/blocks/0', 'missing_field'],
    [
      'a data table of one row',
      [{ type: 'data_table', caption: 'c', rows: grid(1, 1) }],
      '/blocks/0/rows',
      'too_few_items',
    ],
    [
      'rich text heading a data table',
      [{ type: 'data_table', caption: 'c', rows: [[rich(line(words('x')))], [raw('y')]] }],
      '/blocks/0/rows/0/0/type',
      'unsupported_type',
    ],
    ['12,001 of markdown', [{ type: 'markdown', text: 'm'.repeat(12_001) }], '/blocks/0/text', 'too_long'],
    ['12,001 of markdown together', many(3, { type: 'markdown', text: 'm'.repeat(4001) }), '/blocks', 'too_long'],
    ['an empty card', [{ type: 'card' }], '/blocks/0', 'missing_field'],
    [
      '11 children',
      [{ type: 'container', title: plain('t'), child_blocks: many(11, divider) }],
      '/blocks/0/child_blocks',
      'too_many_items',
    ],
    [
      'a container in a container',
      [
        {
          type: 'container',
          title: plain('t'),
          child_blocks: [{ type: 'container', title: plain('t'), child_blocks: [divider] }],
        },
      ],
      '/blocks/0/child_blocks/0/type',
      'unsupported_type',
    ],
    [
      'a date that is none',
      [{ type: 'input', label: plain('l'), element: { type: 'datepicker', initial_date: '31 Feb' } }],
      '/blocks/0/element/initial_date',
      'invalid_format',
      'modal',
    ],
  ])('%s', (_name, blocks, pointer, code, surface) => {
    expect(validateBlocks(blocks, surface).map((error) => [error.pointer, error.code])).toContainEqual([pointer, code]);
  });

  it('tells what it expected and what it got', () => {
    expect(validateBlocks([section('s'.repeat(3001))])).toEqual([
      {
        pointer: '/blocks/0/text/text',
        code: 'too_long',
        message: 'must be less than 3001 characters',
        constraint: { type: 'max_length', expected: 3000, got: 3001 },
      },
    ]);
  });
});

describe('messages', () => {
  it.each<[string, { text?: unknown; blocks?: unknown }, string | null]>([
    ['only text', { text: 'x' }, null],
    ['only blocks', { blocks: [divider] }, null],
    ['nothing', {}, 'no_text'],
    ['an empty text', { text: '', blocks: [] }, 'no_text'],
    ['4,001 characters of plain text', { text: 't'.repeat(4001) }, 'msg_too_long'],
    ['40,001 characters beside blocks', { text: 't'.repeat(40_001), blocks: [divider] }, 'msg_too_long'],
    ['blocks that are no array', { text: 'x', blocks: {} }, 'invalid_blocks_format'],
    ['blocks that Slack refuses', { text: 'x', blocks: [section('')] }, 'invalid_blocks'],
    ['too much in all', { text: 'x', blocks: many(4, section('s'.repeat(2950))) }, 'msg_blocks_too_long'],
    ['as much as goes in', { text: 'x', blocks: many(4, section('s'.repeat(2875))) }, null],
  ])('%s', (_name, message, error) => {
    expect(validateMessage(message).error).toBe(error);
  });

  it('counts text by code point and the containers of rich text', () => {
    expect(blocksCost([divider])).toBe(125);
    expect(blocksCost([section('🚀🚀')])).toBe(127);
    expect(blocksCost([rich(line(words('abc'), words('de')), bullets([line(words('f')), line(words('g'))]))])).toBe(
      5 * 125 + 7,
    );
    expect(blocksCost([table(grid(3, 3))])).toBe(125 + 9);
  });
});
