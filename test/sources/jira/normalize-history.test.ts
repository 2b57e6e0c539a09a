import { describe, expect, it } from 'vitest';
import type { Change } from '../../../src/core/model/change.ts';
import { inlineHistories, normalizeHistories } from '../../../src/sources/jira/normalize-history.ts';
import { fields } from './raw-issue.ts';

const created = '2026-01-05T10:00:00.000+0100';
const at = Date.parse('2026-01-05T09:00:00Z');
const entry = (...items: readonly unknown[]) => ({ id: '501', created, author: { accountId: '5b10' }, items });
const read = (...items: readonly unknown[]) => normalizeHistories([entry(...items)], fields, 'APO-1');

describe('descriptions', () => {
  it('are there or not, and their text goes no further', () => {
    const { value } = read(
      { field: 'description', fieldId: 'description', from: null, fromString: null, to: null, toString: 'secret' },
      { field: 'description', fieldId: 'description', from: null, fromString: 'secret', to: null, toString: 'other' },
      { field: 'description', fieldId: 'description', from: null, fromString: 'other', to: null, toString: ' ' },
    );
    expect(value).toMatchObject([
      { field: 'description', from: null, to: 'true', fromText: null, toText: null },
      { field: 'description', from: 'true', to: null, fromText: null, toText: null },
    ]);
    expect(JSON.stringify(value)).not.toContain('secret');
  });
});

describe('labels', () => {
  it('are a change for each that went or came, and none for those that stayed', () => {
    const { value } = read(
      { field: 'priority', from: '2', fromString: 'Critical', to: '3', toString: 'Major' },
      { field: 'labels', fieldId: 'labels', from: null, fromString: 'old both', to: null, toString: 'both new  newer' },
    );
    expect(value.map(({ field, part, from, to }) => [field, part, from, to])).toEqual([
      ['priority', 0, 'Critical', 'Major'],
      ['label', 2000, 'old', null],
      ['label', 2001, null, 'new'],
      ['label', 2002, null, 'newer'],
    ]);
  });
});

describe('one changed field', () => {
  it.each<[string, Readonly<Record<string, unknown>>, Pick<Change, 'field' | 'from' | 'to'>]>([
    [
      'status',
      { field: 'status', fieldId: 'status', from: '1', fromString: 'Open', to: '3', toString: 'In Progress' },
      { field: 'status', from: '1', to: '3' },
    ],
    [
      'status without fieldId, ids as numbers',
      { field: 'Status', from: 1, to: 3 },
      { field: 'status', from: '1', to: '3' },
    ],
    [
      'sprint',
      { field: 'Sprint', fieldId: 'customfield_10020', from: '76', to: '76, 79' },
      { field: 'sprint', from: '76', to: '76,79' },
    ],
    [
      'sprint left',
      { field: 'Sprint', from: '3', fromString: 'A', to: '', toString: '' },
      { field: 'sprint', from: '3', to: null },
    ],
    [
      'version added',
      { field: 'Fix Version', fieldId: 'fixVersions', from: null, to: '10192', toString: '0.2' },
      { field: 'fixVersion', from: null, to: '10192' },
    ],
    [
      'version removed',
      { field: 'Fix Version', from: '10192', fromString: '0.2', to: null },
      { field: 'fixVersion', from: '10192', to: null },
    ],
    [
      'component added',
      { field: 'Component', fieldId: 'components', to: '10127', toString: 'Utility' },
      { field: 'component', from: null, to: 'Utility' },
    ],
    [
      'affects version',
      { field: 'Version', to: '7', toString: '1.0' },
      { field: 'affectsVersion', from: null, to: '7' },
    ],
    [
      'due date',
      { field: 'duedate', from: '2011-01-14', fromString: '2011-01-14 00:00:00.0', to: null, toString: null },
      { field: 'dueOn', from: '2011-01-14', to: null },
    ],
    [
      'due date as text only',
      { field: 'duedate', from: null, to: null, toString: '2010-09-01 00:00:00.0' },
      { field: 'dueOn', from: null, to: '2010-09-01' },
    ],
    [
      'start date',
      {
        field: 'Start date',
        fieldId: 'customfield_10015',
        fieldtype: 'custom',
        to: '2026-02-02',
        toString: '2/Feb/26',
      },
      { field: 'startOn', from: null, to: '2026-02-02' },
    ],
    [
      'points',
      { field: 'Story Points', from: null, fromString: '8', to: null, toString: '13' },
      { field: 'points', from: '8', to: '13' },
    ],
    [
      'points with decimals',
      { field: 'Story Points', fromString: '5.0', toString: '0.50' },
      { field: 'points', from: '5', to: '0.5' },
    ],
    [
      'points of a team-managed project',
      { field: 'Story point estimate', fieldId: 'customfield_10016', fieldtype: 'custom', toString: '3' },
      { field: 'points', from: null, to: '3' },
    ],
    [
      'estimate',
      { field: 'timeestimate', from: '14400', to: '3600', toString: '3600' },
      { field: 'estimate', from: '14400', to: '3600' },
    ],
    [
      'assignee',
      { field: 'assignee', from: '5b10', fromString: 'A', to: null },
      { field: 'assignee', from: '5b10', to: null },
    ],
    ['parent', { field: 'Parent', to: '14752', toString: 'APO-171' }, { field: 'parent', from: null, to: 'APO-171' }],
    [
      'parent of new Cloud',
      { field: 'IssueParentAssociation', from: '10', fromString: 'APO-1', to: '11', toString: 'APO-2' },
      { field: 'parent', from: 'APO-1', to: 'APO-2' },
    ],
    [
      'epic link',
      { field: 'Epic Link', fieldId: 'customfield_10014', fieldtype: 'custom', to: '10', toString: 'APO-9' },
      { field: 'parent', from: null, to: 'APO-9' },
    ],
    [
      'key',
      { field: 'Key', from: null, fromString: 'OLD-126', to: null, toString: 'APO-563' },
      { field: 'key', from: 'OLD-126', to: 'APO-563' },
    ],
    [
      'type',
      { field: 'issuetype', from: '1', fromString: 'Bug', to: '3', toString: 'Task' },
      { field: 'type', from: 'Bug', to: 'Task' },
    ],
    [
      'resolution',
      { field: 'resolution', to: '1', toString: 'Fixed' },
      { field: 'resolution', from: null, to: 'Fixed' },
    ],
    [
      'priority',
      { field: 'priority', from: '3', fromString: 'Major', to: '1', toString: 'Blocker' },
      { field: 'priority', from: 'Major', to: 'Blocker' },
    ],
    ['summary', { field: 'summary', fromString: 'a', toString: 'b' }, { field: 'summary', from: 'a', to: 'b' }],
    [
      'flag raised',
      {
        field: 'Flagged',
        fieldId: 'customfield_10021',
        fieldtype: 'custom',
        from: '',
        to: '[10019]',
        toString: 'Impediment',
      },
      { field: 'flagged', from: null, to: 'true' },
    ],
    [
      'flag lowered',
      { field: 'Flagged', from: '[10019]', fromString: 'Impediment', to: '', toString: '' },
      { field: 'flagged', from: 'true', to: null },
    ],
    [
      'link added',
      { field: 'Link', to: 'HER-77', toString: 'This issue is blocked by HER-77' },
      { field: 'link', from: null, to: 'blocked-by:HER-77' },
    ],
    [
      'link removed, newer noun',
      { field: 'Link', fieldId: 'issuelinks', from: 'HER-77', fromString: 'This work item blocks HER-77' },
      { field: 'link', from: 'blocks:HER-77', to: null },
    ],
    [
      'link without id',
      { field: 'Link', toString: 'This issue depends on HER-78' },
      { field: 'link', from: null, to: 'blocked-by:HER-78' },
    ],
  ])('%s', (_, item, expected) => {
    const { value, setAside } = read(item);
    expect(value).toMatchObject([{ id: '501', part: 0, at, by: '5b10', ...expected }]);
    expect(setAside).toEqual([]);
  });
});

it('takes the project of a move from the keys beside it: the entry has only names', () => {
  const { value } = read(
    { field: 'project', from: '10132', fromString: 'Old', to: '10090', toString: 'Apollo' },
    { field: 'Key', fromString: 'OLD-126', toString: 'APO-563' },
  );
  expect(value.map(({ field, from, to, part }) => [field, from, to, part])).toEqual([
    ['project', 'OLD', 'APO', 0],
    ['key', 'OLD-126', 'APO-563', 1],
  ]);
});

it("does not take Object's toString for the text that an entry lacks", () => {
  const { value, setAside } = read({ field: 'resolution', from: '1', fromString: 'Fixed', to: null });
  expect(value).toMatchObject([{ from: 'Fixed', to: null, toText: null }]);
  expect(setAside).toEqual([]);
});

describe('instants', () => {
  it.each<[unknown, string]>([
    ['2026-01-05T10:00:00.000+0100', '2026-01-05T09:00:00Z'],
    ['2026-01-05T10:00:00Z', '2026-01-05T10:00:00Z'],
    ['2026-01-05T10:00:00.000+05:45', '2026-01-05T04:15:00Z'],
    [1_767_603_600_000, '2026-01-05T09:00:00Z'],
    ['1767603600000', '2026-01-05T09:00:00Z'],
    [1_767_603_600, '2026-01-05T09:00:00Z'],
  ])('%j', (raw, expected) => {
    const { value } = normalizeHistories([{ id: 1, created: raw, items: [{ field: 'status', to: '3' }] }], fields, 'x');
    expect(value).toMatchObject([{ id: '1', at: Date.parse(expected), by: null }]);
  });
});

describe('order', () => {
  it('is by instant, then by id as a number, then by place', () => {
    const status = { field: 'status', to: '3' };
    const histories = [
      { id: '10', created, items: [status] },
      { id: '9', created, items: [status, { field: 'Rank', to: 'x' }, status] },
      { id: '11', created: '2025-01-01T00:00:00Z', items: [status] },
    ];
    const { value } = normalizeHistories(histories, fields, 'x');
    expect(value.map((change) => `${change.id}.${change.part}`)).toEqual(['11.0', '9.0', '9.2', '10.0']);
  });

  it('holds for 10,000 entries', () => {
    const histories = Array.from({ length: 10_000 }, (_, index) => ({
      id: String(index),
      created: at + ((index * 7919) % 10_000),
      items: [{ field: 'status', to: '3' }],
    }));
    const { value } = normalizeHistories(histories, fields, 'x');
    expect(value).toHaveLength(10_000);
    expect(value.every((change, index) => index === 0 || change.at >= value[index - 1]!.at)).toBe(true);
  });
});

describe('what cannot be read is set aside, and only that', () => {
  it.each<[string, Readonly<Record<string, unknown>>, string]>([
    [
      'a status to nothing',
      { field: 'status', from: '1', to: null, toString: null },
      'expected a status id, found "1"',
    ],
    ['a status without its id', { field: 'status', toString: 'Done' }, 'expected a status id, found "Done"'],
    [
      'a day that does not exist',
      { field: 'duedate', to: '2026-02-29' },
      'expected a day that exists, found "2026-02-29"',
    ],
    [
      'points that are no number',
      { field: 'Story Points', toString: 'five' },
      'expected a number from 0 to 1,000,000, found "five"',
    ],
    ['negative points', { field: 'Story Points', toString: '-1' }, 'expected a number from 0 to 1,000,000, found "-1"'],
    [
      'sprint names for ids',
      { field: 'Sprint', to: 'Sprint 7', toString: 'Sprint 7' },
      'expected a list of sprint ids, found "Sprint 7"',
    ],
    [
      'a link to no key',
      { field: 'Link', toString: 'This issue is blocked by' },
      'expected a sentence that ends in a key, found "This issue is blocked by"',
    ],
    [
      'a move without keys',
      { field: 'project', from: '1', to: '2', toString: 'New' },
      'expected the old and new key beside it, found "New"',
    ],
    [
      'a parent that is no key',
      { field: 'Parent', to: '14752', toString: 'Summary of it' },
      'expected the key of an item, found "Summary of it"',
    ],
  ])('%s', (_, item, reason) => {
    const { value, setAside } = read(item, { field: 'summary', toString: 'kept' });
    expect(value).toMatchObject([{ field: 'summary', to: 'kept', part: 1 }]);
    expect(setAside).toEqual([{ entity: 'change', ref: expect.stringContaining('APO-1 history 501'), reason }]);
  });

  it.each<[string, unknown]>([
    ['without id', { created, items: [] }],
    ['without date', { id: '1', items: [] }],
    ['with a date of nonsense', { id: '1', created: 'soon', items: [] }],
    ['without items', { id: '1', created }],
    ['that is null', null],
  ])('an entry %s', (_, raw) => {
    const { value, setAside } = normalizeHistories([raw, entry({ field: 'status', to: '3' })], fields, 'APO-1');
    expect(value).toHaveLength(1);
    expect(setAside).toHaveLength(1);
  });

  it('nothing, where there is nothing to read', () => {
    const other = { field: 'Sprint', fieldId: 'customfield_10099', fieldtype: 'custom', to: 'x' };
    expect(read()).toEqual({ value: [], setAside: [] });
    expect(read(other, { field: 'Rank', to: 'x' }, {}, null, 7)).toEqual({ value: [], setAside: [] });
  });
});

it.each<[string, unknown, unknown]>([
  [
    'whole',
    { changelog: { startAt: 0, maxResults: 1, total: 1, histories: [1] } },
    { histories: [1], isComplete: true },
  ],
  [
    'cut',
    { changelog: { startAt: 0, maxResults: 40, total: 41, histories: [1] } },
    { histories: [1], isComplete: false },
  ],
  [
    'not from its beginning',
    { changelog: { startAt: 1, total: 1, histories: [1] } },
    { histories: [1], isComplete: false },
  ],
  ['missing', {}, null],
  ['null', { changelog: null }, null],
])('tells whether a history inside an issue is %s', (_, raw, expected) => {
  expect(inlineHistories(raw)).toEqual(expected);
});
