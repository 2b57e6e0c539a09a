import { describe, expect, it } from 'vitest';
import { projectPlan } from '../../../src/core/dependencies/project-plan.ts';
import type { Rebaseline } from '../../../src/core/model/rebaseline.ts';
import { at } from '../../builders.ts';
import { aDatedVersion, aTeam, anOpenItem, inputAt } from '../findings/rule-rig.ts';

function committedOn(rebaselines: readonly Rebaseline[]) {
  const items = [...aTeam(), anOpenItem('APO-1', [], { fixVersionIds: ['900'] })];
  const versions = [aDatedVersion('2026-06-30', ['2026-05-11T08:00:00Z', '2026-07-31'])];
  const { view, metrics } = inputAt({ items, versions, rebaselines });
  const plan = projectPlan({ view, metrics, since: view.asOf, deciding: '900', withForecasts: false });
  return plan.milestones.find(({ name }) => name === '1.0')!.committedOn;
}

describe('a milestone as programmes see it', () => {
  it('is held against its first promise, or the one that people agreed on since', () => {
    expect(committedOn([])).toBe('2026-06-30');
    const agreed = { milestone: '900', at: at('2026-05-12'), on: '2026-07-31', by: 'Ada', reason: 'agreed' } as const;
    expect(committedOn([agreed])).toBe('2026-07-31');
    expect(committedOn([{ ...agreed, at: at('2026-05-26') }])).toBe('2026-06-30');
  });
});
