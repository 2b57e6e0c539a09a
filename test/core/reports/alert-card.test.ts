import { describe, expect, it } from 'vitest';
import { compareUrgency, foundAt } from '../../../src/core/reports/alert-card.ts';
import type { AlertLine } from '../../../src/core/reports/alert-card.ts';
import { at } from '../../builders.ts';

const line = (kind: AlertLine['kind'], day: string): AlertLine => ({
  kind,
  at: at(`${day}T07:30:00Z`),
  reason: null,
  by: null,
  until: null,
});

describe('an alert in a list', () => {
  it.each([
    [['opened'], '2026-11-02'],
    [['opened', 'acknowledged'], '2026-11-02'],
    [['opened', 'acknowledged', 're-dated', 'disputed'], '2026-11-04'],
    [['opened', 'repeated', 'resolved'], '2026-11-03'],
  ] as const)('says when its finding was made: %j', (kinds, day) => {
    const story = kinds.map((kind, index) => line(kind, `2026-11-0${index + 2}`));
    expect(foundAt({ story, asOf: at('2026-11-20T07:30:00Z') })).toBe(at(`${day}T07:30:00Z`));
  });

  it('stands before what is less bad, and before what has longer', () => {
    const amber = { colour: 'amber', by: '2026-11-02' } as const;
    const late = { colour: 'red', by: '2026-11-20' } as const;
    const soon = { colour: 'red', by: '2026-11-05' } as const;
    expect([amber, late, soon].sort(compareUrgency)).toEqual([soon, late, amber]);
  });
});
