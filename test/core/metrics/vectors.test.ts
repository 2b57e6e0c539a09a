import * as fc from '../../property.ts';
import { describe, expect, it } from 'vitest';
import { quickCheck, durationCategory, frequencyCategory } from '../../../src/core/metrics/delivery/quick-check.ts';
import { measureBuffer, zoneOf } from '../../../src/core/metrics/milestones/buffer.ts';
import { milestoneTrend } from '../../../src/core/metrics/milestones/milestone-trend.ts';
import { agileEvm } from '../../../src/core/metrics/value/agile-evm.ts';
import { busFactor, degreeOfAuthorship } from '../../../src/core/metrics/value/bus-factor.ts';
import {
  allocationOf,
  allocationState,
  capacityHours,
  isOverloaded,
} from '../../../src/core/metrics/value/capacity.ts';
import { earnedSchedule } from '../../../src/core/metrics/value/earned-schedule.ts';
import { earnedValue } from '../../../src/core/metrics/value/earned-value.ts';
import { estimateFactor } from '../../../src/core/metrics/value/estimate-uncertainty.ts';
import { isOutOfSequence, scheduleAdherence } from '../../../src/core/metrics/value/schedule-adherence.ts';
import { riskExposure } from '../../../src/core/risk/risk-exposure.ts';
import { dayMs, hourMs } from '../../../src/core/time/instant.ts';
import type { Day } from '../../../src/core/time/day.ts';
import { aCalendar } from '../../builders.ts';

/** Vectors of metrics.md section 8 that have no shape on the command line. */
describe('vectors', () => {
  it('T4, P-factor', () => {
    const planned = [10, 20, 15, 5, 0];
    const earned = [10, 12, 15, 0, 13];
    const adherence = scheduleAdherence(planned.map((value, index) => ({ planned: value, earned: earned[index]! })));
    expect(adherence).toBeCloseTo(0.74, 12);
    expect([isOutOfSequence(adherence, 1), isOutOfSequence(adherence, 0.9), isOutOfSequence(0.8, 1)]).toEqual([
      true,
      false,
      false,
    ]);
    expect(scheduleAdherence([])).toBeNull();
  });

  it('T5, AgileEVM', () => {
    const { expectedComplete, actualComplete, value, sprintsNeeded } = agileEvm({
      plannedPoints: 200,
      addedPoints: 0,
      donePoints: 70,
      plannedSprints: 10,
      doneSprints: 4,
      bac: 175_000,
      ac: 65_000,
    });
    expect([expectedComplete, actualComplete]).toEqual([0.4, 0.35]);
    // SV and CV say what planned and earned are worth: 61,250 of 70,000, for 65,000.
    expect(value?.sv).toBeCloseTo(61_250 - 70_000, 6);
    expect(value?.cv).toBeCloseTo(61_250 - 65_000, 6);
    expect(value?.spi).toBeCloseTo(0.875, 12);
    expect(value?.cpi).toBeCloseTo(0.942308, 6);
    expect(value?.eac.cpi).toBeCloseTo(185_714.2857, 4);
    expect(sprintsNeeded).toBeCloseTo(11.428571, 6);
  });

  it.each([
    [1, -10, 0.9048],
    [6, -160, 0.8915],
    [10, -390, 0.8537],
    [12, -268, 0.9051],
    [14, -53, 0.9812],
    [15, 0, 1],
  ])('T3, in money the late project is on time at the end: month %d, SV %d, SPI %d', (month, sv, spi) => {
    const pv = [105, 200, 515, 845, 1175, 1475, 1805, 2135, 2435, 2665, 2760, 2823];
    const ev = [95, 180, 470, 770, 1065, 1315, 1610, 1900, 2150, 2275, 2425, 2555, 2695, 2770, 2823];
    const told = earnedValue({ bac: 2823, pv: pv[Math.min(month, 12) - 1]!, ev: ev[month - 1]!, ac: null });
    expect(told.sv).toBe(sv);
    expect(told.spi).toBeCloseTo(spi, 4);
  });

  const trend = (...points: readonly (readonly [Day, Day])[]) =>
    milestoneTrend(
      points.map(([reportedOn, on]) => ({ reportedOn, on })),
      aCalendar(),
    );
  it('T8, milestone trend', () => {
    const told = trend(
      ['2026-04-06', '2026-06-30'],
      ['2026-04-20', '2026-07-07'],
      ['2026-05-04', '2026-07-14'],
      ['2026-05-18', '2026-07-24'],
    );
    const calendar = aCalendar();
    const reports = ['2026-04-06', '2026-04-20', '2026-05-04', '2026-05-18'] as const;
    const dates = ['2026-06-30', '2026-07-07', '2026-07-14', '2026-07-24'] as const;
    expect(reports.map((on) => calendar.distance('2026-04-06', on))).toEqual([0, 10, 20, 30]);
    expect(dates.map((on) => calendar.distance('2026-04-06', on))).toEqual([61, 66, 71, 79]);
    expect(told.slope).toBeCloseTo(0.55, 12);
    expect(told.remaining).toBe(49);
    expect(told.projected).toBeCloseTo(108.8889, 4);
    expect(told.patterns).toEqual(['STEADY_SLIP']);
  });
  it('of a trend that runs away, turns, bends late, or has hardly begun', () => {
    expect(trend(['2026-04-06', '2026-06-30'], ['2026-04-20', '2026-07-14'])).toMatchObject({
      slope: 1,
      projected: null,
      isConverging: false,
    });
    expect(
      trend(
        ['2026-04-06', '2026-06-30'],
        ['2026-04-13', '2026-07-10'],
        ['2026-04-20', '2026-07-01'],
        ['2026-04-27', '2026-07-13'],
      ).patterns,
    ).toContain('ZIGZAG');
    expect(trend(['2026-04-06', '2026-06-30'], ['2026-06-25', '2026-07-14']).patterns).toEqual(['LATE_BEND']);
    expect(trend(['2026-04-06', '2026-06-30'])).toMatchObject({ slope: null, projected: null });
    expect(trend(['2026-06-01', '2026-06-30'], ['2026-07-07', '2026-06-30'])).toMatchObject({
      slope: 0,
      remaining: -5,
      projected: null,
      isConverging: false,
    });
    expect(milestoneTrend([], aCalendar())).toMatchObject({ slope: null, remaining: null, patterns: [] });
  });

  it('T9, buffer', () => {
    const buffer = measureBuffer({ bufferDays: 30, usedDays: 10, chainDays: 52, remainingChainDays: 38 });
    expect(buffer?.penetration).toBeCloseTo(0.333333, 6);
    expect(buffer?.complete).toBeCloseTo(0.269231, 6);
    expect(buffer?.burn).toBeCloseTo(1.238095, 6);
    expect(buffer?.zone).toBe('yellow');
    expect([zoneOf(0.62, 0.4), zoneOf(0.2, 0.4)]).toEqual(['red', 'green']);
    expect(measureBuffer({ bufferDays: 0, usedDays: 1, chainDays: 5, remainingChainDays: 5 })).toBeNull();
    expect(measureBuffer({ bufferDays: 5, usedDays: -3, chainDays: 5, remainingChainDays: 5 })).toMatchObject({
      penetration: 0,
      burn: null,
    });
  });

  it.each([
    [100, 10],
    [80, 12.7524],
    [50, 18.3646],
    [10, 29.8652],
  ])('T16, ten points at %d %% confidence are %d at P80', (confidence, points) => {
    expect(10 * estimateFactor(confidence, 0.8)).toBeCloseTo(points, 3);
  });

  it('T18, risk exposure', () => {
    const classes = [
      { probability: 0.5, cost: 3 },
      { probability: 0.15, cost: 2 },
      { probability: 0.3, cost: 1 },
      { probability: 0.05, cost: 0 },
    ];
    expect(riskExposure(classes)).toBeCloseTo(2.1, 12);
    expect(Math.abs(riskExposure(classes) - 1)).toBeCloseTo(1.1, 12);
    const other = [0.3, 0.4, 0.15, 0.15].map((probability, index) => ({ probability, cost: index }));
    expect(riskExposure(other)).toBeCloseTo(1.15, 12);
  });

  it('T21, Quick Check', () => {
    const { scores, overall, throughput, stability } = quickCheck({
      leadTime: 4,
      deploymentFrequency: 4,
      recovery: 5,
      changeFailRate: 0.15,
      reworkRate: 0.2,
    });
    expect(Object.values(scores)).toEqual([6, 6, 8, 8.5, 8]);
    expect(overall).toBeCloseTo(7.3, 12);
    expect(throughput).toBeCloseTo(6.6667, 4);
    expect(stability).toBeCloseTo(8.25, 12);
    const nothing = {
      leadTime: null,
      deploymentFrequency: null,
      recovery: null,
      changeFailRate: null,
      reworkRate: null,
    };
    expect(quickCheck(nothing)).toMatchObject({ overall: null, throughput: null, stability: null });
    expect([30 * 60_000, hourMs, dayMs, 7 * dayMs, 30 * dayMs, 200 * dayMs].map(durationCategory)).toEqual([
      6, 5, 4, 3, 2, 1,
    ]);
    expect([2, 1, 0.2, 0.05, 0.01, 0.001].map(frequencyCategory)).toEqual([6, 5, 4, 3, 2, 1]);
  });

  it('T22, capacity', () => {
    const capacity = capacityHours({ workingDays: 10, daysOff: 2, hoursPerDay: 6, focus: 0.8 });
    expect(capacity).toBeCloseTo(38.4, 12);
    const allocation = allocationOf(45, capacity);
    expect(allocation).toBeCloseTo(1.171875, 12);
    expect(allocationState(45, capacity)).toBe('over');
    expect(isOverloaded([allocation, allocation])).toBe(false);
    expect([isOverloaded([1.3]), isOverloaded([1.3, 1]), isOverloaded([1, 1.3, 1.21])]).toEqual([false, false, true]);
    expect([allocationOf(5, 0), allocationState(5, 0), allocationState(0, 0)]).toEqual([null, 'absent', 'free']);
  });
});

describe('bus factor (metrics.md 6.2)', () => {
  it('is the fewest people with half of the work', () => {
    expect(busFactor([6, 3, 3])).toMatchObject({ k50: 1, n: 12, isSingle: true });
    expect(busFactor([4, 4, 4])).toMatchObject({ k50: 2, isSingle: false });
    expect(busFactor([4])).toMatchObject({ k50: 1, concentration: 1, isSingle: false });
    expect(busFactor([])).toEqual({ k50: null, concentration: null, n: 0, isSingle: false });
  });
  it('of code: authors have at least 3.293 unless others wrote on', () => {
    expect(degreeOfAuthorship({ isFirst: true, commits: 0 }, 0)).toBeCloseTo(4.391, 12);
    expect(degreeOfAuthorship({ isFirst: false, commits: 1 }, 9)).toBeCloseTo(3.293 + 0.164 - 0.321 * Math.log(10), 12);
  });
});

describe('what must hold whatever the numbers', () => {
  const amount = fc.double({ min: 0.01, max: 1e6, noNaN: true });

  it('EAC is the budget when the cost index is 1', () => {
    fc.assert(
      fc.property(amount, amount, amount, (bac, pv, ev) => {
        expect(earnedValue({ bac, pv, ev, ac: ev }).eac.cpi).toBeCloseTo(bac, 6);
      }),
    );
  });

  it('the sign of SV(t) is that of SPI(t) - 1', () => {
    const plan = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(
        plan,
        fc.double({ min: 0, max: 1.2, noNaN: true }),
        fc.integer({ min: 1, max: 40 }),
        (steps, part, at) => {
          let sum = 1;
          const pv = steps.map((step) => (sum += step));
          const { svT, spiT, es, pd } = earnedSchedule(pv, part * sum, at);
          expect(Math.sign(svT)).toBe(Math.sign(spiT! - 1));
          expect(es).toBeGreaterThanOrEqual(0);
          expect(es).toBeLessThanOrEqual(pd);
        },
      ),
    );
  });

  it('sprints needed are planned points over mean velocity when nothing was added', () => {
    const count = fc.integer({ min: 1, max: 500 });
    fc.assert(
      fc.property(count, count, count, count, (plannedPoints, donePoints, plannedSprints, doneSprints) => {
        const plan = { plannedPoints, addedPoints: 0, donePoints, plannedSprints, doneSprints, bac: 1, ac: null };
        expect(agileEvm(plan).sprintsNeeded).toBeCloseTo(plannedPoints / (donePoints / doneSprints), 6);
      }),
    );
  });

  it('working days of a calendar add up, forwards and backwards', () => {
    const day = fc
      .integer({ min: 0, max: 2000 })
      .map((number) => new Date(Date.UTC(2026, 0, 1 + number)).toISOString().slice(0, 10) as Day);
    const calendar = aCalendar();
    fc.assert(
      fc.property(day, day, day, (a, b, c) => {
        expect(calendar.distance(a, a)).toBe(0);
        expect(calendar.distance(a, b)).toBe(0 - calendar.distance(b, a));
        expect(calendar.distance(a, b) + calendar.distance(b, c)).toBe(calendar.distance(a, c));
      }),
    );
  });
});
