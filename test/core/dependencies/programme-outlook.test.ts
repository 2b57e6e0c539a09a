import { describe, expect, it } from 'vitest';
import { joinPlans } from '../../../src/core/dependencies/graph.ts';
import type { PlanItem, PlanMilestone } from '../../../src/core/dependencies/plan.ts';
import { programmeOutlook } from '../../../src/core/dependencies/programme-outlook.ts';
import { jointProbability } from '../../../src/core/metrics/forecast/joint.ts';
import { defaultThresholds } from '../../../src/core/model/thresholds.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { aCalendar } from '../../builders.ts';
import { aPlan, aPlanItem, aPlanMilestone, atBest, exactly, linksOf, upTo } from './plan-rig.ts';

const today = '2026-11-23';
const both = (chance: number | null) => ({ chance: { baseline: chance, current: chance } });

function outlook(milestones: readonly PlanMilestone[], items: readonly PlanItem[] = [], ...links: readonly string[]) {
  return programmeOutlook({
    projects: ['APOLLO', 'HERMES'],
    graph: joinPlans([aPlan({ milestones, items, links: linksOf(...links) })]),
    calendar: aCalendar(),
    today,
    thresholds: defaultThresholds.health,
    createRandom,
  });
}

const apollo = (parts: Partial<PlanMilestone> = {}) =>
  aPlanMilestone('APOLLO/1', {
    currentOn: '2026-12-21',
    openKeys: ['A-1'],
    remaining: upTo(20),
    ...both(0.9),
    ...parts,
  });
const hermes = (parts: Partial<PlanMilestone> = {}) =>
  aPlanMilestone('HERMES/1', {
    project: 'HERMES',
    currentOn: '2026-12-21',
    openKeys: ['H-1'],
    remaining: upTo(10),
    ...both(0.9),
    ...parts,
  });

describe('programme', () => {
  it('joins the chances of its milestones by the copula while none waits for another', () => {
    const { probability, colour, odds } = outlook([apollo(), hermes()]);
    expect(probability.current).toBe(jointProbability([0.9, 0.9]).probability);
    expect(odds.current).toMatchObject({ by: 'joined', chances: [0.9, 0.9], weakest: 0.9 });
    expect(colour).toEqual({ baseline: 'green', current: 'green' });
  });

  it('counts only what decides and what is its own', () => {
    const others = [hermes({ isDeciding: false, ...both(0.1) }), apollo({ id: 'IRIS/1', project: 'IRIS', ...both(0) })];
    expect(outlook([apollo(), ...others]).probability.current).toBeCloseTo(0.9, 12);
  });

  it('lets one wait for another when a link says so', () => {
    const items = [
      aPlanItem('H-1', { project: 'HERMES', remaining: exactly(18) }),
      aPlanItem('A-1', { remaining: exactly(5) }),
    ];
    const { probability, milestones, colour } = outlook([apollo(), hermes()], items, 'H-1>A-1');
    // 23 working days, and the date is 20 away.
    expect(probability.current).toBeLessThan(0.001);
    expect(probability.current).toBeGreaterThan(0);
    expect(colour.current).toBe('red');
    expect(milestones.map(({ milestone, criticality }) => [milestone.id, criticality])).toEqual([
      ['APOLLO/1', 1],
      ['HERMES/1', 0],
    ]);
    expect(milestones[0]!.f50On).toBe('2026-12-24');
    expect(milestones[0]!.delayContribution).toBe(5);
  });

  it('names the days of its own forecast while it waits for nothing, and none before them when it does', () => {
    const days = ({ milestones }: ReturnType<typeof outlook>) =>
      milestones.map(({ f50On, f85On }) => [f50On, f85On].map((on) => aCalendar().distance(today, on!)));
    const long = apollo({ remaining: upTo(1000) });
    expect(days(outlook([long, hermes({ remaining: upTo(400) })]))).toEqual([
      [500, 850],
      [200, 340],
    ]);
    const items = [aPlanItem('A-2', { remaining: exactly(1) }), aPlanItem('A-1', { remaining: exactly(1) })];
    const [[half, most] = []] = days(outlook([long], items, 'A-2>A-1'));
    expect(half).toBeGreaterThanOrEqual(500);
    expect(most).toBeGreaterThanOrEqual(850);
  });

  it('has no day where what it waits for may take longer than anything finished so far, and says so', () => {
    const items = (remaining: PlanItem['remaining']) => [aPlanItem('A-1'), aPlanItem('A-2', { remaining })];
    const [half] = outlook([apollo()], items(atBest(1, 0.7)), 'A-2>A-1').milestones;
    expect(half).toMatchObject({ f50On: expect.any(String), f50Beyond: null, f85On: null, f85Beyond: 'past' });
    const { milestones, probability, colour } = outlook([apollo()], items(atBest(1, 0)), 'A-2>A-1');
    expect(milestones[0]).toMatchObject({ f50On: null, f50Beyond: 'past', f85On: null, f85Beyond: 'past' });
    expect(probability.current).toBeLessThan(0.001);
    expect(colour.current).toBe('red');
  });

  it('has no day beyond the horizon of the forecast of its own team', () => {
    expect(outlook([apollo({ remaining: atBest(10, 0.7) })]).milestones[0]).toMatchObject({
      f50On: '2026-12-07',
      f85On: null,
      f85Beyond: 'horizon',
    });
  });

  it('orders milestones by how often they are last', () => {
    const { milestones } = outlook([hermes(), apollo()]);
    expect(milestones[0]!.milestone.id).toBe('APOLLO/1');
    expect(milestones[0]!.criticality! + milestones[1]!.criticality!).toBeGreaterThanOrEqual(1);
    expect(milestones[0]!.criticality).toBeGreaterThan(milestones[1]!.criticality!);
  });

  it('is red when a date was missed', () => {
    const { colour, odds, probability } = outlook([apollo(), hermes({ ...both(0), currentOn: '2026-11-20' })]);
    expect([colour.current, odds.current, probability.current]).toEqual(['red', { by: 'missed' }, 0]);
  });

  it('has missed nothing yet on the day itself, even when no hour of it is left to work in', () => {
    const due = hermes({ ...both(0), currentOn: today, committedOn: '2026-11-20' });
    const { colour, odds, probability } = outlook([apollo(), due]);
    expect(odds).toMatchObject({ current: { by: 'joined', chances: [0.9, 0] }, baseline: { by: 'missed' } });
    expect([colour.current, probability.current]).toEqual(['red', 0]);
  });

  it('is at best amber when much of the work has no forecast', () => {
    const grey = hermes({ ...both(null), remaining: null });
    const { colour, isUnknownCritical, milestones } = outlook([apollo(), grey]);
    expect([colour.current, isUnknownCritical]).toEqual(['amber', true]);
    expect(milestones.at(-1)).toMatchObject({ criticality: null, f85On: null });
    const keys = Array.from({ length: 9 }, (_, index) => `A-${index}`);
    expect(outlook([apollo({ openKeys: keys }), grey]).colour.current).toBe('green');
  });

  it('is at best amber when its work waits for something unknown', () => {
    const items = [aPlanItem('A-1', { remaining: exactly(1) }), aPlanItem('X-9', { kind: 'opaque', project: null })];
    expect(outlook([apollo()], items, 'X-9>A-1').colour.current).toBe('amber');
  });

  it('is at best amber when its work waits for what is known by its state alone, as of a project that is not among these', () => {
    const items = [aPlanItem('A-1', { remaining: exactly(1) }), aPlanItem('X-9', { project: null })];
    expect(outlook([apollo()], items, 'X-9>A-1')).toMatchObject({
      colour: { current: 'amber' },
      isUnknownCritical: true,
    });
  });

  it('is unknown without anything known', () => {
    expect(outlook([]).colour).toEqual({ baseline: 'unknown', current: 'unknown' });
    expect(outlook([apollo({ ...both(null), remaining: null })]).probability).toEqual({
      baseline: null,
      current: null,
    });
  });
});
