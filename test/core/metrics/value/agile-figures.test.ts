import * as fc from '../../../property.ts';
import { describe, expect, it } from 'vitest';
import { explainFigure } from '../../../../src/core/explain/explain-figure.ts';
import { measure } from '../../../../src/core/metrics/measure.ts';
import type { BudgetSettings } from '../../../../src/core/model/budget.ts';
import type { ProjectHistory } from '../../../../src/core/model/project.ts';
import { addDays } from '../../../../src/core/time/day.ts';
import type { Day } from '../../../../src/core/time/day.ts';
import { viewAsOf } from '../../../../src/core/view/as-of.ts';
import { aCalendar, aNamedMilestone, at, settings } from '../../../builders.ts';
import { hourAt, randomProject } from '../random-project.ts';
import { aRelease, asOf, sprintOf, work } from './a-release.ts';

const calendar = aCalendar();
const viewOf = (history: ProjectHistory, when = asOf) => viewAsOf(history, at(when), calendar);
const figures = (history: ProjectHistory, when = asOf) => measure(viewOf(history, when)).figures;
const promise = (promisedAt: string, on: Day) =>
  aNamedMilestone({
    dates: [{ at: at(promisedAt), on, by: null }],
    scope: { versions: [], items: [], labels: ['launch'] },
  });

describe('the AgileEVM summary', () => {
  it('is that of the release that decides, in points, as of the end of the last sprint', () => {
    const { agileEvm } = figures(aRelease());
    const { expectedComplete, actualComplete, spi, sprintsNeeded, ...counts } = agileEvm.value!;
    // Planned are 3 to 10 at 5 points; 11 was added; 3, 4 and 5 were done within the three sprints since.
    expect(counts).toEqual({
      milestone: 'launch',
      name: 'Launch',
      planned: 40,
      added: 5,
      done: 15,
      plannedSprints: 6,
      doneSprints: 3,
      sprints: ['3', '4', '5'],
    });
    expect([expectedComplete, actualComplete]).toEqual([0.5, 15 / 45]);
    expect(spi).toBeCloseTo(2 / 3, 12);
    expect(sprintsNeeded).toBeCloseTo(9, 12);
    expect(agileEvm).toMatchObject({ unit: 'point', n: 8, grade: 'C', flags: [] });
    expect(agileEvm.evidence).toEqual([
      'APO-3',
      'APO-4',
      'APO-5',
      'APO-6',
      'APO-7',
      'APO-8',
      'APO-9',
      'APO-10',
      'APO-11',
    ]);
  });

  it('counts items where the project plans by items, and keeps the planned sprints when the pace of sprints changes', () => {
    const longer = [6, 7, 8].map((number) =>
      sprintOf(number, {
        activatedAt: at(`2026-0${number - 2}-01T09:00:00Z`),
        completedAt: at(`2026-0${number - 2}-20T09:00:00Z`),
      }),
    );
    const history = aRelease({ sprints: [...[1, 2, 3, 4, 5].map((number) => sprintOf(number)), ...longer] }, {});
    const { value, unit } = figures(history, '2026-07-01T08:00:00Z').agileEvm;
    expect(unit).toBe('item');
    expect(value).toMatchObject({ planned: 8, added: 2, done: 4, plannedSprints: 6, doneSprints: 6 });
    expect(figures(history, '2026-07-01T08:00:00Z').agileEvm.flags).toEqual(['pastPlannedFinish']);
  });

  it('counts two sprints side by side once, and none of another board', () => {
    const sprints = [1, 2, 3, 4, 5].map((number) => sprintOf(number));
    const beside = sprintOf(4, { id: '40', name: 'Beside' });
    const other = [3, 4, 5].map((number) => sprintOf(number, { id: `9${number}`, boardId: '2' }));
    const { value } = figures(aRelease({ sprints: [...sprints, beside, ...other] })).agileEvm;
    expect(value).toMatchObject({ plannedSprints: 6, doneSprints: 3 });
  });

  it.each([
    ['without sprints', aRelease({ sprints: [] }), asOf, 'noSprints'],
    ['when the last was closed long ago', aRelease(), '2026-10-01T08:00:00Z', 'noSprints'],
    ['without a milestone', aRelease({ milestones: [] }), asOf, 'noPromisedMilestone'],
    ['before a sprint ended since the promise', aRelease(), '2026-02-10T08:00:00Z', 'noSprintDone'],
    [
      'for a day that had passed when it was set',
      aRelease({ milestones: [promise('2026-02-20T08:00:00Z', '2026-02-16')] }),
      asOf,
      'bornLate',
    ],
  ])('is not known %s', (_name, history, when, flag) => {
    expect(figures(history, when).agileEvm).toMatchObject({ value: null, grade: 'D', n: 0, flags: [flag] });
  });

  it('says that nothing is done instead of a number of sprints without end', () => {
    const items = ['APO-1', 'APO-2', 'APO-3', 'APO-4', 'APO-5'].map((key, index) =>
      work(key, null, { sprintIds: [String(index + 1)] }),
    );
    const { value, flags } = figures(aRelease({ items })).agileEvm;
    expect(value).toMatchObject({ planned: 25, done: 0, spi: 0, sprintsNeeded: null });
    expect(flags).toEqual(['nothingEarned']);
  });

  it('gives planned points over mean velocity when nothing was added (the identity of 1.5), and is followed to its keys', () => {
    const doneOns = fc.array(fc.option(fc.integer({ min: 0, max: 36 })), { minLength: 1, maxLength: 12 });
    let told = 0;
    fc.assert(
      fc.property(doneOns, fc.integer({ min: 1, max: 13 }), (days, points) => {
        const items = days.map((day, index) =>
          work(`APO-${index + 1}`, day === null ? null : dayAfterPromise(day), {
            points: points + (index % 3),
            sprintIds: ['3', '4', '5'],
          }),
        );
        const view = viewOf(aRelease({ items }));
        const metrics = measure(view);
        const { value } = metrics.figures.agileEvm;
        if (value === null) return;
        const { steps } = explainFigure(view, metrics, { name: 'agileEvm', service: null });
        const pointsOf = (code: string) =>
          steps
            .flatMap((step) => (step.code === code && 'keys' in step ? step.keys : []))
            .reduce((sum, key) => sum + view.itemsByKey.get(key)!.points!, 0);
        expect(value.added).toBe(0);
        expect(pointsOf('agilePlanned')).toBe(value.planned);
        expect(pointsOf('agileDone')).toBe(value.done);
        if (value.sprintsNeeded === null) return;
        const meanVelocity = pointsOf('agileDone') / value.doneSprints;
        expect(value.sprintsNeeded).toBeCloseTo(value.planned / meanVelocity, 9);
        told += 1;
      }),
      { numRuns: 60 },
    );
    expect(told).toBeGreaterThan(20);
  });
});

/** Within the three sprints since 2 February, weekends too. */
function dayAfterPromise(days: number): Day {
  return addDays('2026-02-04', days);
}

describe('the summary in money', () => {
  const budget: BudgetSettings = {
    amount: 900_000,
    currency: 'EUR',
    from: '2026-02-02',
    actuals: 'capacity',
    rates: [],
    roles: {},
    team: [{ people: 1, perDay: 10_000, allocation: 1, from: null, to: null }],
    hoursPerDay: 8,
    focus: 0.8,
  };
  const paid = (parts: Partial<BudgetSettings> = {}, more: Partial<ProjectHistory> = {}) =>
    viewOf(aRelease(more, { planBy: 'points', budget: { ...budget, ...parts } }));

  it('is what the release earned of its budget over what was spent by the end of the last sprint', () => {
    const view = paid();
    const metrics = measure(view);
    const { agileCpi, agileCostAtCompletion } = metrics.figures;
    // A third of 9,000.00 for 30 working days of 100.00: 2 February to Friday 13 March.
    expect(agileCpi).toMatchObject({ value: 1, unit: 'ratio', grade: 'C', flags: ['capacityCost'] });
    expect(agileCostAtCompletion).toMatchObject({ value: 900_000, unit: 'minor:EUR' });
    const { steps } = explainFigure(view, metrics, { name: 'agileCostAtCompletion', service: null });
    expect(steps).toEqual([
      { code: 'costEarned', part: 1 / 3, budget: 900_000, value: 300_000 },
      { code: 'costIndex', earned: 300_000, cost: 300_000, value: 1 },
      { code: 'costAtIndex', budget: 900_000, index: 1, value: 900_000 },
    ]);
  });

  it('is not known without a budget, or with one that began when part of it was done', () => {
    expect(figures(aRelease()).agileCpi).toMatchObject({ value: null, flags: ['noCostSource'] });
    const later = measure(paid({ from: '2026-02-16' })).figures;
    expect(later.agileCpi).toMatchObject({ value: null, flags: ['budgetBeganLater'] });
    expect(later.agileCostAtCompletion).toMatchObject({ value: null, flags: ['budgetBeganLater'] });
    const release = aRelease();
    const next = aNamedMilestone({
      id: 'next',
      dates: [{ at: at('2026-02-02T08:00:00Z'), on: '2026-12-18', by: null }],
      scope: { versions: [], items: [], labels: ['next'] },
    });
    const items = Array.from({ length: 9 }, (_, index) => work(`APO-${50 + index}`, null, { labels: ['next'] }));
    const more = { milestones: [...release.milestones, next], items: [...release.items, ...items] };
    const shared = measure(paid({}, more)).figures;
    expect(shared.agileEvm.value).toMatchObject({ milestone: 'launch' });
    expect(shared.agileCpi).toMatchObject({ value: null, flags: ['budgetOfOther'] });
    const unsure = figures(aRelease({ sprints: [] }, { planBy: 'points', budget }));
    expect(unsure.agileCpi).toMatchObject({ value: null, flags: ['noSprints'] });
  });
});

describe('velocity', () => {
  it('is the median of the last closed sprints of the main board with least and most, in the unit of the project', () => {
    const more = [
      work('APO-21', '2026-02-12', { sprintIds: ['3'], points: 8, labels: [] }),
      work('APO-22', '2026-03-12', { sprintIds: ['5'], points: 2, labels: [] }),
    ];
    const history = aRelease();
    const items = [...history.items, ...more];
    expect(figures({ ...history, items }).velocity).toMatchObject({
      value: { median: 5, min: 5, max: 13 },
      unit: 'point/sprint',
      n: 5,
      grade: 'C',
      flags: [],
      evidence: ['APO-1', 'APO-2', 'APO-3', 'APO-4', 'APO-5', 'APO-21', 'APO-22'],
    });
    expect(figures({ ...history, items, settings: settings() }).velocity).toMatchObject({
      value: { median: 1, min: 1, max: 2 },
      unit: 'item/sprint',
    });
  });

  it('is not known without sprints, and counts items where no sprint completed points', () => {
    expect(figures(aRelease({ sprints: [] })).velocity).toMatchObject({ value: null, flags: ['noSprints'] });
    const history = aRelease();
    const items = history.items.map((past) => ({ ...past, item: { ...past.item, points: null } }));
    expect(figures({ ...history, items }).velocity).toMatchObject({ unit: 'item/sprint', flags: ['noPointsDone'] });
  });
});

it('any project: both are as they were, whatever happened since, and are counted out', () => {
  let told = 0;
  fc.assert(
    fc.property(randomProject, fc.integer({ min: 24 * 40, max: 24 * 120 }), fc.nat(24 * 30), (project, hour, more) => {
      const view = viewAsOf(project.known(hour), hourAt(hour), calendar);
      const metrics = measure(view);
      const later = measure(viewAsOf(project.known(hour, hour + more), hourAt(hour), calendar)).figures;
      for (const name of ['velocity', 'agileEvm'] as const) {
        const figure = metrics.figures[name];
        expect(later[name]).toEqual(figure);
        expect(figure.value === null).toBe(figure.n === 0);
        const { steps } = explainFigure(view, metrics, { name, service: null });
        expect(steps.length > 0).toBe(figure.value !== null);
        if (figure.value !== null) told += 1;
      }
    }),
    { numRuns: 120 },
  );
  expect(told).toBeGreaterThan(10);
});
