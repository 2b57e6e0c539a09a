import { describe, expect, it } from 'vitest';
import type { Day } from '../../../src/core/time/day.ts';
import { aPast, at, changes, statuses } from '../../builders.ts';
import { aTeam, anOpenItem, seen } from '../findings/rule-rig.ts';
import { digest } from './digest-rig.ts';

const { toDo, doing } = statuses;
const in14 = { fixVersionIds: ['900'] };
const set14 = (releaseOn: Day) => seen(['2026-01-06', { name: '1.4', releaseOn }]);
const open = (count: number, parts = {}) =>
  Array.from({ length: count }, (_, index) => anOpenItem(`APO-${1 + index}`, [], { ...in14, ...parts }));
const questionsOf = (parts: Parameters<typeof digest>[0]) => digest(parts).decisions.map(({ question }) => question);

/** Waits for an open item since this day. */
const blocked = (since: string) => [
  aPast(
    {
      key: 'APO-198',
      status: toDo,
      assignee: 'x',
      ...in14,
      links: [{ kind: 'blocked-by', key: 'APO-77' }],
      createdAt: at('2026-03-02'),
    },
    changes([since, 'link', null, 'blocked-by:APO-77']),
  ),
  anOpenItem('APO-77', [['2026-05-20', doing]]),
];

describe('what a digest asks', () => {
  it.each([
    [
      'a date that is not likely to hold',
      { items: [...aTeam(), ...open(9)], versions: [set14('2026-06-05')] },
      ['REDATE_OR_CUT'],
    ],
    ['a date that holds', { items: [...aTeam(), ...open(9)], versions: [set14('2026-12-18')] }, []],
    ['too little history to judge', { items: open(9), versions: [set14('2026-06-05')] }, []],
    [
      'a date that has passed',
      { items: [...aTeam(), ...open(9)], versions: [set14('2026-05-22')] },
      ['OVERDUE_MILESTONE'],
    ],
    [
      'a block of five days and a date three weeks off',
      { items: [...aTeam(), ...blocked('2026-05-18')], versions: [set14('2026-06-15')] },
      ['KEEP_IN_MILESTONE'],
    ],
    ['a block of four days', { items: [...aTeam(), ...blocked('2026-05-19')], versions: [set14('2026-06-15')] }, []],
    [
      'a block and a date far off that holds',
      { items: [...aTeam(), ...blocked('2026-05-04')], versions: [set14('2026-06-16')] },
      [],
    ],
    [
      'nobody owns it, five days before',
      { items: [...aTeam({ perWeek: 30 }), ...open(1, { assignee: null })], versions: [set14('2026-06-01')] },
      ['UNOWNED'],
    ],
    [
      'nobody owns it, six days before',
      { items: [...aTeam({ perWeek: 30 }), ...open(1, { assignee: null })], versions: [set14('2026-06-02')] },
      [],
    ],
    ['nothing at all', {}, []],
  ])('%s', (_, parts, expected) => {
    expect(questionsOf(parts)).toEqual(expected);
  });

  it('asks for a date or a cut with both ways to green, the role and the day', () => {
    const { decisions, health } = digest({ items: [...aTeam(), ...open(9)], versions: [set14('2026-06-05')] });
    const { greenIf, forecast } = health.about!;
    expect(decisions).toEqual([
      {
        question: 'REDATE_OR_CUT',
        role: 'projectManager',
        facts: {
          milestone: '1.4',
          dueOn: '2026-06-05',
          p85On: forecast!.p85,
          greenOn: greenIf.current!.dueOn,
          itemsOut: greenIf.current!.itemsOut,
          openItems: 9,
          first: [],
          isHeldUp: false,
          heldUntil: null,
        },
        items: [],
        blockers: [],
        chain: [],
        by: '2026-05-27',
      },
    ]);
    expect(health.isWayAsked).toBe(true);
  });

  it('asks before the thing happens', () => {
    const { decisions } = digest({ items: [...aTeam(), ...open(9)], versions: [set14('2026-05-26')] });
    expect(decisions.map(({ by }) => by)).toEqual(['2026-05-26']);
  });

  it('names the blocker of the longest block, and how many more are blocked', () => {
    const flagged = aPast(
      { key: 'APO-5', status: doing, isFlagged: true, ...in14 },
      changes(['2026-05-21', 'flagged', null, 'Impediment'], ['2026-05-12', 'status', toDo.id, doing.id]),
    );
    const { decisions } = digest({
      items: [...aTeam(), ...blocked('2026-05-12'), flagged],
      versions: [set14('2026-06-15')],
    });
    expect(decisions).toMatchObject([
      {
        question: 'KEEP_IN_MILESTONE',
        role: 'productOwner',
        facts: { sinceOn: '2026-05-12', workingDays: 9, blockedItems: 2 },
        items: [{ key: 'APO-198' }],
        blockers: [{ key: 'APO-77', url: 'https://acme.test/browse/APO-77' }],
        chain: [],
      },
    ]);
  });

  it('asks once where the open items of all releases of the week go', () => {
    const released = (id: string, name: string) =>
      seen(
        ['2026-01-06', { id, name, releaseOn: '2026-06-01' }],
        ['2026-05-20', { id, name, releaseOn: '2026-05-20', isReleased: true }],
      );
    const items = [
      anOpenItem('APO-1', [], { fixVersionIds: ['900', '901'] }),
      anOpenItem('APO-2', [], { fixVersionIds: ['901'] }),
    ];
    const { decisions } = digest({ items, versions: [released('900', '1.4'), released('901', '1.5')] });
    expect(decisions).toMatchObject([
      {
        question: 'RELEASED_WITH_OPEN_ITEMS',
        role: 'releaseManager',
        facts: { milestones: ['1.4', '1.5'], moreMilestones: 0, openItems: 2, finishedOn: '2026-05-20' },
        items: [{ key: 'APO-1' }, { key: 'APO-2' }],
      },
    ]);
  });

  it('names nobody', () => {
    const items = [...aTeam(), ...open(9, { assignee: 'u-4711' }), ...blocked('2026-05-11')];
    expect(JSON.stringify(digest({ items, versions: [set14('2026-06-05')] }))).not.toContain('u-4711');
  });
});

describe('moving a date', () => {
  const next = (releaseOn: Day) => seen(['2026-01-06', { id: '901', name: '1.5', releaseOn }]);
  const more = Array.from({ length: 9 }, (_, index) => anOpenItem(`APO-${50 + index}`, [], { fixVersionIds: ['901'] }));
  const factsWith = (nextOn: Day) =>
    digest({
      items: [...aTeam(), ...open(9), ...more],
      versions: [set14('2026-05-29'), next(nextOn)],
    }).decisions.find(({ question, facts }) => question === 'REDATE_OR_CUT' && facts['milestone'] === '1.4')!.facts;

  it('behind that of another milestone says whose work then comes first', () => {
    const behind = factsWith('2026-06-05');
    expect(behind['first']).toEqual(['1.5']);
    expect(String(behind['greenOn']) > String(behind['p85On'])).toBe(true);
  });

  it('before all others says nothing of the kind', () => {
    expect(factsWith('2026-12-18')['first']).toEqual([]);
  });

  it('to one that other projects do not let it hold says until when', () => {
    const given = { items: [...aTeam(), ...open(9)], versions: [set14('2026-05-29')] };
    const factsHeldBy = (p85On: Day | null) =>
      digest(given, {
        later: { p85On, beyond: p85On === null ? 'horizon' : null, chain: ['APO-1', 'HER-1'] },
      }).decisions.find(({ question }) => question === 'REDATE_OR_CUT')!.facts;
    expect(factsHeldBy('2027-03-01')).toMatchObject({ isHeldUp: true, heldUntil: '2027-03-01' });
    expect(factsHeldBy(null)).toMatchObject({ isHeldUp: true, heldUntil: null });
    expect(factsHeldBy('2026-05-30')).toMatchObject({ isHeldUp: false });
  });
});
