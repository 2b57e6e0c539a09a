import { describe, expect, it } from 'vitest';
import { commitmentsOf } from '../../../src/core/risk/commitment.ts';
import type { Outcome } from '../../../src/core/risk/commitment.ts';
import type { Change } from '../../../src/core/model/change.ts';
import type { WorkItem } from '../../../src/core/model/work-item.ts';
import { viewAsOf } from '../../../src/core/view/as-of.ts';
import { aCalendar, aHistory, aPast, aVersion, at, changes, statuses } from '../../builders.ts';

const { toDo, done } = statuses;
const released = (id: string, releaseOn: '2026-03-31' | '2026-02-27' | '2026-06-30' | null) => [
  { at: at('2026-07-01'), value: aVersion({ id, name: id, releaseOn, isReleased: true }) },
];
const versions = [
  released('900', '2026-03-31'),
  released('901', '2026-06-30'),
  released('899', '2026-02-27'),
  released('902', null),
  [{ at: at('2026-07-01'), value: aVersion({ id: '800', name: 'Some day' }) }],
];

function commitments(item: Partial<WorkItem>, past: readonly Change[], asOf = '2026-07-02') {
  const history = aHistory({ items: [aPast({ createdAt: at('2026-01-05'), ...item }, past)], versions });
  return commitmentsOf(viewAsOf(history, at(asOf), aCalendar()));
}

describe('the first promise of an item', () => {
  const into = ['2026-01-12', 'fixVersion', null, '900'] as const;
  const closed = (when: string) => [when, 'status', toDo.id, done.id] as const;
  const moved = (when: string, to: string | null): Change[] => [
    ...changes([when, 'fixVersion', '900', null], ...(to === null ? [] : [[when, 'fixVersion', null, to] as const])),
  ];
  it.each<readonly [string, Partial<WorkItem>, readonly Change[], Outcome]>([
    [
      'kept on its last day',
      { status: done, fixVersionIds: ['900'] },
      changes(into, closed('2026-03-31T23:00:00Z')),
      'kept',
    ],
    [
      'late a day after',
      { status: done, fixVersionIds: ['900'] },
      changes(into, closed('2026-04-01T01:00:00Z')),
      'late',
    ],
    ['late while it is open', { fixVersionIds: ['900'] }, changes(into), 'late'],
    [
      'moved to a later release',
      { fixVersionIds: ['901'] },
      [...changes(into), ...moved('2026-03-02', '901')],
      'retargeted',
    ],
    [
      'moved, though done before its first day',
      { status: done, fixVersionIds: ['901'] },
      [...changes(into), ...moved('2026-03-02', '901'), ...changes(closed('2026-03-09'))],
      'retargeted',
    ],
    ['taken out of every release', {}, [...changes(into), ...moved('2026-03-02', null)], 'retargeted'],
    [
      'moved to an earlier release',
      { fixVersionIds: ['899'] },
      [...changes(into), ...moved('2026-02-02', '899')],
      null,
    ],
    [
      'moved after it was done',
      { status: done, fixVersionIds: ['901'] },
      [...changes(into, closed('2026-03-02')), ...moved('2026-03-09', '901')],
      'kept',
    ],
  ])('%s', (_, item, past, outcome) => {
    expect(commitments(item, past).map((one) => one.outcome)).toEqual([outcome]);
  });

  it('has no outcome before its day is over, though it was moved away: else only late ones would be known', () => {
    const past = [...changes(into), ...moved('2026-03-02', '901')];
    const dated = [{ at: at('2026-01-06'), value: aVersion({ id: '900', releaseOn: '2026-03-31' }) }];
    const history = aHistory({
      items: [aPast({ createdAt: at('2026-01-05'), fixVersionIds: ['901'] }, past)],
      versions: [[{ at: at('2026-01-02'), value: aVersion({ id: '1' }) }], dated],
    });
    const [one] = commitmentsOf(viewAsOf(history, at('2026-03-10'), aCalendar()));
    expect(one).toMatchObject({ versionId: '900', outcome: null, settledAt: null });
  });

  it.each([
    ['a place without a day', '800'],
    ['a release that had come on a day that nobody wrote down', '902'],
  ])('is not made by %s', (_, id) => {
    expect(commitments({ fixVersionIds: [id] }, changes(['2026-01-12', 'fixVersion', null, id]))).toEqual([]);
  });

  it('is none when the release is written down after it was done', () => {
    const past = changes(closed('2026-01-12'), ['2026-01-13', 'fixVersion', null, '900']);
    expect(commitments({ status: done, fixVersionIds: ['900'] }, past)).toEqual([]);
  });

  it('is its first due date where it has no release', () => {
    const past = changes(
      ['2026-01-12', 'dueOn', null, '2026-02-13'],
      ['2026-02-02', 'dueOn', '2026-02-13', '2026-03-13'],
      ['2026-03-02', 'status', toDo.id, done.id],
    );
    expect(commitments({ status: done, dueOn: '2026-03-13' }, past)).toMatchObject([
      { versionId: null, outcome: 'late', committedAt: at('2026-01-12') },
    ]);
  });
});
