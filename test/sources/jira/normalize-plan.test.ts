import { describe, expect, it } from 'vitest';
import {
  normalizeBoard,
  normalizeSprint,
  normalizeStatus,
  normalizeVersion,
} from '../../../src/sources/jira/normalize-plan.ts';
import { parseSprintText } from '../../../src/sources/jira/sprint-text.ts';

const at = (text: string) => Date.parse(text);
const sprint = {
  id: 31,
  name: 'Sprint 31',
  state: 'active',
  startDate: '2026-11-16T09:00:00.000Z',
  endDate: '2026-11-27T17:00:00.000Z',
  originBoardId: 12,
};

describe('a sprint', () => {
  it('is read from the Agile API', () => {
    expect(normalizeSprint({ ...sprint, activatedDate: '2026-11-16T09:12:00.000Z', goal: 'Pay' })).toEqual({
      value: {
        id: '31',
        name: 'Sprint 31',
        goal: 'Pay',
        state: 'active',
        startAt: at('2026-11-16T09:00:00Z'),
        activatedAt: at('2026-11-16T09:12:00Z'),
        endAt: at('2026-11-27T17:00:00Z'),
        completedAt: null,
        boardId: '12',
      },
      setAside: [],
    });
  });

  it.each<[string, unknown, object]>([
    ['without dates', { id: 1, name: 'Next', state: 'future' }, { state: 'future', startAt: null, endAt: null }],
    ['closed without its end', { ...sprint, state: 'closed' }, { state: 'closed', completedAt: null }],
    ['in capitals', { ...sprint, state: 'ACTIVE' }, { state: 'active' }],
    ['without state, completed', { ...sprint, state: null, completeDate: '2026-11-28T09:00:00Z' }, { state: 'closed' }],
    ['without state, started', { ...sprint, state: undefined }, { state: 'active' }],
    ['without state and dates', { id: 1, name: 'x' }, { state: 'future' }],
    ['without name', { ...sprint, name: null }, { name: 'Sprint 31' }],
    ['with an empty goal', { ...sprint, goal: '' }, { goal: null }],
  ])('%s', (_, raw, expected) => {
    expect(normalizeSprint(raw)).toMatchObject({ value: expected, setAside: [] });
  });

  it('loses an end before its start, and a date that is none, and is told', () => {
    const { value, setAside } = normalizeSprint({ ...sprint, endDate: '2026-11-01T00:00:00Z', completeDate: 'soon' });
    expect(value).toMatchObject({ endAt: null, completedAt: null, startAt: at('2026-11-16T09:00:00Z') });
    expect(setAside.map((one) => one.ref)).toEqual(['31 completeDate', '31 endDate']);
  });

  it.each([{ ...sprint, state: 'paused' }, { name: 'no id' }, null, 'Sprint 31'])('%j is set aside', (raw) => {
    expect(normalizeSprint(raw)).toMatchObject({ value: null, setAside: [{ entity: 'sprint' }] });
  });
});

describe('the text of a sprint', () => {
  const wrap = (body: string) => `com.atlassian.greenhopper.service.sprint.Sprint@1f2e3d[${body}]`;
  it.each<[string, string, object]>([
    ['id first', 'id=3,rapidViewId=7,state=CLOSED,name=A', { id: '3', rapidViewId: '7', state: 'CLOSED', name: 'A' }],
    [
      'id last',
      'rapidViewId=<null>,state=ACTIVE,name=DuraCloud 2.4,completeDate=<null>,id=3',
      { state: 'ACTIVE', name: 'DuraCloud 2.4', id: '3' },
    ],
    [
      'commas and brackets in the name',
      'id=3,name=A, b] [c,goal=x=1, y,state=FUTURE',
      { id: '3', name: 'A, b] [c', goal: 'x=1, y', state: 'FUTURE' },
    ],
    ['line ends in the goal', 'id=3,goal=a\nb,name=n', { id: '3', goal: 'a\nb', name: 'n' }],
    [
      'keys that later versions add',
      'id=3,name=n,sequence=3,goal=,autoStartStop=false,synced=false',
      { id: '3', name: 'n', sequence: '3', goal: '', autoStartStop: 'false', synced: 'false' },
    ],
  ])('%s', (_, body, expected) => {
    expect(parseSprintText(wrap(body))).toEqual(expected);
  });

  it.each(['', 'Sprint 7', 'com.atlassian.greenhopper.service.sprint.Sprint@1f', 'other.Sprint@1f[id=3]'])(
    '%j is none',
    (text) => {
      expect(parseSprintText(text)).toBeNull();
    },
  );

  it('takes no time on a text made to be slow', () => {
    const before = process.cpuUsage();
    parseSprintText(wrap(',id='.repeat(50_000)));
    parseSprintText(`com.atlassian.greenhopper.${'a.'.repeat(50_000)}`);
    expect(process.cpuUsage(before).user).toBeLessThan(1_000_000);
  });
});

describe('a version', () => {
  it.each<[string, unknown, object]>([
    [
      'of Cloud',
      {
        id: '10',
        name: '1.4',
        projectId: 1,
        releaseDate: '2026-12-12',
        startDate: '2026-09-01',
        released: false,
        archived: false,
      },
      {
        id: '10',
        name: '1.4',
        projectKey: 'APO',
        startOn: '2026-09-01',
        releaseOn: '2026-12-12',
        isReleased: false,
        isArchived: false,
      },
    ],
    [
      'that names its project',
      { id: 10, name: '1.4', projectKey: 'HER' },
      { id: '10', projectKey: 'HER', releaseOn: null, isReleased: false },
    ],
    ['that is out', { id: '10', name: '1.4', released: true, archived: true }, { isReleased: true, isArchived: true }],
  ])('%s', (_, raw, expected) => {
    expect(normalizeVersion(raw, 'APO')).toMatchObject({ value: expected, setAside: [] });
  });

  it('loses a day that does not exist', () => {
    expect(normalizeVersion({ id: '10', name: '1.4', releaseDate: '2026-02-29' }, 'APO')).toMatchObject({
      value: { releaseOn: null },
      setAside: [
        { entity: 'version', ref: '1.4 releaseDate', reason: 'expected a day that exists, found "2026-02-29"' },
      ],
    });
  });

  it.each([
    [{ name: 'no id' }, 'APO'],
    [{ id: '1' }, 'APO'],
    [null, 'APO'],
    [{ id: '1', name: 'of nobody' }, null],
  ])('%j of %j is set aside', (raw, project) => {
    expect(normalizeVersion(raw, project)).toMatchObject({ value: null, setAside: [{ entity: 'version' }] });
  });
});

describe('a status', () => {
  it.each<[unknown, string]>([
    [{ key: 'new', id: 2 }, 'new'],
    [{ key: 'indeterminate' }, 'indeterminate'],
    [{ key: 'done' }, 'done'],
    [{ key: 'undefined' }, 'unknown'],
    ['TODO', 'new'],
    ['IN_PROGRESS', 'indeterminate'],
    ['DONE', 'done'],
    ['LATER', 'unknown'],
    [null, 'unknown'],
    [undefined, 'unknown'],
  ])('with category %j is %s', (statusCategory, category) => {
    expect(normalizeStatus({ id: 6, name: 'X', statusCategory })).toEqual({
      value: { id: '6', name: 'X', category },
      setAside: [],
    });
  });

  it('without id or name is set aside', () => {
    expect(normalizeStatus({ id: '6' })).toMatchObject({ value: null, setAside: [{ entity: 'status', ref: '6' }] });
  });
});

describe('a board', () => {
  it('has its columns from left to right', () => {
    const raw = {
      id: 12,
      name: 'Apollo',
      columnConfig: {
        columns: [
          { name: 'To Do', statuses: [{ id: '1' }, { id: 4 }] },
          { name: 'Empty' },
          { name: 'Done', statuses: [{ id: '6' }] },
        ],
      },
    };
    expect(normalizeBoard(raw).value).toEqual({
      id: '12',
      name: 'Apollo',
      columns: [
        { name: 'To Do', statusIds: ['1', '4'] },
        { name: 'Empty', statusIds: [] },
        { name: 'Done', statusIds: ['6'] },
      ],
    });
  });

  it('without columns is set aside', () => {
    expect(normalizeBoard({ id: 12, name: 'x' })).toMatchObject({
      value: null,
      setAside: [{ entity: 'board', ref: '12' }],
    });
  });
});
