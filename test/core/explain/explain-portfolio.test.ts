import { describe, expect, it } from 'vitest';
import { explainPortfolio } from '../../../src/core/explain/explain-portfolio.ts';
import { buildPortfolioDigest } from '../../../src/core/reports/portfolio-digest.ts';
import { accountsProject, portfolioInputOf, shopProject } from '../../render/portfolio-samples.ts';

const input = portfolioInputOf([accountsProject(), shopProject()], ['CUS', 'Customers', ['ACC', 'SHO']]);
const digest = buildPortfolioDigest(input);
const explained = explainPortfolio(input, null)!;
const [part] = explained.parts;

describe('the numbers of a portfolio', () => {
  it('are those of the digest', () => {
    const [line] = digest.lines;
    expect(part).toMatchObject({ id: 'CUS', name: 'Customers', probability: line!.probability });
    expect(part!.colour).toEqual({ baseline: line!.baseline, current: line!.current });
    expect(part!.rollUp).toEqual(digest.details.groups[0]!.rollUp);
    expect(part!.milestones[0]).toMatchObject({ name: line!.about!.milestone, f85On: line!.about!.f85On });
    const told = digest.ripples.map(({ milestone, slip, float, late }) => ({ milestone, slip, float, late }));
    expect(explained.ripples).toMatchObject(told);
  });

  it('have their odds from runs that were counted', () => {
    const { current } = part!.odds;
    expect(current).toMatchObject({ by: 'simulation', runs: 2000 });
    const { inTime = -1 } = current as { inTime?: number };
    expect(part!.probability.current).toBeCloseTo((inTime + 0.5) / 2001, 12);
  });

  it('have SPI(t) from the sum of the plans', () => {
    const { plan, rollUp } = part!;
    const sum = (name: 'planned' | 'earned') => plan!.projects.reduce((total, one) => total + one[name], 0);
    expect([sum('planned'), sum('earned')]).toEqual([plan!.planned, plan!.earned]);
    const [before, after] = plan!.between!;
    expect(before!.planned).toBeLessThanOrEqual(plan!.earned);
    expect(after!.planned).toBeGreaterThan(plan!.earned);
    const es = before!.week + (plan!.earned - before!.planned) / (after!.planned - before!.planned);
    expect(plan!.es).toBeCloseTo(es, 9);
    expect(rollUp.spiT).toBeCloseTo(es / plan!.at, 9);
  });

  it('name what waits for what, and the dates of a slip', () => {
    const shop = part!.milestones.find(({ projectId }) => projectId === 'SHO')!;
    expect(shop.waits).toContainEqual({ blocked: 'SHO-1', by: 'ACC-1' });
    // From 2 to 10 December: six working days.
    expect(explained.ripples[0]).toMatchObject({
      cause: 'ACC-1',
      waiting: 'SHO-1',
      causeBeforeOn: '2026-12-02',
      causeOn: '2026-12-10',
      slip: 6,
    });
  });

  it('are told of one programme by its name or id, and of none that is not there', () => {
    expect(explainPortfolio(input, 'customers')!.parts).toHaveLength(1);
    expect(explainPortfolio(input, 'cus')!.parts).toHaveLength(1);
    expect(explainPortfolio(input, 'nobody')).toBeNull();
  });
});
