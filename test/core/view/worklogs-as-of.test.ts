import { describe, expect, it } from 'vitest';
import type { ItemHistory } from '../../../src/core/model/project.ts';
import type { WorklogVersion } from '../../../src/core/model/worklog.ts';
import { viewAsOf } from '../../../src/core/view/as-of.ts';
import { aCalendar, aHistory, aPast, at } from '../../builders.ts';

function aWorklog(parts: Partial<WorklogVersion> & { readonly id: string }): WorklogVersion {
  const startedAt = parts.startedAt ?? at('2026-05-04T09:00:00Z');
  const createdAt = parts.createdAt ?? startedAt;
  return {
    source: 'jira',
    itemKey: 'APO-1',
    knownAt: createdAt,
    isDeleted: false,
    by: 'u1',
    createdAt,
    startedAt,
    seconds: 3_600,
    ...parts,
  };
}

function secondsAt(when: string, worklogs: readonly WorklogVersion[], more: Partial<ItemHistory> = {}) {
  const items = [aPast({ key: 'APO-1' }, [], more)];
  return viewAsOf(aHistory({ items, worklogs }), at(when), aCalendar()).worklogs?.map(({ seconds }) => seconds);
}

describe('time logged as of a moment', () => {
  const edited = [
    aWorklog({ id: '1' }),
    aWorklog({ id: '1', knownAt: at('2026-05-10'), seconds: 7_200 }),
    aWorklog({ id: '1', knownAt: at('2026-05-20'), seconds: 7_200, isDeleted: true }),
  ];

  it('is what was known then: edits and deletions come when they were seen', () => {
    expect(secondsAt('2026-05-03', edited)).toEqual([]);
    expect(secondsAt('2026-05-09', edited)).toEqual([3_600]);
    expect(secondsAt('2026-05-11', edited)).toEqual([7_200]);
    expect(secondsAt('2026-05-21', edited)).toEqual([]);
  });

  it('is unknown where nobody reads worklogs', () => {
    const history = aHistory({ items: [aPast({ key: 'APO-1' })] });
    expect(viewAsOf(history, at('2026-05-09'), aCalendar()).worklogs).toBeNull();
  });

  it('stays spent when its item has left, and is not ours when it was spent elsewhere', () => {
    const worklogs = [aWorklog({ id: '1' }), aWorklog({ id: '2', startedAt: at('2026-05-12'), seconds: 60 })];
    expect(secondsAt('2026-06-01', worklogs, { goneAt: at('2026-05-10') })).toEqual([3_600]);
    expect(secondsAt('2026-06-01', worklogs, { absences: [{ from: null, until: at('2026-05-10') }] })).toEqual([60]);
  });

  it('of two sources with the same ids is not one worklog', () => {
    const worklogs = [aWorklog({ id: '1' }), aWorklog({ id: '1', source: 'other', seconds: 60 })];
    expect(secondsAt('2026-06-01', worklogs)).toEqual([3_600, 60]);
  });
});
