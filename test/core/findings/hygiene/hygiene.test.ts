import { describe, expect, it } from 'vitest';
import { checkHygiene } from '../../../../src/core/findings/hygiene/check-hygiene.ts';
import type { HygieneLine } from '../../../../src/core/findings/hygiene/check-hygiene.ts';
import { hygieneIds } from '../../../../src/core/findings/hygiene/hygiene-rule.ts';
import type { HygieneId } from '../../../../src/core/findings/hygiene/hygiene-rule.ts';
import type { ProjectHistory } from '../../../../src/core/model/project.ts';
import { aSprint, aVersion, at, settings, statuses, types } from '../../../builders.ts';
import { anOpenItem, aTeam, inputAt, seen } from '../rule-rig.ts';

const { doing, done, toDo } = statuses;
/** In progress since the Friday before the rig's Monday. */
const friday: readonly [string, typeof doing] = ['2026-05-22T08:00:00Z', doing];

function lineOf(rule: HygieneId, parts: Partial<ProjectHistory>): HygieneLine {
  return checkHygiene(inputAt(parts)).lines.find((line) => line.rule === rule)!;
}

const running = (id: string) => [
  {
    at: at('2026-05-18'),
    value: aSprint({ id, name: `Sprint ${id}`, activatedAt: at('2026-05-18'), startAt: at('2026-05-18') }),
  },
];
const flagged = { isFlagged: true, updatedAt: at('2026-05-11') };
const estimating = aTeam().map((past) => ({ ...past, item: { ...past.item, points: 3 } }));
const blocks = (key: string) => [{ kind: 'blocked-by' as const, key }];

/** Each rule with a project that breaks it, and the keys that are to be looked at. */
const breaches: readonly (readonly [HygieneId, Partial<ProjectHistory>, readonly string[]])[] = [
  ['H01', { items: [anOpenItem('APO-1', [['2026-05-20T08:00:00Z', doing]], { assignee: null })] }, ['APO-1']],
  ['H02', { items: [anOpenItem('APO-1', [['2026-05-11T08:00:00Z', doing]])] }, ['APO-1']],
  ['H03', { items: [anOpenItem('APO-1', [], { dueOn: '2026-05-22' })] }, ['APO-1']],
  ['H04', { items: [...estimating, anOpenItem('APO-1', [friday])] }, ['APO-1']],
  [
    'H05',
    { items: [...estimating, anOpenItem('APO-1', [], { sprintIds: ['7'] })], sprints: [running('7')] },
    ['APO-1'],
  ],
  ['H06', { items: [anOpenItem('APO-1', [friday], { type: types.epic })] }, ['APO-1']],
  [
    'H07',
    {
      items: [
        anOpenItem('APO-1', [], { dueOn: '2026-06-30', parentKey: 'APO-2' }),
        anOpenItem('APO-2', [], { dueOn: '2026-06-15' }),
        anOpenItem('APO-3', [], { dueOn: '2026-06-15', parentKey: 'APO-2' }),
      ],
    },
    ['APO-1'],
  ],
  [
    'H08',
    {
      items: [anOpenItem('APO-1', [], { fixVersionIds: ['900'] })],
      versions: [seen(['2026-01-05', aVersion({ releaseOn: '2026-05-15' })])],
    },
    ['APO-1'],
  ],
  [
    'H09',
    {
      items: [
        anOpenItem('APO-1', [friday]),
        anOpenItem('APO-2', [friday, ['2026-05-22T10:00:00Z', done]], { parentKey: 'APO-1' }),
        anOpenItem('APO-3', [friday, ['2026-05-22T10:00:00Z', done]]),
        anOpenItem('APO-4', [friday], { parentKey: 'APO-3', type: types.subtask }),
      ],
    },
    ['APO-1', 'APO-3', 'APO-4'],
  ],
  ['H10', { items: [anOpenItem('APO-1', [friday], flagged)] }, ['APO-1']],
  [
    'H11',
    {
      items: [
        anOpenItem('APO-1', [friday], { ...flagged, links: blocks('APO-2') }),
        anOpenItem('APO-2', [['2026-05-12T08:00:00Z', done]]),
        anOpenItem('APO-3', [], { links: blocks('APO-2') }),
        anOpenItem('APO-4', [], { links: [...blocks('APO-2'), ...blocks('APO-5')] }),
        anOpenItem('APO-5', []),
      ],
    },
    ['APO-1', 'APO-2', 'APO-3'],
  ],
  [
    'H12',
    {
      items: [
        anOpenItem('APO-1', [], { links: blocks('APO-2') }),
        anOpenItem('APO-2', [], { links: blocks('APO-1') }),
        anOpenItem('APO-3', [], { links: blocks('APO-1') }),
      ],
    },
    ['APO-1', 'APO-2'],
  ],
  [
    'H13',
    {
      items: [
        anOpenItem('APO-1', [], { dueOn: '2026-06-01', links: blocks('APO-2') }),
        anOpenItem('APO-2', [], { dueOn: '2026-06-30' }),
      ],
    },
    ['APO-1', 'APO-2'],
  ],
  [
    'H15',
    {
      settings: settings({ sprintReasons: ['Urgent'] }),
      sprints: [running('7')],
      items: [
        anOpenItem('APO-1', [], { sprintIds: ['7'], createdAt: at('2026-05-20') }),
        anOpenItem('APO-2', [], { sprintIds: ['7'], createdAt: at('2026-05-20'), labels: ['urgent'] }),
        anOpenItem('APO-3', [], { sprintIds: ['7'] }),
      ],
    },
    ['APO-1'],
  ],
  [
    'H16',
    {
      items: [
        anOpenItem('APO-1', [['2026-05-20T08:00:00Z', done]]),
        anOpenItem('APO-2', [['2026-01-20T08:00:00Z', done]]),
      ],
    },
    ['APO-1'],
  ],
  [
    'H17',
    {
      items: [
        anOpenItem('APO-1', [
          ['2026-05-20T08:00:00Z', doing],
          ['2026-05-21T08:00:00Z', toDo],
        ]),
      ],
    },
    ['APO-1'],
  ],
  [
    'H24',
    {
      items: ['Highest', 'highest', 'Low'].map((priority, index) => anOpenItem(`APO-${index + 1}`, [], { priority })),
    },
    ['APO-1', 'APO-2'],
  ],
  [
    'H25',
    { items: [anOpenItem('APO-1', [], { sprintIds: ['7', '8'] })], sprints: [running('7'), running('8')] },
    ['APO-1'],
  ],
  [
    'H26',
    {
      items: [
        anOpenItem('APO-1', [friday], { hasDescription: false }),
        anOpenItem('APO-2', [friday], { hasDescription: true }),
        anOpenItem('APO-3', [friday]),
        anOpenItem('APO-4', [], { hasDescription: false }),
      ],
    },
    ['APO-1'],
  ],
  [
    'H27',
    {
      items: [
        anOpenItem('APO-1', [], { summary: 'Pay by card, twice' }),
        anOpenItem('APO-2', [], { summary: 'pay by  card twice!', type: { ...types.story, name: 'Bug' } }),
        anOpenItem('APO-4', [], { summary: 'Pay by card twice', type: types.epic }),
        anOpenItem('APO-3', [], { summary: 'Pay by card once' }),
      ],
    },
    ['APO-1', 'APO-2'],
  ],
];

describe('a rule', () => {
  it.each(breaches)('%s finds its breach, and nothing else', (rule, parts, keys) => {
    const line = lineOf(rule, parts);
    expect(line).toMatchObject({ state: 'checked', reason: null });
    expect(line.count).toBeGreaterThan(0);
    expect(line.evidence.toSorted()).toEqual(keys);
  });

  it.each(breaches)('%s is silent and not counted when it is switched off', (rule, parts) => {
    const input = inputAt(parts);
    const off = { ...input, thresholds: { ...input.thresholds, hygiene: { ...input.thresholds.hygiene, [rule]: 0 } } };
    expect(checkHygiene(off).lines.find((line) => line.rule === rule)).toMatchObject({
      state: 'off',
      count: null,
      evidence: [],
    });
  });

  it('H17 sees what a bot moved back, although that is no sign of work', () => {
    const item = anOpenItem('APO-1', [
      ['2026-05-04T08:00:00Z', doing],
      ['2026-05-21T08:00:00Z', toDo],
    ]);
    const items = [{ ...item, changes: item.changes.map((change) => ({ ...change, by: 'robot' })) }];
    expect(lineOf('H17', { items, settings: settings({ bots: ['robot'] }) })).toMatchObject({ evidence: ['APO-1'] });
  });

  it.each([
    ['of Linear', ['Urgent', 'Urgent', 'High', 'Low'], ['APO-1', 'APO-2']],
    ['of Azure DevOps', ['Critical', 'Critical', 'High', 'Medium'], ['APO-1', 'APO-2']],
    ['of old Jira, in which Critical is the second', ['Critical', 'Critical', 'Major', 'Minor'], []],
    ['of new Jira', ['Highest', 'Highest', 'High', 'Low'], ['APO-1', 'APO-2']],
  ])('H24 knows the scheme %s', (_, priorities, keys) => {
    const items = priorities.map((priority, index) => anOpenItem(`APO-${index + 1}`, [], { priority }));
    expect(lineOf('H24', { items })).toMatchObject({ state: 'checked', evidence: keys });
  });

  it('H24 does not judge a scheme that it does not know', () => {
    const items = ['P1', 'P1', 'P2'].map((priority, index) => anOpenItem(`APO-${index + 1}`, [], { priority }));
    expect(lineOf('H24', { items })).toMatchObject({
      state: 'notApplicable',
      reason: 'unknownPriorities',
      count: null,
    });
  });

  it('that cannot see anything says so, and counts nothing', () => {
    const { lines } = checkHygiene(inputAt({ items: [{ ...anOpenItem('APO-1', [friday]), isComplete: false }] }));
    const states = Object.fromEntries(lines.map(({ rule, state, reason, count }) => [rule, [state, reason, count]]));
    expect(states).toMatchObject({
      H01: ['notCollected', 'noHistory', null],
      H02: ['notCollected', 'noHistory', null],
      H03: ['notApplicable', 'noDueDates', null],
      H05: ['notApplicable', 'noRunningSprint', null],
      H12: ['notApplicable', 'noLinks', null],
      H15: ['notApplicable', 'noRunningSprint', null],
      H18: ['notCollected', 'noWorklogs', null],
      H19: ['notCollected', 'noChanges', null],
      H21: ['notCollected', 'noIncidents', null],
      H22: ['notApplicable', 'noDeciders', null],
      H23: ['notApplicable', 'noDeciders', null],
      H24: ['notCollected', 'noPriority', null],
      H26: ['notCollected', 'noDescriptions', null],
      H29: ['notApplicable', 'noPromises', null],
    });
    for (const { state, count, reason } of lines) expect((count === null) === (reason !== null)).toBe(state !== 'off');
  });
});

describe('the score', () => {
  const clean = Array.from({ length: 3 }, (_, index) => anOpenItem(`APO-${index + 10}`, []));

  it('is the share of open items in order, the heaviest finding of each counting', () => {
    const items = [...clean, anOpenItem('APO-1', [], { dueOn: '2026-05-22' })];
    expect(checkHygiene(inputAt({ items }))).toMatchObject({ score: 0.75, openItems: 4, cleanItems: 3 });
    const light = [
      ...clean,
      anOpenItem('APO-1', [
        ['2026-05-21T08:00:00Z', doing],
        ['2026-05-22T08:00:00Z', toDo],
      ]),
    ];
    expect(checkHygiene(inputAt({ items: light })).score).toBeCloseTo(1 - 1 / 3 / 4, 12);
  });

  it('is unknown without open items', () => {
    expect(checkHygiene(inputAt({ items: [] }))).toMatchObject({ score: null, openItems: 0, top: [] });
  });

  it('has a line for each rule, and names what costs most first', () => {
    const items = [
      anOpenItem('APO-1', [], { dueOn: '2026-05-22' }),
      anOpenItem('APO-2', [['2026-05-11T08:00:00Z', doing]]),
      anOpenItem('APO-3', [['2026-05-11T08:00:00Z', doing]]),
    ];
    const { lines, top } = checkHygiene(inputAt({ items }));
    expect(lines.map(({ rule }) => rule)).toEqual(hygieneIds);
    expect(top.map(({ rule, count }) => [rule, count])).toEqual([
      ['H02', 2],
      ['H03', 1],
    ]);
  });

  it('names no person', () => {
    const items = [anOpenItem('APO-1', [friday], { assignee: 'person-77', dueOn: '2026-05-22' })];
    expect(JSON.stringify(checkHygiene(inputAt({ items })))).not.toContain('person-77');
  });
});
