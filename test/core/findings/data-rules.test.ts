import { describe, expect, it } from 'vitest';
import { rules } from '../../../src/core/findings/rules.ts';
import type { Trust } from '../../../src/core/metrics/trust.ts';
import type { Seen, Sprint } from '../../../src/core/model/plan.ts';
import type { ItemHistory, Pull } from '../../../src/core/model/project.ts';
import { aDoneItem, aPast, aSprint, at, changes, statuses, statusMoves } from '../../builders.ts';
import { aTeam, anOpenItem, find, inputAt } from './rule-rig.ts';

const { toDo, doing } = statuses;

describe('LOW_TRUST', () => {
  const input = inputAt({ items: [anOpenItem('APO-1', [])] });
  const withTrust = (trust: Partial<Trust>) => {
    const metrics = { ...input.metrics, trust: { ...input.metrics.trust, items: 100, ...trust } };
    return rules.LOW_TRUST({ ...input, metrics });
  };
  const hour = 3_600_000;
  it.each([
    ['data of 35 hours ago', { dataAt: input.view.asOf - 35 * hour }, null, null],
    ['data of 36 hours ago', { dataAt: input.view.asOf - 36 * hour }, 'high', ['OLD_DATA']],
    ['data of no pull at all: rebuilt from histories', { dataAt: null }, null, null],
    ['a source that failed', { failedSources: ['jira'] }, 'high', ['SOURCE_FAILED']],
    ['30 of 100 histories cut', { truncatedHistories: 30 }, null, null],
    ['31 of 100 histories cut', { truncatedHistories: 31 }, 'high', ['CUT_HISTORIES']],
    ['an unmapped status', { unmappedStatuses: ['Parked'] }, 'medium', ['UNMAPPED_STATUSES']],
    ['no item', { items: 0 }, 'high', ['NO_DATA']],
    [
      'several at once, the worst first',
      { unmappedStatuses: ['Parked'], failedSources: ['jira'], truncatedHistories: 50 },
      'high',
      ['SOURCE_FAILED', 'CUT_HISTORIES', 'UNMAPPED_STATUSES'],
    ],
  ])('%s', (_, trust, severity, reasons) => {
    const [finding] = withTrust(trust);
    expect([finding?.severity ?? null, finding?.reasons ?? null]).toEqual([severity, reasons]);
  });

  it('sees a failed pull of the real figures', () => {
    const pull: Pull = {
      source: 'jira',
      startedAt: at('2026-05-25T07:00:00Z'),
      endedAt: null,
      outcome: 'failed',
      error: '401',
    };
    const pulls = [
      { ...pull, startedAt: at('2026-05-24'), endedAt: at('2026-05-24'), outcome: 'done' as const, error: null },
      { ...pull, endedAt: at('2026-05-25T07:01:00Z') },
    ];
    const [finding] = find('LOW_TRUST', { items: [anOpenItem('APO-1', [])], pulls });
    expect(finding).toMatchObject({ reasons: ['SOURCE_FAILED'], facts: { failedSources: ['jira'] } });
  });
});

describe('BULK_CLOSE', () => {
  const closed = (count: number, day = '2026-05-20') =>
    Array.from({ length: count }, (_, index) =>
      aDoneItem(`APO-${3000 + index}`, { createdAt: '2026-02-01', doneAt: `${day}T1${index % 10}:00:00Z` }),
    );
  it.each([
    ['1 a week, 5 in a day', 1, 5, false],
    ['1 a week, 6 in a day', 1, 6, true],
    ['3 a week, 15 in a day', 3, 15, false],
    ['3 a week, 16 in a day', 3, 16, true],
    ['6 a week, 30 in a day', 6, 30, false],
    ['6 a week, 31 in a day', 6, 31, true],
  ])('%s', (_, perWeek, count, isFound) => {
    // The team itself rests this week.
    const found = find('BULK_CLOSE', { items: [...aTeam({ perWeek, weeks: 19 }), ...closed(count)] });
    expect(found).toMatchObject(
      isFound ? [{ severity: 'info', facts: { closedOn: '2026-05-20', closed: count } }] : [],
    );
  });

  it('says nothing without a usual week, before the last report, or in a first one', () => {
    expect(find('BULK_CLOSE', { items: [anOpenItem('APO-1', [])] })).toEqual([]);
    const items = [...aTeam({ weeks: 19 }), ...closed(30, '2026-05-13')];
    expect(find('BULK_CLOSE', { items })).toEqual([]);
    expect(find('BULK_CLOSE', { items }, { since: null })).toEqual([]);
  });
});

const seenSprint = (parts: Partial<Sprint>): readonly Seen<Sprint>[] => [
  { at: at('2026-01-05'), value: aSprint(parts) },
];

describe('SPRINT_AT_RISK', () => {
  const running = seenSprint({
    startAt: at('2026-05-18T08:00:00Z'),
    activatedAt: at('2026-05-18T08:00:00Z'),
    endAt: at('2026-05-29T16:00:00Z'),
  });
  const inSprint = (count: number) =>
    Array.from({ length: count }, (_, index) => anOpenItem(`APO-${1 + index}`, [], { sprintIds: ['7'] }));
  it.each([
    ['2 open items, 3 done a week', 2, 3, false],
    ['12 open items, 3 done a week', 12, 3, true],
    ['12 open items, 15 done a week', 12, 15, false],
  ])('%s', (_, open, perWeek, isFound) => {
    const parts = { items: [...aTeam({ perWeek }), ...inSprint(open)], sprints: [running] };
    const { outlook } = inputAt(parts).metrics.sprints[0]!;
    const found = find('SPRINT_AT_RISK', parts);
    const likely = outlook!.doneAtP50;
    const facts = { sprint: 'Sprint 7', endOn: '2026-05-29', items: open, done: 0, open, likely };
    expect(found).toMatchObject(isFound ? [{ severity: 'medium', facts }] : []);
  });

  it('says nothing without history for an outlook, for an empty sprint, nor on grade D', () => {
    expect(find('SPRINT_AT_RISK', { items: inSprint(12), sprints: [running] })).toEqual([]);
    expect(find('SPRINT_AT_RISK', { items: aTeam(), sprints: [running] })).toEqual([]);
    const input = inputAt({ items: [...aTeam(), ...inSprint(12)], sprints: [running] });
    const sprints = input.metrics.sprints.map((sprint) => ({ ...sprint, grade: 'D' as const }));
    expect(rules.SPRINT_AT_RISK({ ...input, metrics: { ...input.metrics, sprints } })).toEqual([]);
  });
});

describe('SERIAL_CARRYOVER', () => {
  const ends = ['2026-03-27', '2026-04-10', '2026-04-24', '2026-05-08', '2026-05-22'];
  const sprints = ends.map((end, index) =>
    seenSprint({
      id: String(index + 1),
      name: `Sprint ${index + 1}`,
      state: 'closed',
      startAt: at(end) - 11 * 86_400_000,
      activatedAt: at(end) - 11 * 86_400_000,
      endAt: at(end),
      completedAt: at(end),
    }),
  );
  /** In these sprints one after the other, moved on two hours after each end. */
  const carried = (...ids: readonly string[]): ItemHistory => {
    const moves = ids.slice(1).map((id, index) => {
      const before = ids.slice(0, index + 1).join(',');
      return [
        new Date(at(ends[Number(ids[index]) - 1]!) + 7_200_000).toISOString(),
        'sprint',
        before,
        `${before},${id}`,
      ] as const;
    });
    return aPast({ key: 'APO-1', status: doing, sprintIds: ids }, [
      ...changes(...moves),
      ...statusMoves(toDo, ['2026-01-20', doing]),
    ]);
  };
  it.each([
    [['4', '5'], null],
    [['3', '4', '5'], 3],
    [['1', '2', '3', '4', '5'], 5],
  ])('out of sprints %s: %s', (ids, count) => {
    const [finding] = find('SERIAL_CARRYOVER', { items: [carried(...ids)], sprints });
    expect(finding?.facts['sprints'] ?? null).toBe(count);
  });

  it('counts the sprint that runs: in its third one in a row it is told (H14)', () => {
    const running = seenSprint({
      id: '6',
      name: 'Sprint 6',
      startAt: at('2026-05-22'),
      activatedAt: at('2026-05-22'),
      endAt: at('2026-06-05'),
    });
    const all = [...sprints, running];
    const item = carried('4', '5', '6');
    const [finding] = find('SERIAL_CARRYOVER', { items: [item], sprints: all });
    expect(finding?.facts['sprints']).toBe(3);
  });

  it.each([
    ['2026-05-25T11:00:00Z', 1],
    ['2026-05-25T13:00:00Z', 0],
  ])('forgets an item put back since its last sprint closed a month ago: at %s, %i', (asOf, count) => {
    expect(find('SERIAL_CARRYOVER', { items: [carried('1', '2', '3')], sprints }, { asOf })).toHaveLength(count);
  });
});
