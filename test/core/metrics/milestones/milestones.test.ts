import { describe, expect, it } from 'vitest';
import { viewAsOf } from '../../../../src/core/view/as-of.ts';
import { measure } from '../../../../src/core/metrics/measure.ts';
import type { MilestoneFigures } from '../../../../src/core/metrics/milestone-figures.ts';
import type { Seen, Version } from '../../../../src/core/model/plan.ts';
import type { ItemHistory, ProjectHistory, Pull } from '../../../../src/core/model/project.ts';
import type { Day } from '../../../../src/core/time/day.ts';
import {
  aCalendar,
  aDoneItem,
  aHistory,
  aNamedMilestone,
  aPast,
  aVersion,
  at,
  changes,
  statuses,
  statusMoves,
  types,
} from '../../../builders.ts';

function milestonesAt(parts: Partial<ProjectHistory>, asOf: string): readonly MilestoneFigures[] {
  return measure(viewAsOf(aHistory(parts), at(asOf), aCalendar())).milestones;
}

function seen(...snapshots: readonly (readonly [when: string, version: Partial<Version>])[]): readonly Seen<Version>[] {
  return snapshots.map(([when, version]) => ({ at: at(when), value: aVersion(version) }));
}

function aPull(startedAt: string, endedAt: string): Pull {
  return { source: 'jira', startedAt: at(startedAt), endedAt: at(endedAt), outcome: 'done', error: null };
}

const inVersion = { fixVersionIds: ['900'] };

describe('versions', () => {
  const items = [aPast({ key: 'APO-1', createdAt: at('2026-01-05'), ...inVersion })];

  it('does not know a date before a pull saw it', () => {
    const versions = [seen(['2026-03-02', { releaseOn: '2026-06-30' }])];
    const [before] = milestonesAt({ items, versions }, '2026-03-01');
    expect(before).toMatchObject({ committedOn: null, currentOn: null, state: 'open', openItems: 1 });
    expect(before!.flags).toContain('baselineUnknown');
    expect(before!.health.reasons).toEqual(expect.arrayContaining(['NO_DATE', 'BASELINE_UNKNOWN']));
    const [after] = milestonesAt({ items, versions }, '2026-03-03');
    expect(after).toMatchObject({ committedOn: '2026-06-30', currentOn: '2026-06-30' });
    expect(after!.flags).not.toContain('baselineUnknown');
  });

  it('leaves out a version that no item of then was planned for and of which no date is known', () => {
    const versions = [seen(['2026-03-02', { releaseOn: null }]), seen(['2026-03-02', { id: '901', releaseOn: null }])];
    expect(milestonesAt({ items, versions }, '2026-03-03').map(({ id }) => id)).toEqual(['900']);
    expect(milestonesAt({ items: [], versions }, '2026-03-03')).toEqual([]);
  });

  it.each([
    ['2026-02-09', 'open', null],
    ['2026-02-10', 'finished', '2026-02-10'],
    ['2026-04-01', 'finished', '2026-02-10'],
  ])('knows at %s of a release of 10 February that was first seen in March: %s', (asOf, state, finishedOn) => {
    const versions = [seen(['2026-03-02', { releaseOn: '2026-02-10', isReleased: true }])];
    expect(milestonesAt({ items, versions }, asOf)[0]).toMatchObject({ state, finishedOn, currentOn: null });
  });

  it('takes the date of the first pull as the promise, says so, and needs no settling for it', () => {
    const versions = [seen(['2026-03-02T10:05:00Z', { releaseOn: '2026-06-30' }])];
    const pulls = [aPull('2026-03-02T10:00:00Z', '2026-03-02T10:30:00Z')];
    const [figures] = milestonesAt({ items, versions, pulls }, '2026-03-02T10:31:00Z');
    expect(figures).toMatchObject({ committedOn: '2026-06-30', flags: ['baselineSinceFirstPull'] });
  });

  it('lets the date of a younger version settle for 24 hours', () => {
    const versions = [
      seen(['2026-03-02', { id: '800', releaseOn: '2026-04-01' }]),
      seen(
        ['2026-03-10T08:00:00Z', { releaseOn: '2026-06-30' }],
        ['2026-03-10T20:00:00Z', { releaseOn: '2026-07-01' }],
      ),
    ];
    const promise = (asOf: string) => milestonesAt({ items, versions }, asOf).find(({ id }) => id === '900')!;
    expect(promise('2026-03-10T21:00:00Z')).toMatchObject({ committedOn: null, currentOn: '2026-07-01', moves: [] });
    expect(promise('2026-03-11T08:00:00Z')).toMatchObject({ committedOn: '2026-07-01', moves: [] });
  });

  it('keeps the ledger between pulls, and does not take the day of the release for a move', () => {
    const versions = [
      seen(
        ['2026-03-02', { releaseOn: '2026-06-30' }],
        ['2026-04-15', { releaseOn: '2026-07-15' }],
        ['2026-07-20', { releaseOn: '2026-07-17', isReleased: true }],
      ),
    ];
    const [open] = milestonesAt({ items, versions }, '2026-06-01');
    expect(open).toMatchObject({ committedOn: '2026-06-30', currentOn: '2026-07-15', replans: 1, slipCommitted: 11 });
    expect(open!.moves).toEqual([
      { at: at('2026-04-15'), by: null, from: '2026-06-30', to: '2026-07-15', workingDays: 11, noticeWorkingDays: 54 },
    ]);
    const [done] = milestonesAt({ items, versions }, '2026-07-21');
    expect(done).toMatchObject({
      state: 'finished',
      finishedOn: '2026-07-17',
      currentOn: '2026-07-15',
      slipCommitted: 13,
      slipLast: 2,
      replans: 1,
      health: { baseline: { colour: 'red' }, current: { colour: 'red' }, reasons: ['RELEASED_WITH_OPEN_ITEMS'] },
    });
    expect(done!.flags).toContain('releasedWithOpenItems');
  });

  it('knows a release that was written in later only from the pull that saw it', () => {
    const versions = [
      seen(
        ['2026-03-02', { releaseOn: '2026-03-20' }],
        ['2026-03-30', { releaseOn: '2026-03-20' }],
        ['2026-04-06', { releaseOn: '2026-03-20', isReleased: true }],
      ),
    ];
    expect(milestonesAt({ items, versions }, '2026-04-01')[0]).toMatchObject({ state: 'open', finishedOn: null });
    expect(milestonesAt({ items, versions }, '2026-04-07')[0]).toMatchObject({
      state: 'finished',
      finishedOn: '2026-03-20',
      health: { baseline: { colour: 'green' }, current: { colour: 'green' } },
    });
  });

  it('released before the first pull without a day: finished, nobody knows when, and no news', () => {
    const versions = [seen(['2026-02-01T10:00:00Z', { isReleased: true, releaseOn: null }])];
    const [version] = milestonesAt({ items, versions }, '2026-02-02');
    expect(version).toMatchObject({ state: 'finished', finishedOn: null, noForecast: 'finished', openItems: 1 });
    expect(version!.flags).toContain('releaseDayUnknown');
  });

  it('is open again when its release is taken back', () => {
    const versions = [
      seen(
        ['2026-03-02', { releaseOn: '2026-03-20' }],
        ['2026-03-20T20:00:00Z', { releaseOn: '2026-03-20', isReleased: true }],
        ['2026-03-24', { releaseOn: '2026-04-10' }],
      ),
    ];
    expect(milestonesAt({ items, versions }, '2026-03-23')[0]).toMatchObject({ state: 'finished' });
    expect(milestonesAt({ items, versions }, '2026-03-25')[0]).toMatchObject({
      state: 'open',
      committedOn: '2026-03-20',
      currentOn: '2026-04-10',
      replans: 1,
    });
  });

  it('drops a version that was archived unreleased', () => {
    const versions = [
      seen(['2026-03-02', { releaseOn: '2026-06-30' }], ['2026-04-01', { releaseOn: '2026-06-30', isArchived: true }]),
    ];
    expect(milestonesAt({ items, versions }, '2026-03-31')).toHaveLength(1);
    expect(milestonesAt({ items, versions }, '2026-04-02')).toHaveLength(0);
  });

  it('counts what was planned for it then: items that came and went, no sub-tasks', () => {
    const versions = [seen(['2026-01-05', { releaseOn: '2026-06-30' }])];
    const planned = [
      aPast({ key: 'APO-1', ...inVersion }),
      aPast({ key: 'APO-2' }, changes(['2026-02-02', 'fixVersion', '900', null])),
      aPast({ key: 'APO-3', ...inVersion }, changes(['2026-03-02', 'fixVersion', null, '900'])),
      aPast({ key: 'APO-4', type: types.subtask, ...inVersion }),
      aDoneItem('APO-5', { createdAt: '2026-01-05', doneAt: '2026-01-20' }, inVersion),
    ];
    const counts = (asOf: string) => {
      const [figures] = milestonesAt({ items: planned, versions }, asOf);
      return [figures!.openItems, figures!.doneItems, figures!.openKeys];
    };
    expect(counts('2026-01-10')).toEqual([3, 0, ['APO-1', 'APO-2', 'APO-5']]);
    expect(counts('2026-02-10')).toEqual([1, 1, ['APO-1']]);
    expect(counts('2026-03-10')).toEqual([2, 1, ['APO-1', 'APO-3']]);
  });
});

describe('epics and items with a due date', () => {
  const created = { createdAt: at('2026-01-05T09:00:00Z') };

  it('keeps who moved the date and when, from the value at creation on', () => {
    const epic = aPast(
      { key: 'APO-1', type: types.epic, summary: 'Payments', dueOn: '2026-07-31', ...created },
      changes(
        ['2026-01-05T15:00:00Z', 'dueOn', '2026-06-26', '2026-06-30'],
        ['2026-04-15', 'dueOn', '2026-06-30', '2026-07-15'],
        ['2026-06-25', 'dueOn', '2026-07-15', '2026-07-31'],
      ).map((change, index) => ({ ...change, by: `person-${index}` })),
    );
    const [figures] = milestonesAt({ items: [epic] }, '2026-07-01');
    expect(figures).toMatchObject({
      id: 'APO-1',
      kind: 'epic',
      name: 'Payments',
      key: 'APO-1',
      committedOn: '2026-06-30',
      currentOn: '2026-07-31',
      replans: 2,
      replanGloss: 23,
    });
    expect(figures!.moves.map(({ by, from, to, workingDays }) => [by, from, to, workingDays])).toEqual([
      ['person-1', '2026-06-30', '2026-07-15', 11],
      ['person-2', '2026-07-15', '2026-07-31', 12],
    ]);
    expect(milestonesAt({ items: [epic] }, '2026-01-05T10:00:00Z')[0]).toMatchObject({
      committedOn: null,
      currentOn: '2026-06-26',
    });
  });

  it('holds what is below an epic, at any depth, and itself when nothing is', () => {
    const due = { dueOn: '2026-06-30' as Day, ...created };
    const items = [
      aPast({ key: 'APO-1', type: types.epic, ...due }),
      aPast({ key: 'APO-2', parentKey: 'APO-1', ...created }),
      aPast({ key: 'APO-3', parentKey: 'APO-2', ...created }),
      aPast({ key: 'APO-4', parentKey: 'APO-2', type: types.subtask, ...created }),
      aPast({ key: 'APO-5', ...created }, changes(['2026-02-02', 'parent', 'APO-1', null])),
      aPast({ key: 'APO-6', ...due }),
    ];
    const openKeys = (asOf: string) => milestonesAt({ items }, asOf).map((figures) => [figures.kind, figures.openKeys]);
    expect(openKeys('2026-01-10')).toEqual([
      ['epic', ['APO-2', 'APO-3', 'APO-5']],
      ['item', ['APO-6']],
    ]);
    expect(openKeys('2026-02-10')[0]).toEqual(['epic', ['APO-2', 'APO-3']]);
  });

  it('survives parents that run in a ring', () => {
    const items = [
      aPast({ key: 'APO-1', type: types.epic, dueOn: '2026-06-30', parentKey: 'APO-2', ...created }),
      aPast({ key: 'APO-2', parentKey: 'APO-1', ...created }),
    ];
    expect(milestonesAt({ items }, '2026-02-02')[0]!.openKeys).toEqual(['APO-2']);
  });

  it.each([
    [[['2026-03-02T10:00:00Z', statuses.done]], '2026-03-02', 'finished', []],
    [
      [
        ['2026-03-02T10:00:00Z', statuses.done],
        ['2026-03-03T09:00:00Z', statuses.doing],
        ['2026-03-09T10:00:00Z', statuses.done],
      ],
      '2026-03-09',
      'finished',
      [],
    ],
    [
      [
        ['2026-03-02T10:00:00Z', statuses.done],
        ['2026-03-05T09:00:00Z', statuses.doing],
        ['2026-03-09T10:00:00Z', statuses.done],
      ],
      '2026-03-02',
      'finished',
      [],
    ],
    [
      [
        ['2026-03-02T10:00:00Z', statuses.done],
        ['2026-03-05T09:00:00Z', statuses.doing],
      ],
      '2026-03-02',
      'open',
      ['reopened'],
    ],
  ] as const)('finishes with the first done that lasts for a day: %j', (moves, finishedOn, state, flags) => {
    const item = aPast({ key: 'APO-1', dueOn: '2026-06-30', ...created }, statusMoves(statuses.toDo, ...moves));
    expect(milestonesAt({ items: [item] }, '2026-04-01')[0]).toMatchObject({ finishedOn, state, flags });
  });

  it('does not call the date of an item without history its first promise', () => {
    const item = aPast({ key: 'APO-1', dueOn: '2026-02-02', ...created }, [], { isComplete: false });
    const [figures] = milestonesAt({ items: [item] }, '2026-03-02');
    expect(figures).toMatchObject({ committedOn: null, currentOn: '2026-02-02', moves: [], slipCommitted: null });
    expect(figures!.flags).toEqual(['baselineUnknown', 'overdue']);
    expect(figures!.health).toMatchObject({ baseline: { colour: 'unknown' }, current: { colour: 'red' } });
  });

  it('says that a date was taken away, and is listed still', () => {
    const item = aPast({ key: 'APO-1', ...created }, changes(['2026-03-02', 'dueOn', '2026-06-30', null]));
    const [figures] = milestonesAt({ items: [item] }, '2026-03-10');
    expect(figures).toMatchObject({ committedOn: '2026-06-30', currentOn: null, slipCommitted: null, replans: 1 });
    expect(figures!.flags).toEqual(['undated']);
    expect(figures!.health.reasons).toContain('DATE_REMOVED');
  });
});

describe('milestones of the config', () => {
  const dates = [{ at: at('2026-02-02'), on: '2026-06-30' as Day, by: 'config' }];
  const versions = [seen(['2026-01-05', { name: '1.0' }])];
  const items: readonly ItemHistory[] = [
    aPast({ key: 'APO-1', ...inVersion }),
    aDoneItem('APO-2', { createdAt: '2026-01-05', doneAt: '2026-03-04' }, { labels: ['launch'] }),
    aPast({ key: 'APO-3', labels: ['launch'] }, statusMoves(statuses.toDo, ['2026-03-10', statuses.done])),
    aPast({ key: 'APO-4' }),
  ];
  const named = (scope: Partial<ReturnType<typeof aNamedMilestone>['scope']>, asOf: string) => {
    const milestone = aNamedMilestone({ dates, scope: { versions: [], items: [], labels: [], ...scope } });
    return milestonesAt({ items, versions, milestones: [milestone] }, asOf).find(({ kind }) => kind === 'named');
  };

  it('is not there before its first date was written down', () => {
    expect(named({}, '2026-02-01')).toBeUndefined();
    expect(named({}, '2026-02-04')).toMatchObject({ id: 'launch', committedOn: '2026-06-30' });
  });

  it('holds an item by a label only while it had it', () => {
    const labelledLate = aPast(
      { key: 'APO-9', createdAt: at('2026-01-05'), labels: ['launch'] },
      changes(['2026-03-05T08:00:00Z', 'label', null, 'launch']),
    );
    const milestone = aNamedMilestone({ dates, scope: { versions: [], items: [], labels: ['launch'] } });
    const history = aHistory({ items: [labelledLate], milestones: [milestone] });
    const openOn = (day: string) => measure(viewAsOf(history, at(day), aCalendar())).milestones[0]!.openKeys;
    expect(openOn('2026-03-04')).toEqual([]);
    expect(openOn('2026-03-06')).toEqual(['APO-9']);
  });

  it('gathers versions by name, items by key and labels, each item once', () => {
    const scope = { versions: ['1.0'], items: ['APO-4', 'APO-1', 'APO-99'], labels: ['launch'] };
    expect(named(scope, '2026-03-05')).toMatchObject({ openKeys: ['APO-1', 'APO-3', 'APO-4'], doneItems: 1 });
  });

  it('is finished when the last item is', () => {
    expect(named({ labels: ['launch'] }, '2026-03-09')).toMatchObject({
      state: 'open',
      openItems: 1,
      finishedOn: null,
    });
    expect(named({ labels: ['launch'] }, '2026-03-11')).toMatchObject({ state: 'finished', finishedOn: '2026-03-10' });
  });

  it('says nothing about a date with nothing in it, even when it has passed', () => {
    const figures = named({}, '2026-08-03');
    expect(figures).toMatchObject({ state: 'open', openItems: 0, noForecast: 'noOpenItems' });
    expect(figures!.health).toMatchObject({ baseline: { colour: 'unknown' }, current: { colour: 'unknown' } });
    expect(figures!.flags).toContain('noScope');
  });
});
