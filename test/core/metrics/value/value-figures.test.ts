import * as fc from '../../../property.ts';
import { describe, expect, it } from 'vitest';
import { wilson } from '../../../../src/core/metrics/statistics.ts';
import { measure } from '../../../../src/core/metrics/measure.ts';
import { dayAtPeriods, periodsAt, plannedByPeriod, plannedPart } from '../../../../src/core/metrics/value/plan-axis.ts';
import type { PlanAxis } from '../../../../src/core/metrics/value/plan-axis.ts';
import type { ItemHistory, NamedMilestone } from '../../../../src/core/model/project.ts';
import { addDays } from '../../../../src/core/time/day.ts';
import type { Day } from '../../../../src/core/time/day.ts';
import { viewAsOf } from '../../../../src/core/view/as-of.ts';
import { aCalendar, aDoneItem, aHistory, aNamedMilestone, aPast, at, changes, settings } from '../../../builders.ts';

const calendar = aCalendar();
const createdAt = '2026-03-02T08:00:00Z';

/** Made and promised on Monday 2 March. */
function task(key: string, dueOn: Day | null, doneAt: string | null = null, more: object = {}): ItemHistory {
  if (doneAt === null) return aPast({ key, createdAt: at(createdAt), dueOn, ...more });
  return aDoneItem(key, { createdAt, doneAt }, { dueOn, ...more });
}

function measured(items: readonly ItemHistory[], asOf: string, milestones: readonly NamedMilestone[] = []) {
  return measure(viewAsOf(aHistory({ items, milestones }), at(asOf), calendar));
}
const figures = (...parts: Parameters<typeof measured>) => measured(...parts).figures;

describe('a plan of due dates', () => {
  // Two a week for three weeks; four planned by the end of the second, three of them done.
  const plan = [
    task('APO-1', '2026-03-06', '2026-03-05'),
    task('APO-2', '2026-03-06', '2026-03-06'),
    task('APO-3', '2026-03-13', '2026-03-12'),
    task('APO-4', '2026-03-13'),
    task('APO-5', '2026-03-20'),
    task('APO-6', '2026-03-20'),
  ];

  it('gives value and schedule indices at the end of its second week', () => {
    const made = figures(plan, '2026-03-16T08:00:00Z');
    expect(made.plannedScope.value).toBe(6);
    expect(made.percentComplete.value).toBeCloseTo(0.5, 12);
    expect(made.spi.value).toBeCloseTo(0.75, 12);
    // ES = 1.5 of AT = 2 weeks.
    expect(made.spiT).toMatchObject({ value: 0.75, unit: 'ratio', n: 6, grade: 'C', flags: [] });
    expect(made.svT).toMatchObject({ value: -0.5, unit: 'week' });
    // Three weeks at 0.75 are four: Sunday 29 March.
    expect(made.ieacT).toMatchObject({ value: '2026-03-29', unit: 'date' });
    // The rest at plan rate: 2 + 1.5 weeks end on Wednesday 25 March; in the week that is left it would have to earn 1.5.
    expect(made.ieacTPf1).toMatchObject({ value: '2026-03-25', unit: 'date', grade: 'C' });
    expect(made.tspiT).toMatchObject({ value: 1.5, unit: 'ratio', flags: ['RECOVERY_UNLIKELY'] });
    expect(made.spiT.evidence).toEqual(['APO-1', 'APO-2', 'APO-3', 'APO-4', 'APO-5', 'APO-6']);
    expect(made.scheduleAdherence.value).toBe(1);
    expect(made.cpi).toMatchObject({ value: null, flags: ['noCostSource'] });
  });

  it('knows work out of sequence: on time, but not the work that was planned by then', () => {
    const swapped = [
      task('APO-1', '2026-03-06'),
      task('APO-2', '2026-03-06'),
      task('APO-3', '2026-03-13', '2026-03-12'),
      task('APO-4', '2026-03-13', '2026-03-12'),
      task('APO-5', '2026-03-20', '2026-03-12'),
      task('APO-6', '2026-03-20', '2026-03-12'),
    ];
    const made = figures(swapped, '2026-03-16T08:00:00Z');
    expect(made.spiT.value).toBe(1);
    expect(made.scheduleAdherence).toMatchObject({ value: 0.5, flags: ['OUT_OF_SEQUENCE'] });
  });

  it('does not forget that a finished project was late, as SPI does', () => {
    const late = plan.map(({ item }) => task(item.key, item.dueOn, '2026-03-27'));
    for (const asOf of ['2026-03-30T08:00:00Z', '2026-09-01T08:00:00Z']) {
      const made = figures(late, asOf);
      expect(made.spi).toMatchObject({ value: 1, flags: ['pastPlannedFinish'] });
      expect(made.spiT.value).toBeCloseTo(3 / 4, 12);
      expect(made.ieacT.value).toBe('2026-03-27');
      expect(made.ieacTPf1.value).toBe('2026-03-27');
      expect(made.tspiT).toMatchObject({ value: null, flags: ['planDone'] });
    }
  });

  it('is held to the first date: moving it changes nothing', () => {
    const moved = plan.map((past) =>
      past.item.key === 'APO-4'
        ? aPast(
            { ...past.item, dueOn: '2026-06-30' },
            changes(['2026-03-10T10:00:00Z', 'dueOn', '2026-03-13', '2026-06-30']),
          )
        : past,
    );
    const asOf = '2026-03-16T08:00:00Z';
    expect(figures(moved, asOf).spiT).toEqual(figures(plan, asOf).spiT);
    const { onTimeRate, onTimeRateLast } = figures(moved, asOf);
    expect(onTimeRate).toMatchObject({ value: 0.75, n: 4, flags: ['fewPromises'], interval: wilson(3, 4) });
    expect(onTimeRateLast).toMatchObject({ value: 1, n: 3, interval: wilson(3, 3) });
  });

  it('leaves promises for a day that was over out of the rates', () => {
    const bornLate = task('APO-7', '2026-02-27', '2026-03-03');
    expect(figures([...plan, bornLate], '2026-03-16T08:00:00Z').onTimeRate).toMatchObject({
      value: 0.75,
      n: 4,
      flags: ['fewPromises', 'bornLateLeftOut'],
    });
  });

  it('says why there is nothing to tell', () => {
    expect(figures([task('APO-1', null)], '2026-03-16T08:00:00Z')).toMatchObject({
      plannedScope: { value: null, flags: ['noPlan'], grade: 'D' },
      spiT: { value: null, flags: ['noPlan'] },
      svT: { value: null },
      ieacT: { value: null },
      cpi: { value: null, flags: ['noCostSource'] },
      onTimeRate: { value: null, flags: ['noItems'] },
    });
    expect(figures([task('APO-1', '2026-03-06')], '2026-03-16T08:00:00Z').ieacT).toMatchObject({
      value: null,
      flags: ['nothingEarned'],
    });
    expect(figures([task('APO-1', '2026-03-06')], '2026-03-16T08:00:00Z').scheduleAdherence).toMatchObject({
      value: null,
      flags: ['nothingEarned'],
    });
    const blind = [{ ...task('APO-1', '2026-03-06'), isComplete: false }];
    expect(figures(blind, '2026-03-16T08:00:00Z').spiT).toMatchObject({ value: null, flags: ['baselineUnknown'] });
  });
});

describe('the date of a milestone', () => {
  const launch = aNamedMilestone({
    dates: [{ at: at(createdAt), on: '2026-04-10', by: null }],
    scope: { versions: [], items: [], labels: ['launch'] },
  });
  const inLaunch = (key: string, doneAt: string | null = null, more: object = {}) =>
    task(key, null, doneAt, { labels: ['launch'], ...more });

  it('plans its items evenly up to it, unless they have dates of their own', () => {
    const items = [1, 2, 3, 4].map((number) => inLaunch(`APO-${number}`, number === 1 ? '2026-03-13' : null));
    const made = figures(items, '2026-03-16T08:00:00Z', [launch]);
    // Promised on 3 March, when the settling day was over: 9 of 29 working days are behind, and a quarter is done.
    expect(made.spi.value).toBeCloseTo(0.25 / (9 / 29), 1);
    expect(made.spiT.value).toBeGreaterThan(0.7);
    expect(made.spiT.value).toBeLessThan(1);
  });

  it('tells what joined after it and what left', () => {
    const items = [
      inLaunch('APO-1', '2026-03-02T20:00:00Z'),
      inLaunch('APO-2'),
      inLaunch('APO-3', null, { createdAt: at('2026-03-09') }),
      aPast({ key: 'APO-4', createdAt: at(createdAt), labels: ['launch'] }, [], { goneAt: at('2026-03-10') }),
    ];
    const made = figures(items, '2026-03-16T08:00:00Z', [launch]);
    expect(made.plannedScope).toMatchObject({ value: 2, evidence: ['APO-2', 'APO-4'] });
    expect(made.unbaselinedScope).toMatchObject({ value: 0.5, evidence: ['APO-3'] });
    expect(made.removedScope).toMatchObject({ value: 0.5, evidence: ['APO-4'] });
  });

  it('has a slip chart, a ledger and a forecast slip', () => {
    const dates = ['2026-04-10', '2026-04-17', '2026-04-24', '2026-05-01', '2026-05-08'].map((on, week) => ({
      at: at(`${addDays('2026-03-02', 7 * week)}T08:00:00Z`),
      on: on as Day,
      by: null,
    }));
    const [figure] = measured([inLaunch('APO-1')], '2026-03-31T08:00:00Z', [{ ...launch, dates }]).milestones;
    expect(figure).toMatchObject({ churn: 20, volatility: 1, forecastSlip: null });
    // A week later every week: it runs away as fast as time goes.
    expect(figure!.trend).toMatchObject({ slope: 1, isConverging: false, projected: null, patterns: ['STEADY_SLIP'] });
    const [dated] = measured([task('APO-1', '2026-03-06')], '2026-03-16T08:00:00Z').milestones;
    expect(dated).toMatchObject({ trend: null, slipCommitted: 6 });
  });
});

describe('the axis of a plan', () => {
  const axis: PlanAxis = { startOn: '2026-03-02', weeks: 2, unit: 'sprint' };

  it('goes there and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2000 }), (days) => {
        const on = addDays(axis.startOn, days);
        const periods = periodsAt(axis, on, calendar);
        const back = dayAtPeriods(axis, periods, calendar)!;
        expect(periodsAt(axis, back, calendar)).toBeCloseTo(periods, 9);
      }),
    );
    expect(dayAtPeriods(axis, Infinity, calendar)).toBeNull();
  });

  it('sums what each item has planned by the end of each period', () => {
    const point = fc.integer({ min: 1, max: 400 }).map((tenths) => tenths / 10);
    const profile = fc
      .tuple(point, point, fc.boolean())
      .map(([a, b, isStep]) => (isStep ? { from: a, to: a } : { from: Math.min(a, b), to: Math.max(a, b) }));
    fc.assert(
      fc.property(fc.array(profile, { minLength: 1, maxLength: 20 }), (profiles) => {
        plannedByPeriod(profiles).forEach((value, index) => {
          const plain = profiles.reduce((sum, one) => sum + plannedPart(one, index + 1), 0);
          expect(value).toBeCloseTo(plain, 6);
        });
      }),
    );
  });
});

describe('a plan in points (metrics.md 0.5, 1.3)', () => {
  const inPoints = (items: readonly ItemHistory[], asOf = '2026-03-16T08:00:00Z') => {
    const settingsOf = settings({ planBy: 'points' });
    return measure(viewAsOf(aHistory({ items, settings: settingsOf }), at(asOf), calendar)).figures;
  };
  // Eight of twenty points are delivered; ten were planned by the end of the second week.
  const plan = [
    task('APO-1', '2026-03-06', '2026-03-05', { points: 5 }),
    task('APO-2', '2026-03-06', '2026-03-06', { points: 3 }),
    task('APO-3', '2026-03-13', null, { points: 2 }),
    task('APO-4', '2026-03-20', null, { points: 10 }),
  ];

  it('weighs each item by its points', () => {
    const made = inPoints(plan);
    expect(made.plannedScope).toMatchObject({ value: 20, unit: 'point', n: 4, flags: [] });
    expect(made.percentComplete.value).toBeCloseTo(0.4, 12);
    expect(made.spi.value).toBeCloseTo(0.8, 12);
    // 8 were planned by the end of the first week: ES 1 of AT 2.
    expect(made.spiT.value).toBeCloseTo(0.5, 12);
    expect(figures(plan, '2026-03-16T08:00:00Z').plannedScope).toMatchObject({ value: 4, unit: 'item' });
  });

  it('keeps the points of the day of the promise', () => {
    const later = aPast(
      { key: 'APO-4', createdAt: at(createdAt), dueOn: '2026-03-20', points: 30 },
      changes(['2026-03-11T08:00:00Z', 'points', '10', '30']),
    );
    expect(inPoints([...plan.slice(0, 3), later]).plannedScope.value).toBe(20);
  });

  it('gives an item without an estimate the median of its type, and says so', () => {
    const [first, second, third, fourth] = plan as [ItemHistory, ItemHistory, ItemHistory, ItemHistory];
    const without = { ...third, item: { ...third.item, points: null } };
    // Of 5, 3 and 10.
    expect(inPoints([first, second, without, fourth]).plannedScope).toMatchObject({
      value: 23,
      unit: 'point',
      flags: ['pointsImputed'],
    });
  });

  it.each([
    ['fewer than 70 % were estimated', [5, 3, null, null]],
    ['all of it weighs nothing', [0, 0, 0, 0]],
  ])('counts items where %s', (_, estimates) => {
    const items = plan.map((past, index) => ({ ...past, item: { ...past.item, points: estimates[index]! } }));
    expect(inPoints(items).plannedScope).toMatchObject({ value: 4, unit: 'item', flags: ['unitFallback'] });
  });

  it('counts what joined by what it weighs now, over the points of the plan', () => {
    const launch = aNamedMilestone({
      dates: [{ at: at('2026-03-02T09:00:00Z'), on: '2026-03-27', by: null }],
      scope: { versions: [], items: [], labels: ['launch'] },
    });
    const labelled = plan.map((past) => ({ ...past, item: { ...past.item, labels: ['launch'], dueOn: null } }));
    const joined = aPast({ key: 'APO-9', createdAt: at('2026-03-10T08:00:00Z'), labels: ['launch'], points: 4 });
    const history = aHistory({
      items: [...labelled, joined],
      milestones: [launch],
      settings: settings({ planBy: 'points' }),
    });
    const made = measure(viewAsOf(history, at('2026-03-16T08:00:00Z'), calendar)).figures;
    expect(made.unbaselinedScope).toMatchObject({ value: 4 / 20, evidence: ['APO-9'] });
  });
});
