import { describe, expect, it } from 'vitest';
import { joinPlans } from '../../../src/core/dependencies/graph.ts';
import { planConflicts } from '../../../src/core/dependencies/order-conflicts.ts';
import type { ProjectPlan } from '../../../src/core/dependencies/plan.ts';
import { programmeOutlook } from '../../../src/core/dependencies/programme-outlook.ts';
import { readPlan, writePlan } from '../../../src/core/dependencies/written-plan.ts';
import type { WrittenPlan } from '../../../src/core/dependencies/written-plan.ts';
import { defaultThresholds } from '../../../src/core/model/thresholds.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { aCalendar } from '../../builders.ts';
import * as fc from '../../property.ts';
import { aPlan, aPlanItem, aPlanMilestone, linksOf, upTo } from './plan-rig.ts';

const today = '2026-11-23';
const throughText = (plan: ProjectPlan) => readPlan(JSON.parse(JSON.stringify(writePlan(plan))) as WrittenPlan);

/** A milestone whose item waits for others, some of unknown length. */
const plans = fc
  .array(fc.option(fc.double({ min: 0.5, max: 60, noNaN: true })), { minLength: 1, maxLength: 6 })
  .map((lengths) => {
    const ids = lengths.map((_, index) => `A-${index}`);
    const items = lengths.map((most, index) =>
      aPlanItem(ids[index]!, {
        remaining: most === null ? null : upTo(most),
        startOn: '2026-12-01',
        finishOn: '2026-12-10',
      }),
    );
    const milestone = aPlanMilestone('APOLLO/1', {
      currentOn: '2026-12-21',
      openKeys: ids.slice(-1),
      remaining: upTo(20),
      chance: { baseline: 0.9, current: 0.9 },
    });
    const links = linksOf(...ids.slice(1).map((id, index) => `${ids[index]}>${id}`));
    return aPlan({ milestones: [milestone], items, links });
  });

function outlook(plan: ProjectPlan) {
  return programmeOutlook({
    projects: ['APOLLO'],
    graph: joinPlans([plan]),
    calendar: aCalendar(),
    today,
    thresholds: defaultThresholds.health,
    createRandom,
  });
}

describe('a plan that was kept', () => {
  it('gives the odds and conflicts of the one that was made', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const kept = throughText(plan);
        expect(JSON.stringify(outlook(kept))).toBe(JSON.stringify(outlook(plan)));
        const conflictsOf = (one: ProjectPlan) => planConflicts(joinPlans([one]), aCalendar(), today);
        const chances = conflictsOf(kept).map(({ chanceLate }) => chanceLate);
        expect(chances).toEqual(conflictsOf(plan).map(({ chanceLate }) => chanceLate));
      }),
      { numRuns: 20 },
    );
  });

  it('keeps odds beyond any horizon, and those that items share once', () => {
    const never = { quantile: (chance: number) => (chance > 0.4 ? Infinity : 3) };
    const items = ['A-1', 'A-2'].map((id) => aPlanItem(id, { remaining: never }));
    const written = writePlan(aPlan({ items }));
    expect(written.odds).toHaveLength(1);
    const [first, second] = throughText(aPlan({ items })).items;
    expect(first!.remaining!.quantile(0.5)).toBe(Infinity);
    expect(second!.remaining).toBe(first!.remaining);
  });

  it('says so when it is asked for odds that nobody kept', () => {
    const [item] = throughText(aPlan({ items: [aPlanItem('A-1', { remaining: upTo(5) })] })).items;
    expect(() => item!.remaining!.quantile(0.123)).toThrow(/not known at 0.123/);
  });
});
