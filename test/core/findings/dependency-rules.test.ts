import { describe, expect, it } from 'vitest';
import type { WorkItem } from '../../../src/core/model/work-item.ts';
import { statuses, changes, aPast, at } from '../../builders.ts';
import { assess } from '../../../src/core/findings/assess.ts';
import { aDatedVersion, aTeam, anOpenItem, find, inputAt } from './rule-rig.ts';

const waitsFor = (...keys: readonly string[]) => ({
  links: keys.map((key) => ({ kind: 'blocked-by', key }) as const),
});
const holdsUp = (...keys: readonly string[]) => ({ links: keys.map((key) => ({ kind: 'blocks', key }) as const) });
const own = (key: string, parts: Partial<WorkItem> = {}) => anOpenItem(key, [], parts);
const started = (key: string, parts: Partial<WorkItem> = {}) =>
  anOpenItem(key, [['2026-05-11T09:00:00Z', statuses.doing]], parts);

describe('order conflict', () => {
  it('says what is due before what it waits for, and where the two are', () => {
    const items = [
      own('APO-1', { dueOn: '2026-06-02', ...waitsFor('HER-1') }),
      own('APO-2', { dueOn: '2026-07-31', ...waitsFor('APO-3') }),
      own('APO-3', { dueOn: '2026-08-03' }),
      own('APO-4', { dueOn: '2026-08-04', ...waitsFor('APO-3') }),
    ];
    const linked = [own('HER-1', { projectKey: 'HER', dueOn: '2026-06-05' })];
    expect(find('ORDER_CONFLICT', { items, linked })).toMatchObject([
      {
        subject: 'APO-1',
        severity: 'high',
        facts: {
          kind: 'DUE_BEFORE_BLOCKER',
          blockedOn: '2026-06-02',
          blockerOn: '2026-06-05',
          gapWorkingDays: -3,
          by: ['HER-1'],
        },
      },
      { subject: 'APO-2', severity: 'medium', facts: { gapWorkingDays: -1 } },
    ]);
  });

  it('leaves work in progress that waits to its own rule, and plans of others to them', () => {
    const items = [started('APO-1', waitsFor('APO-2')), own('APO-2', { dueOn: '2026-06-05' })];
    const linked = [own('HER-1', { projectKey: 'HER', dueOn: '2026-06-01', ...waitsFor('APO-2') })];
    expect(find('ORDER_CONFLICT', { items, linked })).toEqual([]);
  });

  it('names what is still held after its blocker was done', () => {
    const done = anOpenItem('APO-2', [
      ['2026-05-04T09:00:00Z', statuses.doing],
      ['2026-05-06T09:00:00Z', statuses.done],
    ]);
    const items = [started('APO-1', { isFlagged: true, ...waitsFor('APO-2') }), done];
    expect(find('ORDER_CONFLICT', { items })).toMatchObject([
      { subject: 'APO-1', severity: 'low', facts: { kind: 'STALE_BLOCK' } },
    ]);
  });
});

describe('circle', () => {
  it('is found once, through other projects too', () => {
    const items = [own('APO-1', waitsFor('HER-1')), own('APO-2', waitsFor('APO-2'))];
    const linked = [own('HER-1', { projectKey: 'HER', ...waitsFor('APO-1') })];
    expect(find('DEPENDENCY_CYCLE', { items, linked })).toMatchObject([
      { subject: 'APO-1', facts: { size: 2 }, evidence: ['APO-1', 'HER-1'] },
      { subject: 'APO-2', facts: { size: 1 }, evidence: ['APO-2'] },
    ]);
  });

  it('is none when one of them is done', () => {
    const done = anOpenItem('APO-2', [['2026-05-06T09:00:00Z', statuses.done]], waitsFor('APO-1'));
    expect(find('DEPENDENCY_CYCLE', { items: [own('APO-1', waitsFor('APO-2')), done] })).toEqual([]);
  });
});

describe('ripple', () => {
  // Items here take three days: start, and two working days on.
  const in900 = { fixVersionIds: ['900'] };
  const moved = aPast(
    { key: 'HER-1', projectKey: 'HER', createdAt: at('2026-01-05T08:00:00Z'), dueOn: '2026-06-04' },
    changes(['2026-05-20T09:00:00Z', 'dueOn', '2026-05-28', '2026-06-04']),
  );
  const parts = {
    items: [...aTeam(), own('APO-1', { ...in900, ...waitsFor('HER-1') })],
    linked: [moved],
    versions: [aDatedVersion('2026-06-03')],
  };

  it('says slip, float, and how late the own date is by plan', () => {
    expect(find('RIPPLE', parts)).toMatchObject([
      {
        subject: '900',
        severity: 'medium',
        facts: {
          dueOn: '2026-06-03',
          slipWorkingDays: 5,
          floatWorkingDays: 2,
          lateWorkingDays: 3,
          by: ['HER-1'],
          chain: [],
        },
        evidence: ['APO-1'],
      },
    ]);
  });

  it('is news once: not without an earlier report, nor when the move was told in it', () => {
    expect(find('RIPPLE', parts, { since: null })).toEqual([]);
    expect(find('RIPPLE', parts, { since: '2026-05-21T08:30:00Z' })).toEqual([]);
  });
});

describe('holding up others', () => {
  it('names own open items that other projects wait for, whichever end tells the link', () => {
    const items = [
      own('APO-1', holdsUp('HER-1', 'HER-9')),
      own('APO-2'),
      own('APO-3', holdsUp('APO-2')),
      own('APO-4', holdsUp('HER-3')),
    ];
    const linked = [
      started('HER-1', { projectKey: 'HER' }),
      own('HER-2', { projectKey: 'HER', ...waitsFor('APO-2') }),
      anOpenItem('HER-3', [['2026-05-06T09:00:00Z', statuses.done]], { projectKey: 'HER' }),
    ];
    expect(find('HOLDS_UP_OTHERS', { items, linked })).toMatchObject([
      { subject: 'APO-1', severity: 'medium', facts: { by: ['HER-1'], others: 1 } },
      { subject: 'APO-2', severity: 'low', facts: { by: ['HER-2'] } },
    ]);
  });
});

it('is told of an item that has other trouble too', () => {
  const items = [started('APO-1', { isFlagged: true, ...holdsUp('HER-1') })];
  const linked = [started('HER-1', { projectKey: 'HER' })];
  const found = assess(inputAt({ items, linked })).filter(({ subject }) => subject === 'APO-1');
  expect(found.map(({ rule }) => rule)).toEqual(['BLOCKED', 'HOLDS_UP_OTHERS']);
});
