import type { ItemHistory, ProjectHistory, Pull } from '../../../src/core/model/project.ts';
import { dataAtOf } from '../../../src/core/view/late-facts.ts';
import { describe, expect, it } from 'vitest';
import type { Day } from '../../../src/core/time/day.ts';
import { existsAt } from '../../../src/core/view/item-clock.ts';
import { viewAsOf } from '../../../src/core/view/as-of.ts';
import type { ItemView, ProjectView } from '../../../src/core/view/view.ts';
import {
  aCalendar,
  aDoneItem,
  aHistory,
  aPast,
  aSprint,
  aVersion,
  at,
  changes,
  settings,
  statuses,
  statusMoves,
  types,
} from '../../builders.ts';

const see = (history: Partial<ProjectHistory>, asOf: string): ProjectView =>
  viewAsOf(aHistory(history), at(asOf), aCalendar());
const seeItem = (past: ItemHistory, asOf: string): ItemView => see({ items: [past] }, asOf).items[0]!;
const keys = (items: readonly ItemView[]) => items.map(({ key }) => key);

describe('which items were there', () => {
  const items = [
    aPast({ key: 'APO-10', createdAt: at('2026-01-05') }),
    aPast({ key: 'APO-9', createdAt: at('2026-01-06') }),
    aPast({ key: 'APO-11', createdAt: at('2026-02-01') }),
    aPast({ key: 'APO-12', createdAt: at('2026-01-05') }, [], { goneAt: at('2026-01-20') }),
    aPast({ key: 'APO-13', createdAt: at('2026-01-05'), type: types.subtask }),
  ];

  it('lists them by number, without those made later or gone; sub-tasks are not counted', () => {
    const view = see({ items }, '2026-01-25');
    expect(keys(view.items)).toEqual(['APO-9', 'APO-10', 'APO-13']);
    expect(keys(view.counted)).toEqual(['APO-9', 'APO-10']);
    expect(keys(view.gone)).toEqual(['APO-12']);
  });

  it('still has the ones that went later', () => {
    expect(keys(see({ items }, '2026-01-19').items)).toContain('APO-12');
    expect(keys(see({ items }, '2026-01-20').items)).not.toContain('APO-12');
  });

  it('does not know one that came from elsewhere before it came, nor one that was away meanwhile', () => {
    const come = { absences: [{ from: null, until: at('2026-01-20') }] };
    const back = { absences: [{ from: at('2026-01-10'), until: at('2026-01-20') }] };
    const past = [
      aPast({ key: 'APO-1', createdAt: at('2026-01-05') }, [], come),
      aPast({ key: 'APO-2', createdAt: at('2026-01-05') }, [], back),
    ];
    const on = (asOf: string) => {
      const { items: there, gone } = see({ items: past }, asOf);
      return [keys(there), keys(gone)];
    };
    expect(on('2026-01-09')).toEqual([['APO-2'], []]);
    expect(on('2026-01-15')).toEqual([[], ['APO-2']]);
    expect(on('2026-01-20')).toEqual([['APO-1', 'APO-2'], []]);
    const now = see({ items: past }, '2026-01-25').items;
    expect(['2026-01-09', '2026-01-15', '2026-01-20'].map((day) => now.map((item) => existsAt(item, at(day))))).toEqual(
      [
        [false, true],
        [false, false],
        [true, true],
      ],
    );
  });

  it('knows an item by the key of then and by every other that it ever had', () => {
    const moved = aPast(
      { key: 'APO-5', createdAt: at('2026-01-05') },
      changes(['2026-02-01', 'key', 'APO-3', 'APO-5']),
    );
    const view = see({ items: [moved] }, '2026-01-15');
    expect(keys(view.items)).toEqual(['APO-3']);
    expect(view.itemsByKey.get('APO-5')?.key).toBe('APO-3');
    expect(keys(see({ items: [moved] }, '2026-02-15').items)).toEqual(['APO-5']);
  });
});

describe('fields by replay (metrics.md 0.1)', () => {
  it('a value at creation is the `from` of the first change, or the present one if it never changed', () => {
    const past = aPast(
      { points: 8, assignee: 'ann', dueOn: '2026-06-30', fixVersionIds: ['2', '3'], sprintIds: ['8'], labels: ['x'] },
      changes(
        ['2026-01-10', 'points', '3', '5'],
        ['2026-01-20', 'points', '5', '8'],
        ['2026-01-12', 'fixVersion', null, '3'],
        ['2026-01-14', 'fixVersion', '1', null],
        ['2026-01-16', 'sprint', null, '7'],
        ['2026-01-18', 'sprint', '7', '7,8'],
        ['2026-01-22', 'sprint', '7,8', '8'],
      ),
    );
    const fields = (asOf: string) => {
      const { points, assignee, dueOn, fixVersionIds, sprintIds } = seeItem(past, asOf);
      return [points, assignee, dueOn, fixVersionIds.join(), sprintIds.join()];
    };
    expect(fields('2026-01-06')).toEqual([3, 'ann', '2026-06-30', '1,2', '']);
    expect(fields('2026-01-13')).toEqual([5, 'ann', '2026-06-30', '1,2,3', '']);
    expect(fields('2026-01-19')).toEqual([5, 'ann', '2026-06-30', '2,3', '7,8']);
    expect(fields('2026-02-01')).toEqual([8, 'ann', '2026-06-30', '2,3', '8']);
  });

  it('a due date that was taken away and set again keeps who did it', () => {
    const past = aPast({ dueOn: '2026-07-31' }, [
      { ...changes(['2026-02-01', 'dueOn', '2026-06-30', null])[0]!, by: 'ann' },
      { ...changes(['2026-02-05', 'dueOn', null, '2026-07-31'])[0]!, id: '002', by: 'bob' },
    ]);
    expect(seeItem(past, '2026-02-02').dueOn).toBeNull();
    const item = seeItem(past, '2026-03-01');
    expect(item.past.dueOn.map(({ value }) => value)).toEqual(['2026-06-30', null, '2026-07-31']);
    expect(item.past.dueOnBy.get(at('2026-02-05'))).toBe('bob');
  });

  it('reads the resolution of then: only delivered work is delivered', () => {
    const past = aPast({ status: statuses.done, resolution: 'Fixed' }, [
      ...statusMoves(statuses.toDo, ['2026-01-10', statuses.done]),
      ...changes(['2026-01-10', 'resolution', null, "Won't Do"], ['2026-01-20', 'resolution', "Won't Do", 'Fixed']),
    ]);
    const history = { items: [past], settings: settings({ excludedResolutions: ["won't do"] }) };
    expect(see(history, '2026-01-15').items[0]).toMatchObject({ isDone: true, isDelivered: false });
    expect(see(history, '2026-01-25').items[0]).toMatchObject({ isDone: true, isDelivered: true });
  });

  it('a change of type turns an item into a sub-task from then on', () => {
    const items = [
      aPast({ key: 'APO-1', type: types.subtask }, changes(['2026-02-01', 'type', 'Story', 'Sub-task'])),
      aPast({ key: 'APO-2', type: types.story }),
    ];
    expect(keys(see({ items }, '2026-01-15').counted)).toEqual(['APO-1', 'APO-2']);
    expect(keys(see({ items }, '2026-02-15').counted)).toEqual(['APO-2']);
  });
});

describe('what holds an item up (metrics.md 2.2)', () => {
  const blockedItem = aPast(
    { key: 'APO-2', links: [{ kind: 'blocked-by', key: 'APO-1' }] },
    changes(['2026-01-15', 'link', null, 'blocked-by:APO-1']),
  );
  const blocker = aDoneItem('APO-1', { createdAt: '2026-01-05', doneAt: '2026-02-01' });

  it.each([
    ['before the link', '2026-01-14', []],
    ['while the blocker is open', '2026-01-20', [{ kind: 'link', by: 'APO-1', since: at('2026-01-15') }]],
    ['when the blocker is done', '2026-02-02', []],
  ])('%s', (_name, asOf, blocks) => {
    const view = see({ items: [blocker, blockedItem] }, asOf);
    expect(view.itemsByKey.get('APO-2')!.blocks).toEqual(blocks);
  });

  it('asks items of other projects that are kept, and says when nothing is known of a blocker', () => {
    const waits = aPast({
      links: [
        { kind: 'blocked-by', key: 'HER-7' },
        { kind: 'blocked-by', key: 'HER-8' },
        { kind: 'blocks', key: 'HER-9' },
      ],
    });
    const linked = [aPast({ key: 'HER-7', projectKey: 'HER', createdAt: at('2025-12-01') })];
    const [item] = see({ items: [waits], linked }, '2026-01-20').items;
    expect(item!.blocks.map(({ by }) => by)).toEqual(['HER-7']);
    expect(item!.unknownBlockers).toEqual(['HER-8']);
  });

  it('an item that was moved to another project holds up what it held up before, under either key', () => {
    const moved = aPast(
      { id: '10007', key: 'HER-9', projectKey: 'HER' },
      changes(['2026-01-20', 'key', 'APO-7', 'HER-9']),
    );
    const items = [
      { ...moved, goneAt: at('2026-01-21') },
      aPast({ key: 'APO-1', links: [{ kind: 'blocked-by', key: 'APO-7' }] }),
      aPast({ key: 'APO-2', links: [{ kind: 'blocked-by', key: 'HER-9' }] }),
    ];
    const blockers = (asOf: string, linked: readonly ItemHistory[]) =>
      see({ items, linked }, asOf).items.flatMap(({ key, blocks }) => blocks.map(({ by }) => `${key}: ${by}`));
    expect(blockers('2026-01-15', [moved])).toEqual(['APO-1: APO-7', 'APO-2: APO-7']);
    expect(blockers('2026-01-25', [moved])).toEqual(['APO-1: HER-9', 'APO-2: HER-9']);
    expect(blockers('2026-01-25', [{ ...moved, goneAt: at('2026-01-24') }])).toEqual([]);
  });

  it('flags and blocked statuses hold too, since they began; a done item is held by nothing', () => {
    const flagged = aPast({ isFlagged: true, status: statuses.odd }, [
      ...changes(['2026-01-10', 'flagged', null, 'true']),
      ...statusMoves(statuses.toDo, ['2026-01-12', statuses.odd]),
    ]);
    const config = settings({ statuses: { notStarted: [], started: [], done: [], blocked: ['Parked'] } });
    const [item] = see({ items: [flagged], settings: config }, '2026-01-20').items;
    expect(item!.blocks).toEqual([
      { kind: 'flagged', by: null, since: at('2026-01-10') },
      { kind: 'status', by: null, since: at('2026-01-12') },
    ]);
    const done = aPast(
      { isFlagged: true, status: statuses.done },
      statusMoves(statuses.toDo, ['2026-01-12', statuses.done]),
    );
    expect(seeItem(done, '2026-01-20').blocks).toEqual([]);
  });
});

describe('versions', () => {
  const first = { at: at('2026-02-01'), value: aVersion({ releaseOn: '2026-06-30' }) };
  const moved = { at: at('2026-03-01'), value: aVersion({ releaseOn: '2026-07-31' }) };
  const released = { at: at('2026-08-10'), value: aVersion({ releaseOn: '2026-08-05', isReleased: true }) };
  const planned = aPast({ fixVersionIds: ['900'] });
  const versionAt = (asOf: string, snapshots = [first, moved, released]) =>
    see({ items: [planned], versions: [snapshots] }, asOf).versions[0];

  it.each([
    [
      'before the first snapshot its date is not known',
      '2026-01-15',
      { releaseOn: null, releasedOn: null, isSeen: false },
    ],
    ['then it is what was seen', '2026-02-15', { releaseOn: '2026-06-30', releasedOn: null, isSeen: true }],
    ['then what was seen next', '2026-07-20', { releaseOn: '2026-07-31', releasedOn: null }],
    ['the release has its own time', '2026-08-06', { releasedOn: '2026-08-05' }],
    ['not before it', '2026-08-04', { releasedOn: null }],
    ['from its day on', '2026-08-05T06:00:00Z', { releasedOn: '2026-08-05' }],
    ['and stays', '2026-12-01', { releasedOn: '2026-08-05' }],
  ])('%s', (_name, asOf, expected) => {
    expect(versionAt(asOf)).toMatchObject(expected);
  });

  it('was not released in the hours of which a pull on its day still said so', () => {
    const morning = { at: at('2026-08-05T09:00:00Z'), value: aVersion({ releaseOn: '2026-07-31' }) };
    const snapshots = [first, moved, morning, released];
    expect(versionAt('2026-08-05T08:00:00Z', snapshots)!.releasedOn).toBeNull();
    expect(versionAt('2026-08-05T10:00:00Z', snapshots)!.releasedOn).toBe('2026-08-05');
  });

  it('keeps planned dates, not the day that the tool wrote over them', () => {
    expect(versionAt('2026-12-01')!.dates).toEqual([
      { at: first.at, on: '2026-06-30', by: null },
      { at: moved.at, on: '2026-07-31', by: null },
    ]);
  });

  it('released on a past day and first seen years later: released then, without a promise', () => {
    const late = [{ at: at('2026-11-24'), value: aVersion({ releaseOn: '2013-05-01', isReleased: true }) }];
    expect(versionAt('2026-12-01', late)).toMatchObject({ releasedOn: '2013-05-01', dates: [] });
    const old = aPast({ fixVersionIds: ['900'], createdAt: at('2013-01-01') });
    expect(see({ items: [old], versions: [late] }, '2013-04-01').versions).toMatchObject([
      { releasedOn: null, releaseOn: null, isSeen: false },
    ]);
    expect(see({ items: [old], versions: [late] }, '2013-06-01').versions).toMatchObject([
      { releasedOn: '2013-05-01' },
    ]);
  });

  it('released before anybody looked, on a day that nobody wrote down: the day of the pull is none', () => {
    const bare = (when: string, releaseOn: Day | null = null) => ({
      at: at(when),
      value: aVersion({ releaseOn, isReleased: true }),
    });
    const seen = (...snapshots: readonly ReturnType<typeof bare>[]) => versionAt('2026-12-01', [...snapshots]);
    expect(seen(bare('2026-11-30'))).toMatchObject({ isReleaseDayKnown: false, releaseOn: null });
    expect(seen(bare('2026-11-29'), bare('2026-11-30', '2013-05-01'))).toMatchObject({
      isReleaseDayKnown: true,
      releasedOn: '2013-05-01',
    });
    const planned = { at: at('2026-11-28'), value: aVersion() };
    expect(seen(planned, bare('2026-11-30'))).toMatchObject({ isReleaseDayKnown: true, releasedOn: '2026-11-30' });
  });

  it('leaves out one that nobody was planned for and that has no known date', () => {
    const open = [{ at: at('2026-02-01'), value: aVersion() }];
    expect(see({ versions: [open] }, '2026-03-01').versions).toEqual([]);
    expect(see({ versions: [open], items: [planned] }, '2026-03-01').versions).toHaveLength(1);
    expect(see({ versions: [[first]] }, '2026-03-01').versions).toHaveLength(1);
    expect(see({ versions: [[first]] }, '2026-01-15').versions).toEqual([]);
  });
});

describe('sprints', () => {
  const sprint = aSprint({
    state: 'closed',
    startAt: at('2026-03-02T09:00:00Z'),
    activatedAt: at('2026-03-02T10:00:00Z'),
    endAt: at('2026-03-13T17:00:00Z'),
    completedAt: at('2026-03-16T09:00:00Z'),
  });
  const seenLate = [{ at: at('2026-06-01'), value: sprint }];
  const inIt = aPast({ sprintIds: ['7'] });
  const sprintAt = (asOf: string, snapshots = seenLate) =>
    see({ items: [inIt], sprints: [snapshots] }, asOf).sprints[0]!;

  it.each([
    ['2026-03-02T09:30:00Z', 'future'],
    ['2026-03-02T10:00:00Z', 'active'],
    ['2026-03-15T10:00:00Z', 'active'],
    ['2026-03-16T09:00:00Z', 'closed'],
  ])('at %s it is %s', (asOf, state) => {
    expect(sprintAt(asOf).state).toBe(state);
  });

  it('knows its end only when it has come; the plan may be from a later snapshot, and says so', () => {
    const running = sprintAt('2026-03-10');
    expect(running).toMatchObject({ completedAt: null, endAt: sprint.endAt, flags: ['datesFromLaterSnapshot'] });
    expect(sprintAt('2026-07-01').flags).toEqual([]);
  });

  it('has the planned end of then', () => {
    const extended = [
      {
        at: at('2026-03-03'),
        value: { ...sprint, state: 'active' as const, completedAt: null, endAt: at('2026-03-11') },
      },
      { at: at('2026-06-01'), value: sprint },
    ];
    expect(sprintAt('2026-03-10', extended).endAt).toBe(at('2026-03-11'));
    expect(sprintAt('2026-06-02', extended).endAt).toBe(sprint.endAt);
  });

  it('a sprint without dates is one of the future', () => {
    const undated = [{ at: at('2026-01-01'), value: aSprint({ state: 'future' }) }];
    expect(sprintAt('2026-03-10', undated)).toMatchObject({ state: 'future', startedAt: null });
  });
});

describe('the age of the data', () => {
  const pull = (source: string, endedAt: number | null, outcome: Pull['outcome'] = 'done'): Pull => ({
    source,
    startedAt: 0,
    endedAt,
    outcome,
    error: null,
  });
  it.each([
    ['none yet', [pull('jira', null, 'running')], null],
    ['the newest that went well', [pull('jira', 10), pull('jira', 30), pull('jira', 40, 'failed')], 30],
    ['not one from after as-of', [pull('jira', 10), pull('jira', 60)], 10],
    ['of several sources the one that lags behind', [pull('jira', 40), pull('code', 10), pull('code', 20)], 20],
  ])('is %s', (_, pulls, expected) => {
    expect(dataAtOf(pulls, 50)).toBe(expected);
  });
});
