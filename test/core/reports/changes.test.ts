import { describe, expect, it } from 'vitest';
import { parseDay } from '../../../src/core/time/day.ts';
import { aDoneItem, aPast, at, changes, settings, statuses } from '../../builders.ts';
import { aTeam, anOpenItem, seen } from '../findings/rule-rig.ts';
import { digest } from './digest-rig.ts';

const { doing, done } = statuses;
const keys = ({ items }: { readonly items: readonly { readonly key: string }[] }) => items.map(({ key }) => key);

describe('what happened in the period', () => {
  it.each([
    ['at the very start', '2026-05-18T08:30:00Z', []],
    ['a millisecond after it', '2026-05-18T08:30:00.001Z', ['APO-1']],
    ['at its very end', '2026-05-25T08:30:00Z', ['APO-1']],
    ['after it', '2026-05-25T08:30:00.001Z', []],
  ])('an item finished %s', (_, doneAt, expected) => {
    const items = [aDoneItem('APO-1', { createdAt: '2026-05-01', startedAt: '2026-05-04', doneAt })];
    expect(keys(digest({ items }).finished)).toEqual(expected);
  });

  it('lists the newest first, with its title and address, and leaves out sub-tasks and what was not delivered', () => {
    const times = (day: string) => ({ createdAt: '2026-05-01', doneAt: day });
    const items = [
      aDoneItem('APO-1', times('2026-05-19')),
      aDoneItem('APO-2', times('2026-05-21'), { summary: 'Pay by card' }),
      aDoneItem('APO-3', times('2026-05-20'), { type: { name: 'Sub-task', isSubtask: true, isEpic: false } }),
      aPast(
        { key: 'APO-4', status: done, resolution: "Won't Fix" },
        changes(['2026-05-20', 'status', '1', '4'], ['2026-05-20', 'resolution', null, "Won't Fix"]),
      ),
    ];
    const { finished } = digest({ items, settings: settings({ excludedResolutions: ["Won't Fix"] }) });
    expect(finished.count).toBe(2);
    expect(finished.items[0]).toEqual({ key: 'APO-2', summary: 'Pay by card', url: 'https://acme.test/browse/APO-2' });
    expect(keys(finished)).toEqual(['APO-2', 'APO-1']);
  });

  it('counts all and lists 40', () => {
    const items = Array.from({ length: 45 }, (_, index) =>
      aDoneItem(`APO-${index + 1}`, { createdAt: '2026-05-01', doneAt: '2026-05-20' }),
    );
    const { finished } = digest({ items });
    expect([finished.count, finished.items.length]).toEqual([45, 40]);
  });

  it('tells what was started, made and reopened, and how often', () => {
    const items = [
      anOpenItem('APO-1', [['2026-05-20', doing]]),
      anOpenItem('APO-2', [], { createdAt: at('2026-05-21') }),
      anOpenItem('APO-3', [
        ['2026-04-20', done],
        ['2026-04-22', doing],
        ['2026-05-19', done],
        ['2026-05-22', doing],
      ]),
    ];
    const { started, created, reopened } = digest({ items });
    expect([keys(started), keys(created), keys(reopened), reopened.times]).toEqual([
      ['APO-1'],
      ['APO-2'],
      ['APO-3'],
      2,
    ]);
  });
});

describe('scope', () => {
  const added = (key: string, version: string, day = '2026-05-20') =>
    aPast({ key, fixVersionIds: [version], assignee: 'x' }, changes([day, 'fixVersion', null, version]));
  const removed = (key: string, version: string) =>
    aPast({ key, fixVersionIds: [] }, changes(['2026-05-20', 'fixVersion', version, null]));
  const inVersion = (key: string, version = '900') => anOpenItem(key, [], { fixVersionIds: [version] });
  const dated = (id: string, name: string, releaseOn: '2026-06-05' | '2026-12-18' | '2026-02-06' | null) =>
    seen(['2026-01-06', { id, name, releaseOn }]);

  it('says what came and went, and the size before and after', () => {
    const items = [inVersion('APO-1'), inVersion('APO-2'), added('APO-3', '900'), removed('APO-4', '900')];
    const { scope } = digest({ items, versions: [dated('900', '1.4', '2026-06-05')] });
    expect(
      scope.map((line) => ({
        ...line,
        added: line.added.map(({ key }) => key),
        removed: line.removed.map(({ key }) => key),
      })),
    ).toEqual([{ milestone: '1.4', itemsBefore: 3, itemsNow: 3, added: ['APO-3'], removed: ['APO-4'] }]);
  });

  it.each([
    [
      'an item without history counts as having been there',
      [{ ...added('APO-3', '900'), changes: [], isComplete: false }],
      [],
    ],
    ['what was added before the period is no news', [added('APO-3', '900', '2026-05-17')], []],
    [
      'a new item planned at once is an addition',
      [inVersion('APO-9')].map((past) => ({ ...past, item: { ...past.item, createdAt: at('2026-05-20') } })),
      ['1.4'],
    ],
  ])('%s', (_, more, expected) => {
    const items = [inVersion('APO-1'), ...more];
    const { scope } = digest({ items, versions: [dated('900', '1.4', '2026-06-05')] });
    expect(scope.map(({ milestone }) => milestone)).toEqual(expected);
  });

  it('tells the milestone of the verdict first, then dated ones that changed by three or more, never a list without a date', () => {
    const three = (from: number, version: string) => [0, 1, 2].map((index) => added(`APO-${from + index}`, version));
    const items = [
      ...aTeam(),
      ...Array.from({ length: 9 }, (_, index) => inVersion(`APO-${1 + index}`)),
      added('APO-20', '900'),
      ...three(30, '901'),
      added('APO-40', '902'),
      added('APO-41', '902'),
      ...three(50, '903'),
      ...three(60, '904'),
    ];
    const versions = [
      dated('900', '1.4', '2026-06-05'),
      dated('901', '1.5', '2026-12-18'),
      dated('902', '1.6', '2026-12-18'),
      dated('903', 'Someday', null),
      dated('904', 'Forgotten', '2026-02-06'),
    ];
    expect(digest({ items, versions }).scope.map(({ milestone }) => milestone)).toEqual(['1.4', '1.5']);
  });
});

describe('moves', () => {
  it('tells those of the period, the one of the verdict first, and counts what has no room', () => {
    const newDates = { 900: '2026-07-01', 901: '2026-07-02', 902: '2026-07-03', 903: '2026-07-06', 904: '2026-07-07' };
    const versions = Object.entries(newDates).map(([id, to]) =>
      seen(
        ['2026-01-06', { id, name: `v${id}`, releaseOn: '2026-06-30' }],
        ['2026-05-20', { id, name: `v${id}`, releaseOn: parseDay(to) }],
      ),
    );
    const items = ['900', '901', '902', '903', '904'].map((id, index) =>
      anOpenItem(`APO-${index + 1}`, [], { fixVersionIds: [id] }),
    );
    const { moves, moreMoves, details } = digest({ items: [...aTeam(), ...items], versions });
    expect(moves.map(({ milestone }) => milestone)).toEqual(['v900', 'v904', 'v903']);
    expect([moreMoves, details.moves.length]).toEqual([2, 5]);
    expect(moves[0]).toMatchObject({ from: '2026-06-30', to: '2026-07-01', workingDays: 1, replans: 1 });
  });
});
