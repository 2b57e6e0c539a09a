import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { assess } from '../../../src/core/findings/assess.ts';
import { defaultThresholds } from '../../../src/core/model/thresholds.ts';
import { statuses, types } from '../../builders.ts';
import { aDatedVersion, aTeam, anOpenItem, inputAt } from './rule-rig.ts';

const { doing } = statuses;
const found = (parts: Parameters<typeof inputAt>[0]) => assess(inputAt(parts));
const short = (parts: Parameters<typeof inputAt>[0]) =>
  found(parts).map(({ rule, subject, severity }) => `${severity} ${rule} ${subject}`);

const stale = (key: string, since: string, parts = {}) => anOpenItem(key, [[since, doing]], parts);

describe('assess', () => {
  it('folds what is found of one item into the heaviest finding', () => {
    const item = stale('APO-1', '2026-05-11', { assignee: null, dueOn: '2026-05-22' });
    const [finding, ...more] = found({ items: [item] });
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      rule: 'OVERDUE_ITEM',
      severity: 'high',
      reasons: ['UNASSIGNED_IN_PROGRESS', 'STALE_IN_PROGRESS'],
    });
  });

  it('puts severity first, then what holds up a milestone close to its date, then one further away, then none', () => {
    const items = [
      stale('APO-1', '2026-05-11'),
      stale('APO-2', '2026-05-12', { fixVersionIds: ['901'] }),
      stale('APO-3', '2026-05-13', { fixVersionIds: ['900'] }),
      stale('APO-4', '2026-05-13', { assignee: null }),
    ];
    const later = aDatedVersion('2026-12-18').map(({ at: when, value }) => ({
      at: when,
      value: { ...value, id: value.id === '900' ? '901' : '2', name: '2.0' },
    }));
    expect(short({ items, versions: [aDatedVersion('2026-06-05'), later] })).toEqual([
      'high UNASSIGNED_IN_PROGRESS APO-4',
      'medium STALE_IN_PROGRESS APO-3',
      'medium STALE_IN_PROGRESS APO-2',
      'medium STALE_IN_PROGRESS APO-1',
    ]);
  });

  it('tells once what an epic and a version for the same release both say', () => {
    const epic = anOpenItem('APO-900', [], { type: types.epic, dueOn: '2026-06-05', summary: 'Release 1.4' });
    const work = Array.from({ length: 30 }, (_, index) =>
      anOpenItem(`APO-${index + 1}`, [], { fixVersionIds: ['900'], parentKey: 'APO-900' }),
    );
    const gaps = short({ items: [...aTeam(), epic, ...work], versions: [aDatedVersion('2026-06-05')] });
    expect(gaps.filter((line) => line.includes('PROMISE_GAP'))).toEqual(['high PROMISE_GAP 900']);
  });

  it('lowers what nobody touched for a quarter, unless a milestone waits for it', () => {
    const items = [
      stale('APO-1', '2026-02-27', { assignee: null }),
      stale('APO-2', '2026-03-03', { assignee: null }),
      stale('APO-3', '2026-02-27', { assignee: null, fixVersionIds: ['900'] }),
    ];
    expect(short({ items, versions: [aDatedVersion('2026-06-05')] })).toEqual([
      'high UNASSIGNED_IN_PROGRESS APO-3',
      'high UNASSIGNED_IN_PROGRESS APO-2',
      'low UNASSIGNED_IN_PROGRESS APO-1',
    ]);
  });

  it.each([
    ['2026-05-22', 'high'],
    ['2026-02-27', 'low'],
  ] as const)('does not lower what is due on %s though nobody touched it since January: %s', (dueOn, severity) => {
    const items = [anOpenItem('APO-1', [], { dueOn })];
    expect(found({ items })).toMatchObject([{ rule: 'OVERDUE_ITEM', severity }]);
  });

  it('does not lower an item without history: nobody knows when it was touched', () => {
    const item = { ...anOpenItem('APO-1', [['2026-02-02', doing]], { assignee: null }), isComplete: false };
    expect(found({ items: [item] }).find(({ subject }) => subject === 'APO-1')).toMatchObject({ severity: 'high' });
  });

  it('gives one trouble the same fingerprint the next day, and another promise another one', () => {
    const parts = { items: [...aTeam(), stale('APO-1', '2026-04-01')], versions: [aDatedVersion('2026-05-20')] };
    const prints = (asOf: string) => assess(inputAt(parts, { asOf })).map(({ fingerprint }) => fingerprint);
    expect(prints('2026-05-26T08:30:00Z')).toEqual(prints('2026-05-25T08:30:00Z'));
    expect(new Set(prints('2026-05-25T08:30:00Z')).size).toBe(prints('2026-05-25T08:30:00Z').length);
  });

  it('names nobody', () => {
    const items = [stale('APO-1', '2026-05-11', { assignee: 'u-4711', dueOn: '2026-05-20' })];
    expect(JSON.stringify(found({ items }))).not.toContain('u-4711');
  });
});

it('config/thresholds.yaml says the defaults, each with its reason', () => {
  const text = readFileSync(new URL('../../../config/thresholds.yaml', import.meta.url), 'utf8');
  expect(parse(text)).toEqual(defaultThresholds);
  const bare = text.split('\n').filter((line) => /^ {2}\w+: /.test(line) && !line.includes('# '));
  expect(bare).toEqual([]);
});
