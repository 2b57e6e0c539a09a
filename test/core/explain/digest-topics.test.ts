import * as fc from '../../property.ts';
import { describe, expect, it } from 'vitest';
import { toldForecasts, honestyOf } from '../../../src/core/backtest/honesty.ts';
import type { PublishedForecast } from '../../../src/core/backtest/published.ts';
import { explainCompliance } from '../../../src/core/explain/explain-compliance.ts';
import { explainPeriod } from '../../../src/core/explain/explain-period.ts';
import { explainSubject } from '../../../src/core/explain/explain-subject.ts';
import { asksForPast } from '../../../src/core/explain/subject.ts';
import { chanceGrid } from '../../../src/core/metrics/forecast/adaptive.ts';
import { measure } from '../../../src/core/metrics/measure.ts';
import { defaultThresholds } from '../../../src/core/model/thresholds.ts';
import { buildProjectDigest } from '../../../src/core/reports/project-digest.ts';
import { addDays } from '../../../src/core/time/day.ts';
import { openZone } from '../../../src/core/time/zone.ts';
import { viewAsOf } from '../../../src/core/view/as-of.ts';
import { aCalendar } from '../../builders.ts';
import { hourAt, randomProject } from '../metrics/random-project.ts';

const week = 24 * 7;
const weeks = fc.tuple(randomProject, fc.integer({ min: week, max: 24 * 120 })).map(([project, hour]) => {
  const measuredAt = (at: number) => {
    const view = viewAsOf(project.known(hour), hourAt(at), aCalendar());
    return { view, metrics: measure(view) };
  };
  return { ...measuredAt(hour), previous: measuredAt(hour - week), since: hourAt(hour - week) };
});
const thresholds = defaultThresholds;
const digestOf = (input: typeof weeks extends fc.Arbitrary<infer T> ? T : never) =>
  buildProjectDigest({ ...input, zone: openZone('UTC'), thresholds, urlOf: () => null });

describe('the numbers of a digest', () => {
  it('of what happened are as many as the items that the explanation lists', () => {
    fc.assert(
      fc.property(weeks, (input) => {
        const digest = digestOf(input);
        const period = explainPeriod(input.view, input.metrics, { since: input.since, thresholds });
        for (const what of ['finished', 'started', 'created', 'reopened'] as const) {
          expect([what, new Set(period[what]).size]).toEqual([what, digest[what].count]);
          expect(period[what]).toEqual(expect.arrayContaining(digest[what].items.map(({ key }) => key)));
        }
        for (const line of digest.scope) {
          const told = period.scope.find(({ milestone }) => milestone === line.milestone)!;
          expect(told).toMatchObject({ itemsBefore: line.itemsBefore, itemsNow: line.itemsNow });
          expect(told.added).toEqual(line.added.map(({ key }) => key));
          expect(told.itemsBefore + told.added.length - told.removed.length).toBe(told.itemsNow);
        }
        expect(period.moves).toEqual(expect.arrayContaining([...digest.moves]));
      }),
      { numRuns: 60 },
    );
  });

  it('of compliance follow from the marked items, and those from the evidence of rules', () => {
    fc.assert(
      fc.property(weeks, ({ view, metrics, previous }) => {
        const all = explainCompliance({ view, metrics, previous: previous.metrics, thresholds }, null);
        const lost = all.lost.reduce((sum, one) => sum + one.lost, 0);
        expect(all.score ?? 1).toBeCloseTo(all.openItems === 0 ? 1 : 1 - lost / all.openItems, 12);
        expect(all.marked.length).toBe(all.openItems - all.cleanItems);
        const evidence = new Set(all.lines.flatMap((line) => line.evidence));
        for (const { key } of all.marked) expect(evidence).toContain(key);
      }),
      { numRuns: 60 },
    );
  });

  it('of dates that held are those of the list', () => {
    let judged = 0;
    fc.assert(
      fc.property(weeks, ({ view, previous }) => {
        const { asOf, today } = previous.view;
        const days = chanceGrid.map((chance) => addDays(today, chance <= 0.5 ? 3 : 5));
        const published = previous.metrics.milestones.map(({ id: milestone }): PublishedForecast => ({
          project: 'APOLLO',
          asOf,
          publishedAt: asOf,
          milestone,
          need: 1,
          days,
          shadow: days,
          levels: chanceGrid,
        }));
        const told = toldForecasts(view, published);
        const honesty = honestyOf(view, published);
        for (const chance of ['p50', 'p85'] as const) {
          const over = told.flatMap((one) => one[chance]?.hasHeld ?? []);
          expect(honesty?.[chance].n ?? 0).toBe(over.length);
          expect(honesty?.[chance].held ?? 0).toBe(over.filter(Boolean).length);
          judged += over.length;
        }
      }),
      { numRuns: 100 },
    );
    expect(judged).toBeGreaterThan(0);
  });
});

describe('topics of a digest', () => {
  const project = fc.sample(weeks, { numRuns: 1, seed: 9 })[0]!;
  it.each([
    ['period', 'period-explanation'],
    ['Compliance', 'compliance-explanation'],
    ['honesty', 'honesty-explanation'],
    ['h07', 'compliance-explanation'],
    ['SCOPE_GROWTH', 'rule-explanation'],
    ['scope-growth', 'rule-explanation'],
  ])('%s is found by its name, and needs what was known before', (asked, kind) => {
    expect(asksForPast(asked)).toBe(true);
    expect(explainSubject({ ...project, thresholds }, asked)).toMatchObject({ kind });
  });

  it('are no figures, and H30 is nothing', () => {
    expect(asksForPast('cycleTimeDays')).toBe(false);
    expect(asksForPast(null)).toBe(false);
    expect(explainSubject({ ...project, thresholds }, 'H30')).toMatchObject({ kind: 'unknown' });
  });

  it('of one rule has that rule only, also where it was not checked', () => {
    const answer = explainSubject({ ...project, thresholds }, 'H18');
    expect(answer).toMatchObject({ rule: 'H18', lines: [{ rule: 'H18', state: 'notCollected' }] });
  });
});
