import { describe, expect, it } from 'vitest';
import { viewAsOf } from '../../../src/core/view/as-of.ts';
import { trustOf } from '../../../src/core/metrics/trust.ts';
import type { ProjectHistory, Pull, SetAside } from '../../../src/core/model/project.ts';
import { aCalendar, aDoneItem, aHistory, aPast, at, statuses, statusMoves, types } from '../../builders.ts';

const pull = (endedAt: string | null, outcome: Pull['outcome'] = 'done', source = 'jira'): Pull => ({
  source,
  startedAt: at(endedAt ?? '2026-03-01') - 60_000,
  endedAt: endedAt === null ? null : at(endedAt),
  outcome,
  error: outcome === 'failed' ? 'refused' : null,
});
const aside = (when: string): SetAside => ({ entity: 'item', ref: 'APO-9', reason: 'no creation date', at: at(when) });
const trust = (history: Partial<ProjectHistory>, asOf = '2026-03-10') =>
  trustOf(viewAsOf(aHistory(history), at(asOf), aCalendar()));

describe('the trust line (metrics.md 0.2)', () => {
  it('of a healthy project', () => {
    const items = [
      aDoneItem('APO-1', { createdAt: '2026-03-01', startedAt: '2026-03-02', doneAt: '2026-03-03' }),
      aPast({ key: 'APO-2', type: types.subtask, createdAt: at('2026-03-01') }),
      aPast({ key: 'APO-3', createdAt: at('2026-04-01') }),
    ];
    expect(trust({ items, pulls: [pull('2026-03-09'), pull('2026-03-10'), pull('2026-03-11')] })).toEqual({
      dataAt: at('2026-03-10'),
      items: 2,
      complete: true,
      unmappedStatuses: [],
      truncatedHistories: 0,
      setAside: 0,
      failedSources: [],
      lateFacts: 0,
    });
  });

  it.each<[string, readonly Pull[], string | null, readonly string[]]>([
    ['no pull', [], null, []],
    ['none had ended by then', [pull('2026-03-11'), pull(null, 'running')], null, []],
    ['the last one failed', [pull('2026-03-08'), pull('2026-03-09', 'failed')], '2026-03-08', ['jira']],
    ['it failed and came back', [pull('2026-03-08', 'failed'), pull('2026-03-09')], '2026-03-09', []],
    ['it fails later', [pull('2026-03-08'), pull('2026-03-11', 'failed')], '2026-03-08', []],
    ['interrupted ones go on by themselves', [pull('2026-03-08'), pull('2026-03-09', 'interrupted')], '2026-03-08', []],
    [
      'it failed and is interrupted ever since',
      [pull('2026-03-07'), pull('2026-03-08', 'failed'), pull('2026-03-09', 'interrupted')],
      '2026-03-07',
      ['jira'],
    ],
    [
      'one source of two',
      [pull('2026-03-08'), pull('2026-03-09', 'failed', 'files'), pull('2026-03-09')],
      '2026-03-09',
      ['files'],
    ],
  ])('pulls: %s', (_name, pulls, dataOn, failedSources) => {
    const line = trust({ pulls });
    expect(line.dataAt).toBe(dataOn === null ? null : at(dataOn));
    expect(line.failedSources).toEqual(failedSources);
    expect(line.complete).toBe(failedSources.length === 0);
  });

  it('what the first pull set aside is missing in every past; what a later one did, from then on', () => {
    const pulls = [pull('2026-03-01'), pull('2026-03-20')];
    const setAside = [aside('2026-03-01'), aside('2026-03-20')];
    expect(trust({ pulls, setAside }, '2025-06-01')).toMatchObject({ setAside: 1, complete: false });
    expect(trust({ pulls, setAside }, '2026-03-10').setAside).toBe(1);
    expect(trust({ pulls, setAside }, '2026-03-21').setAside).toBe(2);
  });

  it('counts items whose history is missing or cut, and names statuses without a meaning', () => {
    const items = [
      aPast({ key: 'APO-1', createdAt: at('2026-03-01') }, [], { isComplete: false }),
      aPast(
        { key: 'APO-2', createdAt: at('2026-03-01'), status: statuses.odd },
        statusMoves(statuses.toDo, ['2026-03-05', statuses.odd]),
      ),
    ];
    expect(trust({ items })).toMatchObject({ truncatedHistories: 1, complete: false, unmappedStatuses: ['Parked'] });
  });

  it('counts facts of before as-of that no pull had brought by then', () => {
    const items = [
      aDoneItem('APO-1', { createdAt: '2026-03-01', startedAt: '2026-03-05', doneAt: '2026-03-09T18:00:00Z' }),
      aPast({ key: 'APO-2', createdAt: at('2026-03-09T15:00:00Z') }),
      aPast({ key: 'APO-3', createdAt: at('2026-03-10T15:00:00Z') }),
    ];
    expect(trust({ items, pulls: [pull('2026-03-09'), pull('2026-03-12')] }).lateFacts).toBe(2);
    expect(trust({ items, pulls: [pull('2026-03-10'), pull('2026-03-12')] }).lateFacts).toBe(0);
  });
});
