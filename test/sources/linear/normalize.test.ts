import { describe, expect, it } from 'vitest';
import { normalizeHistory } from '../../../src/sources/linear/normalize-history.ts';
import { normalizeIssue } from '../../../src/sources/linear/normalize-issue.ts';
import {
  boardOf,
  normalizeCycle,
  normalizeMilestone,
  normalizeProject,
} from '../../../src/sources/linear/normalize-plan.ts';
import { createStatuses } from '../../../src/sources/linear/statuses.ts';

const team = { id: 't1', key: 'ENG', name: 'Engineering' };
const state = (id: string, name: string, type: string, position = 0) => ({
  id,
  name,
  type,
  position,
  team,
  archivedAt: null,
});
const states = [
  state('s-done', 'Done', 'completed'),
  state('s-todo', 'Todo', 'unstarted'),
  state('s-review', 'In review', 'started', 20),
  state('s-dev', 'In dev', 'started', 10),
  state('s-live', 'Live', 'completed', 5),
  state('s-no', 'Canceled', 'canceled'),
  state('s-twice', 'Duplicate', 'canceled'),
  state('s-dup', 'Merged', 'duplicate'),
  { ...state('s-old', 'Old', 'started'), archivedAt: '2026-01-01T00:00:00Z' },
];
const statuses = createStatuses(states);
const context = { statuses, typeGroup: 'Type' };
const raw = {
  id: 'i1',
  identifier: 'ENG-12',
  title: 'Pay by card',
  createdAt: '2026-10-01T08:00:00.000Z',
  updatedAt: '2026-10-09T08:00:00.000Z',
  state: { id: 's-dev', name: 'In dev', type: 'started' },
  priority: 0,
};
const itemOf = (fields: object) => normalizeIssue({ ...raw, ...fields }, context).value!;

describe('an issue of Linear', () => {
  it.each([
    ['s-done', 'completed', 'done', 'Done', '2026-10-08'],
    ['s-no', 'canceled', 'done', "Won't Do", '2026-10-07'],
    ['s-twice', 'canceled', 'done', 'Duplicate', '2026-10-07'],
    ['s-dup', 'duplicate', 'done', 'Duplicate', '2026-10-07'],
    ['s-todo', 'unstarted', 'new', null, null],
  ])('in the state %s of type %s is %s, with the resolution %s', (id, type, category, resolution, day) => {
    const ends =
      type === 'completed' ? { completedAt: '2026-10-08T00:00:00Z' } : { canceledAt: '2026-10-07T00:00:00Z' };
    const item = itemOf({ state: { id, type }, ...ends });
    expect(item.status!.category).toBe(category);
    expect(item.resolution).toBe(resolution);
    expect(item.resolvedAt).toBe(day === null ? null : Date.parse(day));
  });

  it('in a state younger than the list of them is what it says itself', () => {
    const item = itemOf({ state: { id: 's-new', name: 'Shipping', type: 'started' } });
    expect(item.status).toEqual({ id: 's-new', name: 'Shipping', category: 'indeterminate' });
  });

  it.each([
    [[{ name: 'bug' }], 'bug'],
    [[{ name: 'Bug' }, { name: 'Feature', parent: { name: 'type' } }], 'Feature'],
    [[{ name: 'Design' }], 'Issue'],
    [[], 'Issue'],
  ])('with the labels %j is a %s', (nodes, name) => {
    expect(itemOf({ labels: { nodes } }).type).toEqual({ name, isSubtask: false, isEpic: false });
  });

  it('is planned for its milestone and for its project, and linked both ways', () => {
    const item = itemOf({
      cycle: { id: 'c1' },
      project: { id: 'p1' },
      projectMilestone: { id: 'm1' },
      parent: { identifier: 'ENG-1' },
      priority: 1,
      relations: {
        nodes: [
          { id: 'r1', type: 'blocks', relatedIssue: { identifier: 'OPS-1' } },
          { id: 'r2', type: 'duplicate', relatedIssue: { identifier: 'OPS-2' } },
          { id: 'r3', type: 'similar', relatedIssue: { identifier: 'OPS-3' } },
        ],
      },
      inverseRelations: { nodes: [{ id: 'r4', type: 'blocks', issue: { identifier: 'OPS-4' } }] },
    });
    expect(item).toMatchObject({
      projectKey: 'ENG',
      sprintIds: ['c1'],
      fixVersionIds: ['m1', 'p1'],
      parentKey: 'ENG-1',
      priority: 'Urgent',
      links: [
        { kind: 'blocks', key: 'OPS-1' },
        { kind: 'duplicates', key: 'OPS-2' },
        { kind: 'blocked-by', key: 'OPS-4' },
      ],
    });
  });

  it.each([[null], ['text'], [{ id: 'i1' }], [{ ...raw, identifier: 12 }], [{ ...raw, createdAt: 'once' }]])(
    'is set aside when it is %j',
    (broken) => {
      const { value, setAside } = normalizeIssue(broken, context);
      expect(value).toBeNull();
      expect(setAside).toHaveLength(1);
    },
  );
});

describe('the history of an issue', () => {
  const names = new Map([
    ['c1', 'Cycle 7'],
    ['p1', 'Checkout'],
  ]);
  const teamKeys = new Map([
    ['t1', 'ENG'],
    ['t2', 'OPS'],
  ]);
  const entry = { id: 'h1', createdAt: '2026-10-02T08:00:00Z', actorId: 'u1' };
  const changesOf = (fields: object, issue: object = raw) =>
    normalizeHistory(issue, [{ ...entry, ...fields }], { statuses, teamKeys, names }).value.map(
      ({ field, from, to, fromText, toText }) => [field, from, to, fromText, toText],
    );

  it.each<[object, unknown[][]]>([
    [
      { fromStateId: 's-todo', toStateId: 's-done' },
      [
        ['status', 's-todo', 's-done', 'Todo', 'Done'],
        ['resolution', null, 'Done', null, null],
      ],
    ],
    [{ fromStateId: 's-todo', toStateId: 'deleted' }, [['status', 's-todo', 'deleted', 'Todo', 'deleted']]],
    [{ fromCycleId: 'c0', toCycleId: 'c1' }, [['sprint', 'c0', 'c1', null, 'Cycle 7']]],
    [
      { toProjectId: 'p1', toProjectMilestone: { id: 'm1', name: 'Beta' } },
      [
        ['fixVersion', null, 'm1', null, 'Beta'],
        ['fixVersion', null, 'p1', null, 'Checkout'],
      ],
    ],
    [{ fromDueDate: '2026-10-10', toDueDate: '2026-11-01' }, [['dueOn', '2026-10-10', '2026-11-01', null, null]]],
    [{ fromEstimate: 3, toEstimate: 0.5 }, [['points', '3', '0.5', null, null]]],
    [{ fromAssigneeId: 'u1' }, [['assignee', 'u1', null, null, null]]],
    [{ toParent: { identifier: 'ENG-1' } }, [['parent', null, 'ENG-1', null, null]]],
    [{ fromPriority: 0, toPriority: 4 }, [['priority', null, 'Low', null, null]]],
    [{ fromTitle: 'Pay', toTitle: 'Pay by card' }, [['summary', 'Pay', 'Pay by card', null, null]]],
    [{ addedLabelIds: ['l1'], updatedDescription: true }, []],
    [{ fromStateId: 's-dev', toStateId: 's-dev' }, []],
  ])('tells %j', (fields, expected) => {
    expect(changesOf(fields)).toEqual(expected);
  });

  it('tells a move to another team by both keys', () => {
    const moved = { ...raw, identifier: 'OPS-3', previousIdentifiers: ['ENG-12'] };
    expect(changesOf({ fromTeamId: 't1', toTeamId: 't2' }, moved)).toEqual([
      ['project', 'ENG', 'OPS', null, null],
      ['key', 'ENG-12', 'OPS-3', null, null],
    ]);
  });

  it('keeps the place of a field when Linear adds to the entry', () => {
    const partOf = (fields: object) =>
      normalizeHistory(raw, [{ ...entry, ...fields }], { statuses, teamKeys, names }).value.find(
        ({ field }) => field === 'priority',
      )!.part;
    expect(partOf({ toPriority: 2 })).toBe(
      partOf({ toPriority: 2, fromStateId: 's-todo', toStateId: 's-dev', toCycleId: 'c1' }),
    );
  });
});

describe('the plan of a team', () => {
  const now = Date.parse('2026-11-24T00:00:00Z');
  const cycle = { id: 'c1', number: 7, startsAt: '2026-11-16T00:00:00Z', endsAt: '2026-11-30T00:00:00Z' };

  it.each([
    [{}, { name: 'Cycle 7', state: 'active', completedAt: null }],
    [{ name: 'Launch' }, { name: 'Launch', state: 'active' }],
    [{ startsAt: '2026-11-30T00:00:00Z' }, { state: 'future', activatedAt: null }],
    [{ completedAt: '2026-11-20T00:00:00Z' }, { state: 'closed', completedAt: Date.parse('2026-11-20') }],
  ])('a cycle with %j is a sprint with %j', (fields, sprint) => {
    expect(normalizeCycle({ ...cycle, ...fields }, now).value).toMatchObject(sprint);
  });

  it('shows the states of a team from left to right, what is done as the last column', () => {
    expect(boardOf(team, states).columns).toEqual([
      { name: 'Todo', statusIds: ['s-todo'] },
      { name: 'In dev', statusIds: ['s-dev'] },
      { name: 'In review', statusIds: ['s-review'] },
      { name: 'Done', statusIds: ['s-done', 's-live'] },
    ]);
  });

  it.each([
    [{ targetDate: '2026-12-31' }, { releaseOn: '2026-12-31', isReleased: false, isArchived: false }],
    [
      { completedAt: '2026-11-01T00:00:00Z', archivedAt: '2026-11-02T00:00:00Z' },
      { isReleased: true, isArchived: false },
    ],
    [{ canceledAt: '2026-11-01T00:00:00Z' }, { isReleased: false, isArchived: true }],
    [{ trashed: true }, { isArchived: true }],
  ])('a project with %j is a milestone with %j', (fields, version) => {
    expect(normalizeProject({ id: 'p1', name: 'Checkout', ...fields }).value).toMatchObject(version);
  });

  it('calls a milestone by its project, and ends it with it', () => {
    const project = normalizeProject({ id: 'p1', name: 'Checkout', completedAt: '2026-11-01T00:00:00Z' }).value!;
    const milestone = { id: 'm1', name: 'Beta', targetDate: '2026-11-05', status: 'overdue', project: { id: 'p1' } };
    expect(normalizeMilestone(milestone, new Map([['p1', project]])).value).toMatchObject({
      name: 'Checkout: Beta',
      releaseOn: '2026-11-05',
      isReleased: true,
    });
  });
});
