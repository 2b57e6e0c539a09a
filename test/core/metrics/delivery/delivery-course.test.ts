import * as fc from '../../../property.ts';
import { describe, expect, it } from 'vitest';
import { evaluationOf } from '../../../../src/core/alerts/evaluation-of.ts';
import { createOutcomeOf } from '../../../../src/core/backtest/alert-outcome.ts';
import {
  chanceGreater,
  chanceHigherShare,
  chanceRarer,
} from '../../../../src/core/metrics/delivery/compare-samples.ts';
import { deliveryCourse } from '../../../../src/core/metrics/delivery/delivery-course.ts';
import { deliveryLines } from '../../../../src/core/reports/delivery-line.ts';
import type { DeliveryHistory } from '../../../../src/core/model/delivery.ts';
import { serviceFactsOf } from '../../../../src/core/metrics/delivery/service-facts.ts';
import type { RuleInput } from '../../../../src/core/findings/rule.ts';
import { aCalendar, aHistory, aPast, at, settings } from '../../../builders.ts';
import { find, inputAt } from '../../findings/rule-rig.ts';
import { aShop } from './a-shop.ts';

const shop = aShop();
const partsOf = (delivery: DeliveryHistory) => ({
  items: [aPast({ key: 'APO-1' })],
  settings: settings({ delivery: { source: 'ci', services: ['shop'] } }),
  services: [delivery],
});
const courseOf = (input: RuleInput) => deliveryCourse(input.view, serviceFactsOf(input.view)[0]!);
const codesAt = (asOf: string, delivery = shop) =>
  courseOf(inputAt(partsOf(delivery), { asOf }))!.worse.map(({ code }) => code);

describe('the course of a service (metrics.md 5.2, trend)', () => {
  it('is no news while it goes on as before, and while too little is known of what is usual', () => {
    expect(codesAt('2026-04-28')).toEqual([]);
    expect(codesAt('2026-03-10')).toEqual([]);
  });

  it('longer and failing, the surest first, with what says so', () => {
    const { worse, stretches } = courseOf(inputAt(partsOf(shop), { asOf: '2026-05-25' }))!;
    expect(worse.map(({ code }) => code)).toEqual(['LEAD_TIME_LONGER', 'FAILS_MORE']);
    expect(worse[0]!.evidence[0]).toMatch(/^shop#/);
    expect(worse[1]).toMatchObject({ before: 0, evidence: ['run-35', 'run-37'] });
    const { now, before, counts } = worse[1]!;
    expect(counts).toEqual({
      now: { failed: 2, deployments: 8 },
      before: { failed: 0, deployments: expect.any(Number) },
    });
    expect([now, before]).toEqual([2 / 8, 0]);
    expect(stretches.at(-1)).toMatchObject({ from: '2026-04-28', to: '2026-05-25', deployments: 8, failed: 2 });
  });

  it('fewer deployments: told, unless they are frozen', () => {
    const stopped = {
      ...shop,
      deployments: shop.deployments.filter(({ finishedAt }) => finishedAt < at('2026-05-01')),
    };
    expect(codesAt('2026-05-25', stopped)).toEqual(['DEPLOYS_LESS']);
    const frozen = {
      ...partsOf(stopped),
      settings: settings({
        delivery: { source: 'ci', services: ['shop'], freezes: [{ from: '2026-05-04', to: '2026-05-20' }] },
      }),
    };
    expect(courseOf(inputAt(frozen, { asOf: '2026-05-25' }))!.worse).toEqual([]);
  });

  it('as a finding and a signal about the service, none without one', () => {
    const found = find('DELIVERY_DEGRADED', partsOf(shop), { asOf: '2026-05-25' });
    expect(found).toMatchObject([{ subject: 'shop', severity: 'high', facts: { sign: 'LEAD_TIME_LONGER' } }]);
    expect(find('DELIVERY_DEGRADED', { items: [aPast({ key: 'APO-1' })] })).toEqual([]);
    const evaluation = evaluationOf(inputAt(partsOf(shop), { asOf: '2026-05-25' }), 0);
    const signal = evaluation.signals.find(({ rule }) => rule === 'DELIVERY_DEGRADED')!;
    expect(signal).toMatchObject({ key: 'DELIVERY_DEGRADED:shop', parents: [], dueOn: null });
    expect(signal.probability).toBeGreaterThan(0.95);
    expect(evaluation.subjectState('DELIVERY_DEGRADED', 'shop').state).toBe('open');
    expect(evaluation.subjectState('DELIVERY_DEGRADED', 'other').state).toBe('gone');
  });

  it('a difference that becomes small keeps an alert that is open, and opens none', () => {
    // From late April on a change takes a fifth longer than the 23 hours of before, for sure.
    const slower = {
      ...shop,
      incidents: [],
      pullRequests: shop.pullRequests!.map((one) =>
        one.mergedAt! < at('2026-04-28') ? one : { ...one, firstCommitAt: one.mergedAt! - 24.6 * 3_600_000 },
      ),
    };
    expect(codesAt('2026-05-25', slower)).toEqual([]);
    expect(find('DELIVERY_DEGRADED', partsOf(slower), { asOf: '2026-05-25' })).toEqual([]);
    const input = inputAt(partsOf(slower), { asOf: '2026-05-25' });
    const signal = evaluationOf(input, 0).signals.find(({ rule }) => rule === 'DELIVERY_DEGRADED')!;
    const { deliveryDegradedOn, deliveryDegradedOff } = input.thresholds.alerts;
    expect(signal.finding.facts['chance']).toBeGreaterThan(deliveryDegradedOn);
    expect(signal.probability).toBeLessThan(deliveryDegradedOn);
    expect(signal.probability).toBeGreaterThan(deliveryDegradedOff);
  });

  it('an alert was right when the four weeks after it were still worse than what it was held against', () => {
    const evaluation = evaluationOf(inputAt(partsOf(shop), { asOf: '2026-05-20' }), 0);
    const signal = evaluation.signals.find(({ rule }) => rule === 'DELIVERY_DEGRADED')!;
    const history = aHistory({ ...partsOf(shop) });
    const judge = (until: string) =>
      createOutcomeOf(history, aCalendar(), at(until))(signal, { on: '2026-05-20', at: at('2026-05-20') }).outcome;
    expect(judge('2026-06-10')).toMatchObject({ isRight: null, code: 'NOT_YET' });
    expect(judge('2026-06-20')).toMatchObject({ isRight: true, code: 'STAYED_WORSE' });
  });

  it('in a line of the digest: what the period brought', () => {
    const input = inputAt(partsOf(shop), { asOf: '2026-05-18' });
    expect(deliveryLines({ ...input, since: at('2026-05-11') })).toMatchObject([
      { service: 'shop', deployments: 2, failed: 1, changes: 2 },
    ]);
    expect(deliveryLines({ ...inputAt({ items: [] }), since: at('2026-05-11') })).toEqual([]);
  });
});

describe('how sure it is that two samples differ', () => {
  const values = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 30 });

  it('is even for the same sample, and the two sides add up to one', () => {
    fc.assert(
      fc.property(values, values, (one, other) => {
        expect(chanceGreater(one, one)).toBeCloseTo(0.5, 12);
        expect(chanceGreater(one, other)! + chanceGreater(other, one)!).toBeCloseTo(1, 12);
      }),
    );
    expect(chanceGreater([], [1])).toBeNull();
  });

  it('agrees with the counting of every pair', () => {
    // 3 wins and half of a tie, of 6 pairs: 0.583; spread sqrt(6 * 6 / 12).
    expect(chanceGreater([3, 5], [1, 4, 5])).toBeCloseTo(0.6136, 3);
  });

  it('never certain for small counts, and surer with more of the same', () => {
    expect(chanceHigherShare({ hits: 0, n: 0 }, { hits: 0, n: 0 })).toBe(0.5);
    expect(chanceHigherShare({ hits: 2, n: 2 }, { hits: 0, n: 2 })).toBeLessThan(0.99);
    expect(chanceHigherShare({ hits: 20, n: 40 }, { hits: 5, n: 40 })).toBeGreaterThan(
      chanceHigherShare({ hits: 4, n: 8 }, { hits: 1, n: 8 }),
    );
    expect(chanceRarer({ count: 2, days: 28 }, { count: 6, days: 84 })).toBeLessThan(0.6);
    expect(chanceRarer({ count: 0, days: 28 }, { count: 24, days: 84 })).toBeGreaterThan(0.99);
  });
});
