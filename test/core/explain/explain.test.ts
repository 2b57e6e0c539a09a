import * as fc from '../../property.ts';
import { describe, expect, it } from 'vitest';
import { explainFigure } from '../../../src/core/explain/explain-figure.ts';
import type { FigureExplanation } from '../../../src/core/explain/figure-explanation.ts';
import { explainMilestone } from '../../../src/core/explain/explain-milestone.ts';
import type { PlanProof, PlanRow } from '../../../src/core/explain/plan-proof.ts';
import { planFigures } from '../../../src/core/explain/plan-steps.ts';
import { explainSprint } from '../../../src/core/explain/explain-sprint.ts';
import { findSubject, subjectNames } from '../../../src/core/explain/subject.ts';
import { defaultThresholds } from '../../../src/core/model/thresholds.ts';
import { measure } from '../../../src/core/metrics/measure.ts';
import type { Metrics } from '../../../src/core/metrics/metrics.ts';
import type { Figures } from '../../../src/core/metrics/figures.ts';
import type { Calendar } from '../../../src/core/time/calendar.ts';
import { addDays, dayNumber } from '../../../src/core/time/day.ts';
import type { Day } from '../../../src/core/time/day.ts';
import { viewAsOf } from '../../../src/core/view/as-of.ts';
import type { ProjectView } from '../../../src/core/view/view.ts';
import { aCalendar } from '../../builders.ts';
import { hourAt, randomProject } from '../metrics/random-project.ts';

const seen = fc.tuple(randomProject, fc.nat(24 * 120)).map(([project, hour]): [ProjectView, Metrics] => {
  const view = viewAsOf(project.known(hour), hourAt(hour), aCalendar());
  return [view, measure(view)];
});

/** The same of a project that plans by points. */
const seenInPoints = fc.tuple(randomProject, fc.nat(24 * 120)).map(([project, hour]): [ProjectView, Metrics] => {
  const history = project.known(hour);
  const settings = { ...history.settings, planBy: 'points' as const };
  // Nearly all are estimated from the beginning.
  const items = history.items.map((past, index) => {
    const isEverEstimated = past.item.points !== null || past.changes.some(({ field }) => field === 'points');
    return isEverEstimated ? past : { ...past, item: { ...past.item, points: 1 + (index % 4) } };
  });
  const view = viewAsOf({ ...history, items, settings }, hourAt(hour), aCalendar());
  return [view, measure(view)];
});

/** Sums in another order differ in their last digits. */
const near = (value: unknown): unknown => (typeof value === 'number' ? expect.closeTo(value, 9) : value);

/** The figure again, by nothing but school arithmetic on what the explanation lists. */
function again({ name, items, weeks, figure }: FigureExplanation): unknown {
  const values = items.flatMap(({ value }) => value ?? []).sort((a, b) => a - b);
  const rank = (level: number) => values.find((_, index) => (index + 1) / values.length >= level);
  const sum = values.reduce((total, value) => total + value, 0);
  switch (name) {
    case 'cycleTimeDays':
    case 'cycleTimeWorkingDays':
    case 'leadTimeDays':
    case 'ageDays':
      return values.length === 0 ? null : { p50: rank(0.5), p85: rank(0.85), p95: rank(0.95) };
    case 'sleDays':
      return rank(0.85) ?? null;
    case 'wip':
    case 'blocked':
      return items.length;
    case 'completedNotStarted':
    case 'reopenRate':
    case 'reopenRateSoFar':
      return values.length === 0 ? null : sum / values.length;
    case 'throughputPerWeek':
    case 'arrivalsPerWeek': {
      const counts = weeks.map(({ keys }) => keys.length);
      const last = counts.slice(-12).sort((a, b) => a - b);
      const middle = (last[Math.floor((last.length - 1) / 2)]! + last[Math.ceil((last.length - 1) / 2)]!) / 2;
      return counts.length === 0 ? null : { median: middle, weeks: counts };
    }
    default:
      return figure.value;
  }
}

/** The figure again from the two days of each row and from who is delivered, as one would with a wall calendar. */
function fromPlan({ name, items }: FigureExplanation, plan: PlanProof, calendar: Calendar): unknown {
  const periodsBy = (on: Day) => {
    const days = dayNumber(on) - dayNumber(plan.startOn) + 1;
    if (days <= 0) return 0;
    const whole = Math.floor(days / (7 * plan.weeks));
    const first = addDays(plan.startOn, 7 * plan.weeks * whole - 1);
    const length = calendar.distance(first, addDays(first, 7 * plan.weeks));
    return whole + (length === 0 ? 0 : calendar.distance(first, on) / length);
  };
  const shareBy = ({ promisedOn, finishOn, isEven }: PlanRow, periods: number) => {
    const to = periodsBy(finishOn);
    if (periods >= to) return 1;
    const from = periodsBy(addDays(promisedOn, -1));
    return isEven && periods > from ? (periods - from) / (to - from) : 0;
  };
  const sizeOf = ({ deliveredWeight, openWeight }: PlanRow) => deliveredWeight + openWeight;
  const plannedBy = (periods: number) =>
    periods <= 0 ? 0 : plan.rows.reduce((sum, row) => sum + shareBy(row, periods) * sizeOf(row), 0);
  const planned = plan.rows.reduce((sum, row) => sum + sizeOf(row), 0);
  const delivered = plan.rows.reduce((sum, row) => sum + row.deliveredWeight, 0);
  const ends = plan.rows.map(({ finishOn }) => Math.ceil(periodsBy(finishOn)));
  const length = Math.max(1, ...ends);
  const earned = () => {
    if (delivered === planned) return length;
    let period = 0;
    while (plannedBy(period + 1) <= delivered + 1e-9) period += 1;
    const before = plannedBy(period);
    return period + (delivered - before) / (plannedBy(period + 1) - before);
  };
  const passed = periodsBy(plan.passedOn);
  switch (name) {
    case 'plannedScope':
      return planned;
    case 'percentComplete':
      return delivered / planned;
    case 'unbaselinedScope':
    case 'removedScope':
      return items.length / planned;
    case 'spi':
      return delivered / plan.rows.reduce((sum, row) => sum + shareBy(row, passed) * sizeOf(row), 0);
    case 'spiT':
      return earned() / passed;
    case 'svT':
      return earned() - passed;
    case 'tspiT':
      return (length - earned()) / (length - passed);
    case 'scheduleAdherence': {
      const parts = plan.rows.map((row) => ({ row, share: shareBy(row, earned()) }));
      const all = parts.reduce((sum, { row, share }) => sum + share * sizeOf(row), 0);
      return parts.reduce((sum, { row, share }) => sum + share * row.deliveredWeight, 0) / all;
    }
    default: {
      // The first day by whose end the plan is done at the rate so far.
      if (plan.endedOn !== null) return plan.endedOn;
      const needed = name === 'ieacTPf1' ? passed + (length - earned()) : length / (earned() / passed);
      let on = addDays(plan.startOn, 7 * plan.weeks * Math.floor(needed) - 1);
      while (periodsBy(on) < needed - 1e-9) on = addDays(on, 1);
      return on;
    }
  }
}

describe('a figure', () => {
  it('can be made again from the items that its explanation lists', () => {
    fc.assert(
      fc.property(seen, ([view, metrics]) => {
        for (const name of Object.keys(metrics.figures) as (keyof Figures)[]) {
          const explanation = explainFigure(view, metrics, { name, service: null });
          const { value, exclusions = [] } = explanation.figure;
          // Unknown for want of data: the items that are there say nothing then.
          expect([name, value === null ? null : again(explanation)]).toEqual([name, value]);
          expect(explanation.excluded.map(({ reason, keys }) => ({ reason, n: keys.length }))).toEqual(exclusions);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('against first promises can be made again from the rows of the plan, and from nothing else', () => {
    const found = new Set<string>();
    fc.assert(
      fc.property(seen, ([view, metrics]) => {
        for (const name of planFigures) {
          const explanation = explainFigure(view, metrics, { name: name as keyof Figures, service: null });
          const { value, n } = explanation.figure;
          if (value === null) continue;
          found.add(name);
          expect(explanation.plan).not.toBeNull();
          const again = fromPlan(explanation, explanation.plan!, view.calendar);
          expect([name, again]).toEqual([name, near(value)]);
          expect(explanation.plan!.planned).toBe(n);
          expect(explanation.steps.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 150 },
    );
    expect([...found].sort()).toEqual([...planFigures].sort());
  });

  it('in points can be made again from what each item was estimated at when it was promised', () => {
    let told = 0;
    fc.assert(
      fc.property(seenInPoints, ([view, metrics]) => {
        for (const name of planFigures) {
          const explanation = explainFigure(view, metrics, { name: name as keyof Figures, service: null });
          const { value } = explanation.figure;
          const { plan } = explanation;
          if (value === null || plan?.weighedBy !== 'point') continue;
          const points = new Map(plan.estimates.map((estimate) => [estimate.key, estimate.points]));
          const sumOf = (keys: readonly string[]) => keys.reduce((sum, key) => sum + points.get(key)!, 0);
          for (const row of plan.rows) {
            expect(row.deliveredWeight).toBeCloseTo(sumOf(row.delivered), 9);
            expect(row.openWeight).toBeCloseTo(sumOf(row.open), 9);
          }
          // Scope that joined or left is no part of the rows.
          if (name === 'unbaselinedScope' || name === 'removedScope') continue;
          expect([name, fromPlan(explanation, plan, view.calendar)]).toEqual([name, near(value)]);
          told += 1;
        }
      }),
      { numRuns: 100 },
    );
    expect(told).toBeGreaterThan(50);
  });

  it('of kept promises can be counted again from the milestones that it names', () => {
    let told = 0;
    fc.assert(
      fc.property(seen, ([view, metrics]) => {
        for (const name of ['onTimeRate', 'onTimeRateLast'] as const) {
          const { figure, promises, items } = explainFigure(view, metrics, { name, service: null });
          const due = promises!.due.filter(({ dueOn }) => dueOn >= promises!.since && dueOn < view.today);
          const kept = due.filter(({ dueOn, finishedOn }) => finishedOn !== null && finishedOn <= dueOn);
          expect([due.length, figure.n]).toEqual([promises!.due.length, promises!.due.length]);
          expect(due.length === 0 ? null : kept.length / due.length).toBe(figure.value);
          expect(kept).toEqual(due.filter(({ isKept }) => isKept));
          const names = new Set(metrics.milestones.map((milestone) => milestone.name));
          expect(due.every((promise) => names.has(promise.name))).toBe(true);
          expect(items).toEqual([]);
          told += due.length;
        }
      }),
      { numRuns: 100 },
    );
    expect(told).toBeGreaterThan(0);
  });

  it('shows a rank at which the value really stands', () => {
    fc.assert(
      fc.property(seen, ([view, metrics]) => {
        const { steps, items } = explainFigure(view, metrics, { name: 'leadTimeDays', service: null });
        const values = items.map(({ value }) => value!).sort((a, b) => a - b);
        for (const step of steps) {
          if (step.code !== 'nearestRank') continue;
          expect(values[step.rank - 1]).toBe(step.value);
          expect(step.keys).toEqual(expect.arrayContaining([items.find(({ value }) => value === step.value)!.key]));
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('a milestone', () => {
  it('has its slip counted day by day, its scope by key, and its forecast on both sides of each date', () => {
    fc.assert(
      fc.property(seen, ([view, metrics]) => {
        for (const figures of metrics.milestones) {
          const told = explainMilestone(view, { figures, definitions: '1', thresholds: defaultThresholds.health });
          const proof = told.slip.committed;
          expect(proof?.workingDays ?? null).toBe(figures.slipCommitted);
          const counted = proof && proof.days - proof.weekendDays - proof.holidays.length;
          expect(proof && Math.abs(proof.workingDays)).toBe(counted);
          expect([told.scope.open.length, told.scope.done.length]).toEqual([figures.openItems, figures.doneItems]);
          for (const { level, chance, before } of told.forecast?.dates ?? []) {
            expect(chance).toBeGreaterThanOrEqual(level - 1e-9);
            expect(before?.chance ?? 0).toBeLessThan(level);
          }
          const last = told.health?.evaluations.at(-1);
          const { buffer } = told;
          const share = buffer && (buffer.bufferDays > 0 ? Math.max(0, buffer.usedDays / buffer.bufferDays) : null);
          expect(buffer?.penetration ?? null).toBe(share);
          expect(buffer?.forecastNowOn ?? null).toBe(buffer && figures.forecast!.p50);
          const { baseline, current } = figures.health;
          expect(last && [last.baseline, last.current]).toEqual(last && [baseline, current]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a milestone that is not green', () => {
  it('has the date that would be, and the last that would not', () => {
    let told = 0;
    fc.assert(
      fc.property(seen, ([view, metrics]) => {
        for (const figures of metrics.milestones) {
          const { definitions } = metrics;
          const asked = { figures, definitions, thresholds: defaultThresholds.health };
          if (figures.greenIf.current === null) continue;
          const { green } = explainMilestone(view, asked);
          const { dueOn, itemsOut } = figures.greenIf.current;
          if (green === null) continue;
          expect(green.date?.on ?? null).toBe(dueOn);
          expect(green.date?.chance ?? 1).toBeGreaterThanOrEqual(green.level);
          expect(green.date?.before.chance ?? 0).toBeLessThan(green.level);
          expect(green.cut?.items ?? itemsOut).toBe(itemsOut);
          expect(green.cut?.chance ?? 1).toBeGreaterThanOrEqual(green.level);
          expect(green.cut?.withOneLess ?? 0).toBeLessThan(green.level);
          told += 1;
        }
      }),
      { numRuns: 150 },
    );
    expect(told).toBeGreaterThan(0);
  });
});

describe('a sprint', () => {
  it('has every item with its class, and the totals are those of the list', () => {
    fc.assert(
      fc.property(seen, ([view, metrics]) => {
        for (const figures of metrics.sprints) {
          const told = explainSprint(view, metrics, { figures });
          if (!told) continue;
          expect(Object.fromEntries(told.items.map((item) => [item.key, item.class]))).toEqual(figures.classes);
          expect(told.items.filter(({ committed }) => committed).length).toBe(figures.totals!.committed.count);
          const sayDo = figures.totals!.sayDo.count;
          const share = sayDo === null ? null : told.committedAndCompleted / figures.totals!.committed.count;
          expect(share).toEqual(near(sayDo));
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('what is asked about', () => {
  it('is found by any spelling of its name, and nothing by a name that nothing has', () => {
    fc.assert(
      fc.property(seen, ([, metrics]) => {
        const names = subjectNames(metrics, []);
        for (const figure of names.figures) {
          const kebab = figure.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
          expect(findSubject(metrics, { findings: [], services: [] }, kebab)).toEqual({ kind: 'figure', name: figure });
        }
        for (const name of names.milestones)
          expect(findSubject(metrics, { findings: [], services: [] }, ` ${name.toUpperCase()} `)?.kind).toBe(
            'milestone',
          );
        expect(findSubject(metrics, { findings: [], services: [] }, 'nothing of the kind')).toBeNull();
      }),
      { numRuns: 20 },
    );
  });
});
