import { describe, expect, it } from 'vitest';
import { rules } from '../../../src/core/findings/rules.ts';
import { aDoneItem, aPast, at, changes } from '../../builders.ts';
import { aDatedVersion, aTeam, anOpenItem, find, inputAt, seen } from './rule-rig.ts';

const inVersion = { fixVersionIds: ['900'] };
const open = (count: number, from = 1) =>
  Array.from({ length: count }, (_, index) => anOpenItem(`APO-${from + index}`, [], inVersion));

describe('MILESTONE_MOVED', () => {
  const moved = (when: string, to: '2026-06-12' | '2026-04-01' | '2026-07-01' | null) => ({
    items: open(1),
    versions: [seen(['2026-01-02', { id: '1' }]), aDatedVersion('2026-05-22', [when, to])],
  });
  it.each([
    ['a move of today after it was missed', moved('2026-05-25T08:00:00Z', '2026-06-12'), 'high', true, true],
    ['a move with 2 days of notice', moved('2026-05-20T08:00:00Z', '2026-06-12'), 'high', true, false],
    ['an earlier date', moved('2026-05-20T08:00:00Z', '2026-04-01'), 'info', true, false],
    ['a date taken away', moved('2026-05-20T08:00:00Z', null), 'high', true, false],
  ])('%s', (_, parts, severity, isLastMinute, isAfterMiss) => {
    const [finding, ...more] = find('MILESTONE_MOVED', parts);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ severity, subject: '900', facts: { isLastMinute, isAfterMiss, replans: 1 } });
  });

  it('is medium with a week of notice, and says by how much', () => {
    const versions = [seen(['2026-01-02', { id: '1' }]), aDatedVersion('2026-06-30', ['2026-05-20', '2026-07-14'])];
    const [finding] = find('MILESTONE_MOVED', { items: open(1), versions });
    expect(finding).toMatchObject({
      severity: 'medium',
      fingerprint: `MILESTONE_MOVED:900:${at('2026-05-20')}`,
      facts: { fromOn: '2026-06-30', toOn: '2026-07-14', workingDays: 10, committedOn: '2026-06-30' },
    });
  });

  it('says nothing of moves before the last report, nor in a first one', () => {
    expect(find('MILESTONE_MOVED', moved('2026-05-17', '2026-06-12'))).toEqual([]);
    expect(find('MILESTONE_MOVED', moved('2026-05-20', '2026-06-12'), { since: null })).toEqual([]);
  });
});

describe('MILESTONE_OVERDUE', () => {
  it.each([
    ['2026-05-25', null],
    ['2026-05-22', 1],
    ['2026-05-15', 6],
  ] as const)('set for %s: %s working days', (releaseOn, workingDays) => {
    const found = find('MILESTONE_OVERDUE', { items: open(2), versions: [aDatedVersion(releaseOn)] });
    const finding = { severity: 'high', facts: { workingDays, openItems: 2 }, evidence: ['APO-1', 'APO-2'] };
    expect(found).toMatchObject(workingDays === null ? [] : [finding]);
  });

  it('leaves single items to their own rule, and released versions alone', () => {
    expect(find('MILESTONE_OVERDUE', { items: [anOpenItem('APO-1', [], { dueOn: '2026-05-18' })] })).toEqual([]);
    const released = seen(
      ['2026-01-06', { releaseOn: '2026-05-15' }],
      ['2026-05-20', { releaseOn: '2026-05-20', isReleased: true }],
    );
    expect(find('MILESTONE_OVERDUE', { items: open(1), versions: [released] })).toEqual([]);
  });
});

describe('PROMISE_GAP', () => {
  const team = aTeam();
  const late = { items: [...team, ...open(9)], versions: [aDatedVersion('2026-06-05')] };
  it('is high below even odds, with the dates and the gap', () => {
    const { metrics } = inputAt(late);
    const [finding] = find('PROMISE_GAP', late);
    const { forecast, health } = metrics.milestones.find(({ id }) => id === '900')!;
    expect(health.current.probability).toBeLessThan(0.5);
    expect(finding).toMatchObject({
      severity: 'high',
      facts: { clock: 'current', dueOn: '2026-06-05', p85On: forecast!.p85, probability: health.current.probability },
    });
    expect(finding!.facts['gapWorkingDays']).toBeGreaterThan(0);
  });

  it('looks at the first promise when the current date holds', () => {
    const versions = [seen(['2026-01-02', { id: '1' }]), aDatedVersion('2026-06-01', ['2026-03-03', '2026-09-01'])];
    const [finding] = find('PROMISE_GAP', { items: [...team, ...open(9)], versions });
    expect(finding).toMatchObject({ subject: '900', facts: { clock: 'baseline', dueOn: '2026-06-01' } });
  });

  it.each([
    ['when the date holds', { ...late, versions: [aDatedVersion('2026-12-18')] }],
    ['with too little history', { items: [...aTeam({ weeks: 2 }), ...open(9)], versions: late.versions }],
    ['without a date', { ...late, versions: [seen(['2026-01-06', { releaseOn: null }])] }],
    ['without open items', { items: team, versions: late.versions }],
  ])('says nothing %s', (_, parts) => {
    expect(find('PROMISE_GAP', parts)).toEqual([]);
  });

  it('says nothing on a forecast of grade D', () => {
    const input = inputAt(late);
    const milestones = input.metrics.milestones.map((milestone) => ({ ...milestone, forecastGrade: 'D' as const }));
    expect(rules.PROMISE_GAP({ ...input, metrics: { ...input.metrics, milestones } })).toEqual([]);
  });
});

describe('RELEASED_WITH_OPEN_ITEMS', () => {
  const released = (day: '2026-05-20' | '2026-05-12') =>
    seen(['2026-01-06', { releaseOn: '2026-06-01' }], [`${day}T12:00:00Z`, { releaseOn: day, isReleased: true }]);
  it('asks where the open items of a release of this period go', () => {
    const found = find('RELEASED_WITH_OPEN_ITEMS', { items: open(2), versions: [released('2026-05-20')] });
    expect(found).toMatchObject([
      { severity: 'high', facts: { finishedOn: '2026-05-20', openItems: 2 }, evidence: ['APO-1', 'APO-2'] },
    ]);
  });

  it.each([
    ['of a release before the last report', { items: open(2), versions: [released('2026-05-12')] }, {}],
    ['in a first report', { items: open(2), versions: [released('2026-05-20')] }, { since: null }],
    [
      'when all is done',
      {
        items: [aDoneItem('APO-1', { createdAt: '2026-05-01', doneAt: '2026-05-19' }, inVersion)],
        versions: [released('2026-05-20')],
      },
      {},
    ],
  ])('says nothing %s', (_, parts, when) => {
    expect(find('RELEASED_WITH_OPEN_ITEMS', parts, when)).toEqual([]);
  });
});

describe('SCOPE_GROWTH', () => {
  const added = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      aPast({ key: `APO-${100 + index}`, ...inVersion }, changes(['2026-05-20', 'fixVersion', null, '900'])),
    );
  const versions = [aDatedVersion('2026-12-18')];
  it.each([
    [8, 2, 'too few items'],
    [8, 3, 'both'],
    [13, 3, 'too small a share'],
    [0, 5, 'from nothing'],
  ])('%i items and %i more: %s', (before, more, expected) => {
    const found = find('SCOPE_GROWTH', { items: [...open(before), ...added(more)], versions });
    const facts = { milestone: '1.0', grown: 3, itemsBefore: 8, itemsNow: 11, share: 3 / 8 };
    const evidence = ['APO-100', 'APO-101', 'APO-102'];
    expect(found).toMatchObject(expected === 'both' ? [{ facts, evidence }] : []);
  });

  it.each([
    ['2026-12-18', 'medium'],
    [null, 'low'],
  ] as const)('set for %s: %s', (releaseOn, severity) => {
    const items = [...open(8), ...added(3)];
    const found = find('SCOPE_GROWTH', { items, versions: [seen(['2026-01-06', { releaseOn }])] });
    expect(found).toMatchObject([{ severity }]);
  });

  it('takes off what left', () => {
    const left = open(3, 50).map(({ item }) =>
      aPast({ ...item, fixVersionIds: [] }, changes(['2026-05-20', 'fixVersion', '900', null])),
    );
    expect(find('SCOPE_GROWTH', { items: [...open(5), ...left, ...added(4)], versions })).toEqual([]);
  });
});
