import { describe, expect, it } from 'vitest';
import { explainRule } from '../../../src/core/explain/explain-rule.ts';
import { assess } from '../../../src/core/findings/assess.ts';
import { statuses } from '../../builders.ts';
import { aTeam, anOpenItem, inputAt } from '../findings/rule-rig.ts';

describe('a rule about stays in a status', () => {
  const late = anOpenItem('APO-1', [['2026-05-04T08:00:00Z', statuses.doing]]);
  const input = inputAt({ items: [...aTeam({ weeks: 20, perWeek: 1, days: 3 }), late] });
  const findings = assess(input);

  it('lists the stays, and the place at which the 85 % stand', () => {
    const { stays, findings: told } = explainRule(input.view, input.metrics, { rule: 'LONG_IN_STATUS', findings });
    expect(told).toMatchObject([{ subject: 'APO-1', facts: { p85Days: 3 } }]);
    expect(stays).toMatchObject([{ status: 'In Progress', n: 20, rank: 17, p85Days: 3 }]);
    expect(stays[0]!.items).toHaveLength(20);
    const shortestFirst = stays[0]!.items.map(({ days }) => days).sort((a, b) => a - b);
    expect(shortestFirst[stays[0]!.rank - 1]).toBe(stays[0]!.p85Days);
  });

  it('has none for another rule', () => {
    expect(explainRule(input.view, input.metrics, { rule: 'AGED_WIP', findings }).stays).toEqual([]);
  });
});
