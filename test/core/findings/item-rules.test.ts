import { describe, expect, it } from 'vitest';
import { rules } from '../../../src/core/findings/rules.ts';
import { aChange, aDoneItem, aPast, at, changes, settings, statuses } from '../../builders.ts';
import { aTeam, anOpenItem, find, inputAt, monday } from './rule-rig.ts';

const { toDo, doing, review, done, odd } = statuses;

describe('AGED_WIP', () => {
  const usual = aTeam({ days: 5 });
  it.each([
    ['2026-05-22', 'no', null],
    ['2026-05-21T08:00:00Z', 'a', 'medium'],
    ['2026-05-12T08:00:00Z', 'a', 'medium'],
    ['2026-05-11T08:00:00Z', 'a', 'high'],
  ])('started on %s where 85 %% take 5 days: %s finding, %s', (startedAt, _, severity) => {
    const [finding] = find('AGED_WIP', { items: [...usual, anOpenItem('APO-1', [[startedAt, doing]])] });
    expect(finding?.severity ?? null).toBe(severity);
  });

  it('says how old it is, with both ends counted, and what is usual', () => {
    const items = [...usual, anOpenItem('APO-1', [['2026-05-16', doing]])];
    expect(find('AGED_WIP', { items })).toEqual([
      {
        rule: 'AGED_WIP',
        severity: 'medium',
        subject: 'APO-1',
        facts: { ageDays: 10, p85Days: 5, status: 'In Progress' },
        reasons: [],
        evidence: ['APO-1'],
        fingerprint: 'AGED_WIP:APO-1',
      },
    ]);
  });

  it.each([
    ['with 11 finished items, one too few', aTeam({ weeks: 11, perWeek: 1 }), [['2026-01-20', doing]] as const],
    [
      'for an item put back to the backlog',
      usual,
      [
        ['2026-02-02', doing],
        ['2026-02-03', toDo],
      ] as const,
    ],
    [
      'for an item in a status that means nothing',
      usual,
      [
        ['2026-02-02', doing],
        ['2026-02-03', odd],
      ] as const,
    ],
    ['without any history', [], [['2026-02-02', doing]] as const],
  ])('says nothing %s', (_, team, moves) => {
    expect(find('AGED_WIP', { items: [...team, anOpenItem('APO-1', moves)] })).toEqual([]);
  });

  it('says nothing when the cycle times are of grade D', () => {
    const skipped = Array.from({ length: 60 }, (_, index) =>
      aPast({ key: `APO-${2000 + index}`, status: done, resolvedAt: at('2026-05-20') }, [], { isComplete: false }),
    );
    const input = inputAt({ items: [...usual, ...skipped, anOpenItem('APO-1', [['2026-02-02', doing]])] });
    expect(input.metrics.figures.cycleTimeDays.grade).toBe('D');
    expect(rules.AGED_WIP(input)).toEqual([]);
  });
});

describe('LONG_IN_STATUS', () => {
  const reviewed = (count: number, days: number) =>
    Array.from({ length: count }, (_, index) =>
      aPast(
        { key: `APO-${500 + index}`, status: done },
        changes(
          ['2026-04-01T08:00:00Z', 'status', toDo.id, doing.id],
          ['2026-04-10T08:00:00Z', 'status', doing.id, review.id],
          [`2026-04-${10 + days - 1}T12:00:00Z`, 'status', review.id, done.id],
        ),
      ),
    );
  const inReviewSince = (day: string) =>
    anOpenItem('APO-231', [
      ['2026-05-10T08:00:00Z', doing],
      [`${day}T08:00:00Z`, review],
    ]);

  it.each([
    ['2026-05-23', null],
    ['2026-05-22', 'medium'],
    ['2026-05-17', 'medium'],
    ['2026-05-16', 'high'],
  ])('in review since %s where 85 %% leave it in 3 days: %s', (since, severity) => {
    const found = find('LONG_IN_STATUS', { items: [...reviewed(12, 3), inReviewSince(since)] });
    expect(found[0]?.severity ?? null).toBe(severity);
  });

  it('counts from the entry into this status, with both ends', () => {
    const [finding] = find('LONG_IN_STATUS', { items: [...reviewed(12, 3), inReviewSince('2026-05-17')] });
    expect(finding!.facts).toEqual({ days: 9, p85Days: 3, status: 'In Review' });
  });

  it('says nothing with 11 stays, nor with stays of last year, nor without the history of the item', () => {
    const item = inReviewSince('2026-05-12');
    expect(find('LONG_IN_STATUS', { items: [...reviewed(11, 3), item] })).toEqual([]);
    const yearAfter = { asOf: '2027-05-24T08:30:00Z', since: null };
    expect(find('LONG_IN_STATUS', { items: [...reviewed(12, 3), item] }, yearAfter)).toEqual([]);
    expect(find('LONG_IN_STATUS', { items: [...reviewed(12, 3), { ...item, isComplete: false }] })).toEqual([]);
  });

  it('does not count days in which the status lasted less than a day as late on the first one', () => {
    const item = anOpenItem('APO-231', [
      ['2026-05-25T07:00:00Z', doing],
      ['2026-05-25T08:00:00Z', review],
    ]);
    expect(find('LONG_IN_STATUS', { items: [...reviewed(12, 1), item] })).toEqual([]);
  });
});

describe('OVERDUE_ITEM', () => {
  it.each([
    ['2026-05-25', null],
    ['2026-05-22', 'high'],
    ['2026-03-02', 'high'],
    ['2026-02-27', 'low'],
    [null, null],
  ] as const)('due on %s: %s', (dueOn, severity) => {
    const [finding] = find('OVERDUE_ITEM', { items: [anOpenItem('APO-1', [], { dueOn })] });
    expect(finding?.severity ?? null).toBe(severity);
  });

  it('tells the oldest first, leaves out epics and what is done', () => {
    const items = [
      anOpenItem('APO-1', [], { dueOn: '2026-05-20' }),
      anOpenItem('APO-2', [], { dueOn: '2026-05-18' }),
      anOpenItem('APO-3', [], { dueOn: '2026-05-18', type: { name: 'Epic', isSubtask: false, isEpic: true } }),
      aDoneItem('APO-4', { createdAt: '2026-05-01', doneAt: '2026-05-21' }, { dueOn: '2026-05-18' }),
    ];
    const found = find('OVERDUE_ITEM', { items });
    expect(found.map(({ subject, facts }) => [subject, facts['workingDays']])).toEqual([
      ['APO-2', 5],
      ['APO-1', 3],
    ]);
    expect(found[0]!.fingerprint).toBe('OVERDUE_ITEM:APO-2:2026-05-18');
  });
});

describe('UNASSIGNED_IN_PROGRESS', () => {
  const nobodys = (when: string, assignee: string | null = null) => anOpenItem('APO-1', [[when, doing]], { assignee });
  it.each([
    ['today', nobodys('2026-05-25T08:00:00Z'), null],
    ['since Friday', nobodys('2026-05-22'), 1],
    ['for a week', nobodys('2026-05-18'), 5],
    ['but owned', nobodys('2026-05-18', 'someone'), null],
  ])('in progress %s', (_, item, workingDays) => {
    const [finding] = find('UNASSIGNED_IN_PROGRESS', { items: [item] });
    expect(finding?.facts['workingDays'] ?? null).toBe(workingDays);
  });

  it('says nothing of what nobody began', () => {
    expect(find('UNASSIGNED_IN_PROGRESS', { items: [anOpenItem('APO-1', [], { assignee: null })] })).toEqual([]);
  });
});

describe('STALE_IN_PROGRESS', () => {
  it.each([
    ['2026-05-19', null],
    ['2026-05-18', 5],
    ['2026-05-11', 10],
  ])('last touched on %s', (day, workingDays) => {
    const [finding] = find('STALE_IN_PROGRESS', { items: [anOpenItem('APO-1', [[day, doing]])] });
    expect(finding?.facts ?? null).toEqual(workingDays === null ? null : { workingDays, activeOn: day });
  });

  it.each([
    [
      'a bot that raised its priority',
      aChange({ at: at('2026-05-22'), field: 'priority', from: null, to: 'High', by: 'robot' }),
    ],
    ['a link', aChange({ at: at('2026-05-22'), field: 'link', from: null, to: 'relates:APO-2', by: 'someone' })],
  ])('takes %s for no work (metrics.md 2.2)', (_, change) => {
    const item = anOpenItem('APO-1', [['2026-05-11', doing]]);
    const parts = { settings: settings({ bots: ['robot'] }), items: [{ ...item, changes: [...item.changes, change] }] };
    expect(find('STALE_IN_PROGRESS', parts)).toMatchObject([{ facts: { workingDays: 10, activeOn: '2026-05-11' } }]);
  });

  it('says nothing of an item whose history is cut: its last sign of life is not known', () => {
    const items = [{ ...anOpenItem('APO-1', [['2026-05-11', doing]]), isComplete: false }];
    expect(find('STALE_IN_PROGRESS', { items })).toEqual([]);
  });
});

describe('REOPENED', () => {
  const reopened = (...days: readonly string[]) =>
    anOpenItem(
      'APO-214',
      days.flatMap((day) => [[`${day}T08:00:00Z`, done] as const, [`${day}T18:00:00Z`, doing] as const]),
    );
  it.each([
    ['once, this week', reopened('2026-05-20'), { times: 1, severity: 'low', on: '2026-05-20' }],
    ['for the second time', reopened('2026-03-20', '2026-05-20'), { times: 2, severity: 'medium', on: '2026-05-20' }],
    ['before the last report', reopened('2026-05-15'), null],
  ])('%s', (_, item, expected) => {
    const [found] = find('REOPENED', { items: [item] });
    const { times, reopenedOn } = found?.facts ?? {};
    expect(found ? { times, severity: found.severity, on: reopenedOn } : null).toEqual(expected);
  });

  it('says nothing when it was closed again, nor in a first report', () => {
    const closed = anOpenItem('APO-1', [
      ['2026-05-19', done],
      ['2026-05-20', doing],
      ['2026-05-21', done],
    ]);
    expect(find('REOPENED', { items: [closed] })).toEqual([]);
    expect(find('REOPENED', { items: [reopened('2026-05-20')] }, { since: null })).toEqual([]);
  });
});

describe('BLOCKED', () => {
  const flagged = (day: string, status = doing) =>
    aPast(
      { key: 'APO-1', status, isFlagged: true, createdAt: at('2026-01-05') },
      changes(
        ['2026-05-04T08:00:00Z', 'status', toDo.id, status.id],
        [`${day}T08:00:00Z`, 'flagged', null, 'Impediment'],
      ),
    );
  it.each([
    ['2026-05-25', 'low', 0],
    ['2026-05-22', 'low', 1],
    ['2026-05-21', 'medium', 2],
    ['2026-05-18', 'high', 5],
  ])('flagged since %s: %s', (day, severity, workingDays) => {
    const [finding] = find('BLOCKED', { items: [flagged(day)] });
    expect(finding).toMatchObject({
      severity,
      facts: { sinceOn: day, workingDays, kind: 'flagged', by: [], chain: [] },
    });
  });

  it('says nothing of a backlog item that no date holds', () => {
    const waiting = { ...flagged('2026-02-02'), changes: changes(['2026-02-02', 'flagged', null, 'Impediment']) };
    const items = [{ ...waiting, item: { ...waiting.item, status: toDo } }];
    expect(find('BLOCKED', { items })).toEqual([]);
  });

  it('names the open item that it waits for, and nothing when that is done or not known', () => {
    const waits = aPast(
      { key: 'APO-1', status: doing, links: [{ kind: 'blocked-by', key: 'HER-77' }], createdAt: at('2026-05-11') },
      changes(['2026-05-12', 'status', toDo.id, doing.id]),
    );
    const blocker = aPast({ key: 'HER-77', id: '77', projectKey: 'HER', createdAt: at('2026-05-13') });
    const [finding] = find('BLOCKED', { items: [waits], linked: [blocker] });
    expect(finding!.facts).toEqual({ sinceOn: '2026-05-13', workingDays: 8, kind: 'link', by: ['HER-77'], chain: [] });
    const doneBlocker = aDoneItem('HER-77', { createdAt: '2026-05-13', doneAt: '2026-05-20' }, { id: '77' });
    expect(find('BLOCKED', { items: [waits], linked: [doneBlocker] })).toEqual([]);
    expect(find('BLOCKED', { items: [waits] })).toEqual([]);
  });
});

describe('the chain behind a blocker', () => {
  const waits = (key: string, ...blockers: readonly string[]) =>
    aPast({
      key,
      id: key,
      status: doing,
      createdAt: at('2026-05-11'),
      links: blockers.map((blocker) => ({ kind: 'blocked-by', key: blocker })),
    });
  it.each([
    ['through other projects', [waits('APO-1', 'HER-77')], [waits('HER-77', 'ATL-52'), waits('ATL-52')], ['ATL-52']],
    ['up to what is not known', [waits('APO-1', 'HER-77')], [waits('HER-77', 'ATL-52')], []],
    [
      'until a circle closes',
      [waits('APO-1', 'APO-2'), waits('APO-2', 'APO-3'), waits('APO-3', 'APO-1')],
      [],
      ['APO-3'],
    ],
    [
      'not from two blockers',
      [waits('APO-1', 'HER-77', 'HER-78')],
      [waits('HER-77', 'ATL-52'), waits('HER-78'), waits('ATL-52')],
      [],
    ],
  ])('is followed %s', (_, items, linked, chain) => {
    const finding = find('BLOCKED', { items, linked }).find(({ subject }) => subject === 'APO-1');
    expect(finding!.facts['chain']).toEqual(chain);
  });
});

it('no rule finds anything in an empty project, but that nothing is known', () => {
  const input = inputAt({}, { asOf: monday });
  const found = Object.values(rules).flatMap((rule) => rule(input));
  expect(found.map(({ rule, reasons }) => [rule, reasons])).toEqual([['LOW_TRUST', ['NO_DATA']]]);
});
