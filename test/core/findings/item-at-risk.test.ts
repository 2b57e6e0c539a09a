import { describe, expect, it } from 'vitest';
import type { ItemHistory } from '../../../src/core/model/project.ts';
import type { Seen, Version } from '../../../src/core/model/plan.ts';
import { addDays } from '../../../src/core/time/day.ts';
import type { Day } from '../../../src/core/time/day.ts';
import { aPast, aVersion, at, changes, statuses } from '../../builders.ts';
import { find } from './rule-rig.ts';

const { toDo, doing, done } = statuses;
const asOf = '2026-05-25T08:30:00Z';
const firstOn: Day = '2025-05-30';

/** A release every four weeks, seen from the start with its day; the last one comes four days after as-of. */
const releases = Array.from({ length: 14 }, (_, index) => ({
  id: String(900 + index),
  on: addDays(firstOn, 28 * index),
}));

const snapshots = ({ id, on }: { readonly id: string; readonly on: Day }): readonly Seen<Version>[] => [
  { at: at(addDays(on, -40)), value: aVersion({ id, name: id, releaseOn: on }) },
  ...(on < '2026-05-25'
    ? [{ at: at(`${on}T18:00:00Z`), value: aVersion({ id, name: id, releaseOn: on, isReleased: true }) }]
    : []),
];
const versions = [
  [{ at: at('2025-01-01'), value: aVersion({ id: '1', name: 'first pull' }) }],
  ...releases.map(snapshots),
];

/** Of each release: items that somebody takes up and finishes, and as many that nobody does. */
function itemsOf(index: number, { id, on }: { readonly id: string; readonly on: Day }): readonly ItemHistory[] {
  const createdAt = at(addDays(on, -30));
  const isOpen = on >= '2026-05-25';
  const promise = [addDays(on, -28), 'fixVersion', null, id] as const;
  return Array.from({ length: 8 }, (_, number) => {
    const key = `APO-${100 * (index + 1) + number}`;
    if (number % 2 === 1) return aPast({ key, createdAt, fixVersionIds: [id], priority: 'Low' }, changes(promise));
    const taken = [addDays(on, -24), 'status', toDo.id, doing.id] as const;
    const touched = [addDays(on, -5), 'summary', 'a', 'b'] as const;
    const closed = [addDays(on, -3 - (number % 4)), 'status', doing.id, done.id] as const;
    return aPast(
      { key, createdAt, fixVersionIds: [id], assignee: 'ann', priority: 'High', status: isOpen ? doing : done },
      isOpen ? changes(promise, taken, touched) : changes(promise, taken, closed),
    );
  });
}
const items = releases.flatMap((release, index) => itemsOf(index, release));

describe('ITEM_AT_RISK', () => {
  it('names what is left lying, where the past says that this is how items come late', () => {
    const found = find('ITEM_AT_RISK', { items, versions }, { asOf, since: null });
    expect(found.map(({ subject }) => subject)).toEqual(['APO-1401', 'APO-1403', 'APO-1405', 'APO-1407']);
    expect(found[0]).toMatchObject({
      severity: 'medium',
      facts: { dueOn: '2026-05-29', workingDays: 4 },
      evidence: ['APO-1401'],
    });
    expect(found[0]!.facts.codes).toContain('NO_ACTIVITY');
  });

  it('says no chance, and nothing about a person’s past', () => {
    const found = find('ITEM_AT_RISK', { items, versions }, { asOf, since: null });
    for (const { facts } of found) {
      expect(Object.keys(facts)).toEqual(['dueOn', 'workingDays', 'codes']);
      expect(facts.codes).not.toContain('OWNER_LATE_HISTORY');
    }
  });

  it.each([
    ['without a past to have been right on', items.slice(-8), versions],
    ['where nothing is promised', items.slice(0, -8), versions],
    ['in an empty project', [], []],
  ])('says nothing %s', (_, some, known) => {
    expect(find('ITEM_AT_RISK', { items: some, versions: known }, { asOf, since: null })).toEqual([]);
  });
});
