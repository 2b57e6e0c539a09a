import { describe, expect, it } from 'vitest';
import { joinPlans } from '../../../src/core/dependencies/graph.ts';
import { laterDate, strangersOf } from '../../../src/core/dependencies/later-date.ts';
import type { PlanItem } from '../../../src/core/dependencies/plan.ts';
import { programmeOutlook } from '../../../src/core/dependencies/programme-outlook.ts';
import { defaultThresholds } from '../../../src/core/model/thresholds.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { aCalendar } from '../../builders.ts';
import { aPlan, aPlanItem, aPlanMilestone, atBest, exactly, linksOf, upTo } from './plan-rig.ts';

const release = aPlanMilestone('APOLLO/1', { currentOn: '2026-12-21', openKeys: ['A-1', 'A-2'], remaining: upTo(10) });
const own = [aPlanItem('A-1', { remaining: exactly(2) }), aPlanItem('A-2', { remaining: exactly(2) })];
const seen = (id: string) => aPlanItem(id, { project: null });
const foreign = (id: string, days: number) => aPlanItem(id, { project: 'HERMES', remaining: exactly(days) });
const common = {
  calendar: aCalendar(),
  today: '2026-11-23',
  thresholds: defaultThresholds.health,
  createRandom,
} as const;

function graphOf(items: readonly PlanItem[], ...links: readonly string[]) {
  const mine = items.filter(({ project }) => project !== 'HERMES');
  const theirs = items.filter(({ project }) => project === 'HERMES');
  return joinPlans([
    aPlan({ milestones: [release], items: mine, links: linksOf(...links) }),
    aPlan({ project: 'HERMES', projectName: 'Hermes', items: theirs }),
  ]);
}
/** The release is 85 % sure by 4 December, going by its own team. */
const later = (items: readonly PlanItem[], ...links: readonly string[]) =>
  laterDate({ graph: graphOf([...own, ...items], ...links), milestone: release, ownP85: '2026-12-04', ...common });

describe('the date of a milestone with what it waits for elsewhere', () => {
  it('is told with the chain that makes it later, down to the last blocker', () => {
    const found = later([foreign('H-1', 5), foreign('H-2', 20)], 'H-2>H-1', 'H-1>A-1');
    expect(found).toEqual({ p85On: '2026-12-30', beyond: null, chain: ['A-1', 'H-1', 'H-2'] });
  });

  it('is no day where the other may take longer than anything finished so far', () => {
    const stuck = aPlanItem('H-1', { project: 'HERMES', remaining: atBest(1, 0) });
    expect(later([stuck], 'H-1>A-1')).toEqual({ p85On: null, beyond: 'past', chain: ['A-1', 'H-1'] });
  });

  it('is the one that a portfolio tells', () => {
    const items = [...own, foreign('H-1', 5), foreign('H-2', 20)];
    const graph = graphOf(items, 'H-2>H-1', 'H-1>A-1');
    const [decisive] = programmeOutlook({ projects: ['APOLLO', 'HERMES'], graph, ...common }).milestones;
    expect(later([foreign('H-1', 5), foreign('H-2', 20)], 'H-2>H-1', 'H-1>A-1')!.p85On).toBe(decisive!.f85On);
  });

  it.each([
    ['nothing of another project is waited for', [], ['A-2>A-1']],
    ['it is later by no more than two working days', [foreign('H-1', 8)], ['H-1>A-1']],
    ['the work inside takes longer than what is waited for', [foreign('H-1', 3)], ['H-1>A-1']],
    ['nothing is known of how long the other takes', [seen('H-1')], ['H-1>A-1']],
  ] as const)('is not told when %s', (_, items, links) => {
    expect(later(items, ...links)).toBeNull();
  });

  it('is not told when it is the project itself that holds it up', () => {
    const slow = [aPlanItem('A-3', { remaining: exactly(40) }), foreign('H-1', 4)];
    expect(later(slow, 'A-3>A-1', 'H-1>A-2')).toBeNull();
  });
});

it('asks for the items of which only a link tells, through chains, and for none that holds nothing of it up', () => {
  const graph = graphOf(
    [...own, seen('H-1'), seen('H-2'), seen('H-9'), aPlanItem('A-9')],
    'H-2>H-1',
    'H-1>A-1',
    'H-9>A-9',
  );
  expect(strangersOf(graph, release)).toEqual(['H-1', 'H-2']);
});
