import { describe, expect, it } from 'vitest';
import type { WorkItem } from '../../../src/core/model/work-item.ts';
import { normalizeIssue, sprintsOfIssue } from '../../../src/sources/jira/normalize-issue.ts';
import { fields, rawIssue } from './raw-issue.ts';

const read = (over: Readonly<Record<string, unknown>>) => normalizeIssue(rawIssue(over), fields);
const at = (text: string) => Date.parse(text);

it('reads an issue of Cloud', () => {
  expect(
    normalizeIssue(
      rawIssue({
        customfield_10020: [{ id: 7, name: 'Sprint 7', state: 'active' }],
        customfield_10026: 5,
        timeestimate: 3600,
        customfield_10015: '2026-11-02',
        parent: { id: '1', key: 'APO-1' },
      }),
      fields,
    ),
  ).toEqual({
    value: {
      id: '10214',
      key: 'APO-214',
      projectKey: 'APO',
      summary: 'Pay by card',
      type: { name: 'Story', isSubtask: false, isEpic: false },
      createdAt: at('2026-01-05T09:00:00Z'),
      updatedAt: at('2026-11-20T08:30:00Z'),
      status: { id: '3', name: 'In Progress', category: 'indeterminate' },
      resolution: null,
      resolvedAt: null,
      assignee: '5b10',
      sprintIds: ['7'],
      fixVersionIds: ['20001'],
      affectsVersionIds: [],
      startOn: '2026-11-02',
      dueOn: '2026-12-12',
      points: 5,
      estimateSeconds: 3600,
      parentKey: 'APO-1',
      isFlagged: false,
      links: [],
      labels: ['payments'],
      components: ['Checkout'],
      priority: 'High',
    },
    setAside: [],
  });
});

it.each([
  ['not asked for', {}, undefined],
  ['none', { description: null }, false],
  ['blanks', { description: '  ' }, false],
  ['a text', { description: 'Pay by card' }, true],
  ['an empty document', { description: { type: 'doc', version: 1, content: [] } }, false],
  ['a document', { description: { type: 'doc', version: 1, content: [{ type: 'paragraph' }] } }, true],
])('knows of a description whether there is one: %s', (_, over, known) => {
  expect(read(over).value!.hasDescription).toBe(known);
});

it('reads an issue of Data Center: numbers as ids, users by key, sprints as texts, no hierarchy level', () => {
  const sprint =
    'com.atlassian.greenhopper.service.sprint.Sprint@41b017c6[rapidViewId=<null>,state=ACTIVE,name=A, [b],startDate=2013-06-12T13:43:27.425Z,endDate=2013-07-26T13:43:27.425Z,completeDate=<null>,id=3]';
  const { value, setAside } = normalizeIssue(
    rawIssue(
      {
        issuetype: { id: '6', name: 'Epic', subtask: false },
        assignee: { name: 'jdoe', key: 'JIRAUSER10100', displayName: 'J. Doe' },
        customfield_10020: [sprint],
        customfield_10021: [{ value: 'Impediment' }],
        customfield_10014: 'APO-9',
      },
      { id: 10214 },
    ),
    fields,
  );
  expect(value).toMatchObject({
    id: '10214',
    assignee: 'JIRAUSER10100',
    sprintIds: ['3'],
    isFlagged: true,
    parentKey: 'APO-9',
    type: { isEpic: true },
  });
  expect(setAside).toEqual([]);
});

describe('an issue that cannot be used is set aside whole', () => {
  it.each<[string, unknown, string, string]>([
    ['fields: null', { id: '1', key: 'APO-1', fields: null }, 'APO-1', 'expected fields, found null'],
    ['no fields', { id: '1', key: 'APO-1' }, 'APO-1', 'expected fields, found nothing'],
    ['no id', { key: 'APO-1', fields: {} }, 'APO-1', 'expected an issue with id and key, found an object'],
    ['no key', { id: '1', fields: {} }, '1', 'expected an issue with id and key, found an object'],
    [
      'a key that is none',
      rawIssue({}, { key: '../../x' }),
      '../../x',
      'expected a key such as APO-12, found "../../x"',
    ],
    [
      'no creation date',
      rawIssue({ created: undefined }),
      'APO-214',
      'expected a creation instant in `created`, found nothing',
    ],
    [
      'a creation date without zone',
      rawIssue({ created: '2026-03-29T02:30:00' }),
      'APO-214',
      'expected a creation instant in `created`, found "2026-03-29T02:30:00"',
    ],
    ['no issue at all', 'APO-1', '?', 'expected an issue with id and key, found "APO-1"'],
    ['a list', [[[]]], '?', 'expected an issue with id and key, found a list'],
  ])('%s', (_, raw, ref, reason) => {
    expect(normalizeIssue(raw, fields)).toEqual({ value: null, setAside: [{ entity: 'item', ref, reason }] });
  });
});

describe('an odd value is null and counted, and the item lives', () => {
  it.each<[string, unknown, Partial<WorkItem>, string]>([
    ['duedate', '2026-02-29', { dueOn: null }, 'expected a day that exists, found "2026-02-29"'],
    ['duedate', 20_261_212, { dueOn: null }, 'expected a day that exists, found 20261212'],
    ['customfield_10026', 'NaN', { points: null }, 'expected a number from 0 to 1,000,000, found "NaN"'],
    ['customfield_10026', -1, { points: null }, 'expected a number from 0 to 1,000,000, found -1'],
    ['customfield_10026', 1e9, { points: null }, 'expected a number from 0 to 1,000,000, found 1000000000'],
    ['customfield_10026', { value: 'L' }, { points: null }, 'expected a number from 0 to 1,000,000, found an object'],
    ['timeestimate', 2 ** 53, { estimateSeconds: null }, 'expected whole seconds below 2^53, found 9007199254740992'],
    ['timeestimate', -60, { estimateSeconds: null }, 'expected whole seconds below 2^53, found -60'],
    ['status', { name: 'Lost' }, { status: null }, 'expected a status, found an object'],
    ['summary', 42, { summary: '' }, 'expected a text, found 42'],
    ['assignee', { displayName: 'Former user' }, { assignee: null }, 'expected a person with an id, found an object'],
    ['resolutiondate', 'yesterday', { resolvedAt: null }, 'expected an instant, found "yesterday"'],
    ['updated', 'never', { updatedAt: at('2026-01-05T09:00:00Z') }, 'expected an instant, found "never"'],
    [
      'issuetype',
      null,
      { type: { name: 'Unknown', isSubtask: false, isEpic: false } },
      'expected a type with a name, found null',
    ],
    ['fixVersions', [{ name: 'no id' }], { fixVersionIds: [] }, 'expected a version with an id, found an object'],
    ['parent', { key: 'APO-214' }, { parentKey: null }, 'expected another item, found "APO-214"'],
    ['parent', { id: '9' }, { parentKey: null }, 'expected the key of another item, found an object'],
  ])('%s: %j', (field, raw, expected, reason) => {
    const { value, setAside } = read({ [field]: raw });
    expect(value).toMatchObject({ key: 'APO-214', ...expected });
    expect(setAside).toEqual([{ entity: 'item', ref: expect.stringMatching(/^APO-214 /), reason }]);
  });
});

describe('what is unusual but right is read to its exact value', () => {
  const zwj = '👩‍👩‍👧‍👦'.repeat(255);
  it.each<[string, Readonly<Record<string, unknown>>, Partial<WorkItem>]>([
    ['status null', { status: null }, { status: null }],
    [
      'a status of an unknown category',
      { status: { id: '9', name: 'Waiting', statusCategory: { key: 'undefined' } } },
      { status: { id: '9', name: 'Waiting', category: 'unknown' } },
    ],
    [
      'a category named like a method',
      { status: { id: '9', name: 'W', statusCategory: { key: 'toString' } } },
      { status: { id: '9', name: 'W', category: 'unknown' } },
    ],
    [
      'a status without category',
      { status: { id: '9', name: 'W' } },
      { status: { id: '9', name: 'W', category: 'unknown' } },
    ],
    ['assignee null', { assignee: null }, { assignee: null }],
    ['a deleted user', { assignee: { accountId: 'unknown', displayName: 'Former user' } }, { assignee: 'unknown' }],
    ['a user with hidden e-mail', { assignee: { accountId: '5b10', emailAddress: null } }, { assignee: '5b10' }],
    ['summary ""', { summary: '' }, { summary: '' }],
    ['summary null', { summary: null }, { summary: '' }],
    ['255 ZWJ emoji', { summary: zwj }, { summary: zwj }],
    ['right-to-left override', { summary: 'a\u202Eb' }, { summary: 'a\u202Eb' }],
    ['points "5"', { customfield_10026: '5' }, { points: 5 }],
    ['points 0.5', { customfield_10026: 0.5 }, { points: 0.5 }],
    ['points 0', { customfield_10026: 0 }, { points: 0 }],
    ['points of a team-managed project', { customfield_10016: 3, customfield_10026: null }, { points: 3 }],
    ['29 February of a leap year', { duedate: '2028-02-29' }, { dueOn: '2028-02-29' }],
    ['created at the epoch', { created: '1970-01-01T00:00:00.000+0000' }, { createdAt: 0 }],
    ['created at the epoch, as a number', { created: 0 }, { createdAt: 0 }],
    ['created in year 1', { created: '0001-01-01T00:00:00.000+0000' }, { createdAt: -62_135_596_800_000 }],
    ['created in year 9999', { created: '9999-12-31T23:59:59.999Z' }, { createdAt: 253_402_300_799_999 }],
    ['+05:45', { created: '2026-01-05T10:00:00.000+05:45' }, { createdAt: at('2026-01-05T04:15:00Z') }],
    ['+0000', { created: '2026-01-05T10:00:00.000+0000' }, { createdAt: at('2026-01-05T10:00:00Z') }],
    ['a leap second', { created: '2016-12-31T23:59:60.000+0000' }, { createdAt: at('2016-12-31T23:59:59Z') }],
    ['epoch milliseconds', { created: 1_767_603_600_000 }, { createdAt: 1_767_603_600_000 }],
    ['no `updated`', { updated: undefined }, { updatedAt: at('2026-01-05T09:00:00Z') }],
    [
      'a subtask with its parent elsewhere',
      { issuetype: { name: 'Sub-task', subtask: true }, parent: { key: 'HER-1' } },
      { type: { name: 'Sub-task', isSubtask: true, isEpic: false }, parentKey: 'HER-1' },
    ],
    [
      'a resolution on an open item',
      { resolution: { id: '1', name: 'Done' } },
      { resolution: 'Done', status: { id: '3', name: 'In Progress', category: 'indeterminate' } },
    ],
    [
      'the original estimate where nothing remains to be told',
      { timeoriginalestimate: 7200 },
      { estimateSeconds: 7200 },
    ],
    ['labels that are no texts', { labels: ['a', 1, null] }, { labels: ['a'] }],
    [
      'lists that are null',
      { fixVersions: null, versions: null, components: null, issuelinks: null, labels: null },
      { fixVersionIds: [], components: [], links: [], labels: [] },
    ],
  ])('%s', (_, over, expected) => {
    const { value, setAside } = read(over);
    expect(value).toMatchObject(expected);
    expect(setAside).toEqual([]);
  });
});

describe('links', () => {
  const blocks = { name: 'Blocks', inward: 'is blocked by', outward: 'blocks' };
  const link = (type: unknown, end: 'inwardIssue' | 'outwardIssue', key: string) => ({
    id: '1',
    type,
    [end]: { id: '2', key },
  });
  it.each<[string, readonly unknown[], WorkItem['links']]>([
    [
      'both directions',
      [link(blocks, 'inwardIssue', 'HER-77'), link(blocks, 'outwardIssue', 'HER-78')],
      [
        { kind: 'blocked-by', key: 'HER-77' },
        { kind: 'blocks', key: 'HER-78' },
      ],
    ],
    [
      'A blocks B blocks A',
      [link(blocks, 'inwardIssue', 'HER-77'), link(blocks, 'outwardIssue', 'HER-77')],
      [
        { kind: 'blocked-by', key: 'HER-77' },
        { kind: 'blocks', key: 'HER-77' },
      ],
    ],
    ['itself', [link(blocks, 'inwardIssue', 'APO-214')], []],
    ['an issue that we may not see', [{ id: '1', type: blocks }], []],
    ['no type', [link(null, 'inwardIssue', 'HER-1')], [{ kind: 'relates', key: 'HER-1' }]],
    [
      'told twice',
      [link(blocks, 'inwardIssue', 'HER-77'), link(blocks, 'inwardIssue', 'HER-77')],
      [{ kind: 'blocked-by', key: 'HER-77' }],
    ],
    ['nonsense', [null, 'x', 7, { type: blocks, inwardIssue: { key: 'no key' } }], []],
  ])('%s', (_, issuelinks, expected) => {
    expect(read({ issuelinks }).value?.links).toEqual(expected);
  });

  it('reads 5,000 of them', () => {
    const issuelinks = Array.from({ length: 5_000 }, (_, index) => link(blocks, 'inwardIssue', `HER-${index + 1}`));
    expect(read({ issuelinks }).value?.links).toHaveLength(5_000);
  });

  it.each([
    ['is blocked by', 'blocked-by'],
    ['depends on', 'blocked-by'],
    ['has to be done after', 'blocked-by'],
    ['blocks', 'blocks'],
    ['required by', 'blocks'],
    ['is dependent of', 'blocks'],
    ['duplicates', 'duplicates'],
    ['is duplicated by', 'relates'],
    ['clones', 'relates'],
  ])('"%s" is %s', (outward, kind) => {
    expect(read({ issuelinks: [link({ outward, inward: 'x' }, 'outwardIssue', 'HER-1')] }).value?.links).toEqual([
      { kind, key: 'HER-1' },
    ]);
  });
});

it('is not disturbed by a huge description or by keys that look like prototypes', () => {
  let adf: unknown = { type: 'text', text: 'x'.repeat(1_000_000) };
  for (let depth = 0; depth < 10_000; depth++) adf = { type: 'no-such-node', content: [adf] };
  const raw = rawIssue({ description: adf });
  const poisoned = JSON.parse(
    `{"id":"1","key":"APO-1","fields":{"__proto__":{"duedate":"2026-01-01","isAdmin":true},"constructor":null,"created":"2026-01-05T10:00:00Z","issuetype":{"name":"Bug"},"summary":"s"}}`,
  ) as unknown;
  expect(normalizeIssue(raw, fields).setAside).toEqual([]);
  expect(normalizeIssue(poisoned, fields).value).toMatchObject({ key: 'APO-1', dueOn: null });
  expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
});

describe('the sprints that an issue names', () => {
  it('come once each, with what is wrong with them', () => {
    const good = {
      id: 7,
      name: 'Sprint 7',
      state: 'closed',
      startDate: '2026-01-05T09:00:00.000Z',
      endDate: '2026-01-16T17:00:00.000Z',
    };
    const raw = rawIssue({ customfield_10020: [good, { ...good, boardId: 3 }, { name: 'no id' }, null] });
    const { value, setAside } = sprintsOfIssue(raw, fields);
    expect(value).toMatchObject([{ id: '7', state: 'closed', completedAt: null, boardId: '3' }]);
    expect(setAside.map((one) => one.entity)).toEqual(['sprint', 'sprint']);
  });
});
