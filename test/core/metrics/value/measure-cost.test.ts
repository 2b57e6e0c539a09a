import * as fc from '../../../property.ts';
import { describe, expect, it } from 'vitest';
import { costFigures } from '../../../../src/core/metrics/cost-figures.ts';
import type { CostFigures, Figures } from '../../../../src/core/metrics/figures.ts';
import { measure } from '../../../../src/core/metrics/measure.ts';
import { actualCostOf, costOf, monthOf } from '../../../../src/core/metrics/value/actual-cost.ts';
import type { BudgetSettings } from '../../../../src/core/model/budget.ts';
import type { ItemHistory } from '../../../../src/core/model/project.ts';
import type { WorklogVersion } from '../../../../src/core/model/worklog.ts';
import { addDays } from '../../../../src/core/time/day.ts';
import type { Day } from '../../../../src/core/time/day.ts';
import { viewAsOf } from '../../../../src/core/view/as-of.ts';
import { aCalendar, aDoneItem, aHistory, aPast, at, settings } from '../../../builders.ts';

const calendar = aCalendar();
const everybody = { person: null, role: null, from: null, to: null };

function aBudget(parts: Partial<BudgetSettings> = {}): BudgetSettings {
  return {
    amount: 1_000_000,
    currency: 'EUR',
    from: '2026-03-02',
    actuals: 'worklogs',
    rates: [{ ...everybody, perHour: 10_000 }],
    roles: {},
    team: [],
    hoursPerDay: 8,
    focus: 0.8,
    ...parts,
  };
}

let ids = 0;
function log(on: string, hours: number, parts: Partial<WorklogVersion> = {}): WorklogVersion {
  const startedAt = at(on);
  const createdAt = parts.createdAt ?? startedAt;
  return {
    source: 'jira',
    id: String((ids += 1)),
    itemKey: 'APO-1',
    knownAt: createdAt,
    isDeleted: false,
    by: 'u1',
    createdAt,
    startedAt,
    seconds: hours * 3600,
    ...parts,
  };
}

interface Parts {
  readonly budget?: BudgetSettings | undefined;
  readonly worklogs?: readonly WorklogVersion[] | undefined;
  readonly items?: readonly ItemHistory[];
}

const createdAt = '2026-03-02T08:00:00Z';
/** Two items promised for a day, one of them done. */
const halfDone: readonly ItemHistory[] = [
  aDoneItem('APO-1', { createdAt, doneAt: '2026-03-05T10:00:00Z' }, { dueOn: '2026-03-06' }),
  aPast({ key: 'APO-2', createdAt: at(createdAt), dueOn: '2026-03-20' }),
];

function viewOf({ budget = aBudget(), worklogs, items = halfDone }: Parts, asOf: string) {
  const history = aHistory({
    items,
    settings: settings({ budget, ...(worklogs ? { worklogs: 'optional' } : {}) }),
    ...(worklogs ? { worklogs } : {}),
  });
  return viewAsOf(history, at(asOf), calendar);
}
const figures = (parts: Parts, asOf = '2026-03-16T08:00:00Z') => measure(viewOf(parts, asOf)).figures;
const values = (made: Figures) =>
  Object.fromEntries([...costFigures].map((name) => [name, made[name as keyof CostFigures].value]));

describe('actual cost', () => {
  it('rests on the items that the budget pays for, and on no earlier work', () => {
    const worklogs = [log('2026-02-20', 8, { itemKey: 'APO-2' }), log('2026-03-03', 4)];
    const { actualCost } = figures({ worklogs });
    expect([actualCost.value, actualCost.evidence]).toEqual([40_000, ['APO-1']]);
  });

  it('is hours times the rate of the day of the work: of the person, else the role, else everybody', () => {
    const budget = aBudget({
      roles: { dev: ['u1', 'u2'], ux: ['u3', 'u4'], lead: ['u5'] },
      rates: [
        { ...everybody, perHour: 5_000 },
        { ...everybody, role: 'dev', perHour: 10_000, to: '2026-03-09' },
        { ...everybody, role: 'dev', perHour: 12_000, from: '2026-03-10' },
        { ...everybody, person: 'u2', perHour: 20_000 },
        { ...everybody, role: 'lead', perHour: 15_000 },
      ],
    });
    const worklogs = [
      log('2026-03-09', 1),
      log('2026-03-10', 1),
      log('2026-03-10', 1, { by: 'u2' }),
      log('2026-03-11', 0.5, { by: 'u3' }),
      log('2026-03-12', 1, { by: null }),
      log('2026-03-13', 1, { by: 'u5' }),
    ];
    const made = actualCostOf(viewOf({ budget, worklogs }, '2026-03-16'))!;
    expect(made.entries.map(({ role, cost }) => [role, cost])).toEqual([
      ['dev', 10_000],
      ['dev', 12_000],
      ['dev', 20_000],
      ['ux', 2_500],
      [null, 5_000],
      // Alone in a role: costed by it, and told without it.
      [null, 15_000],
    ]);
    expect(made).toMatchObject({ total: 64_500, hours: 5.5, unratedHours: 0, defaultHours: 1.5 });
    expect(figures({ budget, worklogs }).actualCost.flags).toEqual(['defaultRates']);
  });

  it('is at the fixed exchange, and says what that of now makes of it', () => {
    const budget = aBudget({ rates: [{ ...everybody, perHour: 10_000, drift: 0.05 }] });
    const made = actualCostOf(viewOf({ budget, worklogs: [log('2026-03-09', 2)] }, '2026-03-16'));
    expect(made).toMatchObject({ total: 20_000, drift: 1_000 });
  });

  it('names no person', () => {
    const made = actualCostOf(viewOf({ worklogs: [log('2026-03-09', 1, { by: 'person-77' })] }, '2026-03-16'));
    expect(JSON.stringify(made)).not.toContain('person-77');
  });

  it('leaves out what was done before its first day, or is booked for a day to come', () => {
    const worklogs = [log('2026-03-01', 1), log('2026-03-02', 2), log('2026-03-20', 4)];
    expect(figures({ worklogs }).actualCost.value).toBe(20_000);
  });

  it('is that of then when it is asked for again: edits and deletions came later', () => {
    const first = log('2026-03-03', 2);
    const worklogs = [
      first,
      { ...first, seconds: 3600, knownAt: at('2026-03-10') },
      { ...first, seconds: 3600, knownAt: at('2026-03-12'), isDeleted: true },
      log('2026-03-04', 1, { createdAt: at('2026-03-11') }),
    ];
    const costAt = (day: string) => figures({ worklogs }, day).actualCost.value;
    expect(['2026-03-04', '2026-03-10', '2026-03-11', '2026-03-13'].map(costAt)).toEqual([
      20_000, 10_000, 20_000, 10_000,
    ]);
  });

  it('is unknown, not 0, where nobody says so', () => {
    const unknown = (made: Figures, flag: string) => {
      expect(Object.values({ ...values(made), budget: null }).every((value) => value === null)).toBe(true);
      const all = [...costFigures].filter((name) => name !== 'budget');
      for (const name of all) expect(made[name as keyof CostFigures].flags).toEqual([flag]);
    };
    unknown(measure(viewAsOf(aHistory({ items: halfDone }), at('2026-03-16'), calendar)).figures, 'noCostSource');
    unknown(figures({}), 'worklogsNotRead');
    unknown(figures({ worklogs: [] }), 'nothingLogged');
    unknown(figures({ worklogs: [log('2026-03-03', 0)] }), 'nothingLogged');
    unknown(
      figures({
        worklogs: [log('2026-03-03', 1)],
        budget: aBudget({ rates: [{ ...everybody, role: 'x', perHour: 1 }] }),
      }),
      'noRates',
    );
    expect(figures({ worklogs: [] }).budget.value).toBe(1_000_000);
  });

  it('without a rate for some hours says so, and is no better than its gap', () => {
    const budget = aBudget({ rates: [{ ...everybody, perHour: 10_000, from: '2026-03-04' }] });
    const { actualCost } = figures({ budget, worklogs: [log('2026-03-03', 1), log('2026-03-05', 4)] });
    expect(actualCost).toMatchObject({ value: 40_000, grade: 'C', flags: ['missingRates'] });
  });

  it('of a capacity is days that are over, times their rate and the part that the project has', () => {
    const team = [
      { people: 2, perDay: 50_000, allocation: 0.5, from: null, to: '2026-03-06' as Day },
      { people: 1, perDay: 60_000, allocation: 1, from: '2026-03-09' as Day, to: null },
    ];
    const made = figures({ budget: aBudget({ actuals: 'capacity', team }), worklogs: [log('2026-03-03', 100)] });
    expect(made.actualCost).toMatchObject({ value: 550_000, grade: 'B', flags: ['capacityCost'], evidence: [] });
    expect(made.worklogCompleteness).toMatchObject({ value: null, flags: ['capacityCost'] });
  });
});

describe('what makes it weaker', () => {
  const team = [{ people: 1, perDay: null, allocation: 1, from: null, to: null }];

  it('is logging less than the team had hours for', () => {
    // Ten days of 8 hours at 0.8 are 64.
    const little = figures({ budget: aBudget({ team }), worklogs: [log('2026-03-03', 32)] });
    expect(little.worklogCompleteness.value).toBeCloseTo(0.5, 12);
    expect(little.actualCost).toMatchObject({ grade: 'C', flags: ['lowCompleteness'] });
    const enough = figures({ budget: aBudget({ team }), worklogs: [log('2026-03-03', 48)] });
    expect(enough.actualCost).toMatchObject({ grade: 'A', flags: [] });
    expect(figures({ worklogs: [log('2026-03-03', 48)] }).worklogCompleteness).toMatchObject({
      value: null,
      flags: ['noTeam'],
    });
  });

  it('is booking after the end of the month', () => {
    const worklogs = [
      log('2026-03-31', 3, { createdAt: at('2026-04-01') }),
      log('2026-03-30', 1, { createdAt: at('2026-03-31') }),
    ];
    expect(figures({ worklogs }, '2026-04-10').lateBooked.value).toBe(0.75);
  });
});

describe('what it comes to', () => {
  /** A week of 10 hours, then one of 20, and some today. */
  const worklogs = [log('2026-03-03', 10), log('2026-03-10', 20), log('2026-03-16T07:00:00Z', 5)];

  it('by the earned value of the plan: half of the work for 3,500 of 10,000', () => {
    const made = figures({ worklogs });
    expect(made.actualCost.value).toBe(350_000);
    expect(made.cpi.value).toBeCloseTo(500 / 350, 12);
    expect(made.costAtCompletion.value).toBe(700_000);
    expect(made.costAtCompletionHigh.value).toBe(850_000);
    expect(made.costToComplete.value).toBe(350_000);
    expect(made.varianceAtCompletion.value).toBe(300_000);
    expect(made.spendAhead).toMatchObject({ flags: [] });
    expect(made.spendAhead.value).toBeCloseTo(-0.15, 12);
  });

  it('at the rate of whole weeks: the median beside the mean, and the day on which the money ends', () => {
    const made = figures({ worklogs });
    expect(made.burnPerWeek).toMatchObject({ value: 150_000, n: 2, grade: 'C', unit: 'minor:EUR/week' });
    expect(made.burnMeanPerWeek.value).toBe(150_000);
    expect(made.runwayWeeks.value).toBeCloseTo(65 / 15, 12);
    // 30 days and a third after 16 March.
    expect(made.budgetEndsOn.value).toBe('2026-04-15');
    expect(figures({ worklogs: [log('2026-03-16T07:00:00Z', 5)] }, '2026-03-16T09:00:00Z').burnPerWeek.value).toBe(0);
    const early = figures({ worklogs: [log('2026-03-03', 5)] }, '2026-03-06');
    expect(early.burnPerWeek).toMatchObject({ value: null, flags: ['noWholeWeek'] });
    expect(early.runwayWeeks.value).toBeNull();
  });

  it('in whole cents, though two weeks have no middle', () => {
    const uneven = [log('2026-03-03', 1), { ...log('2026-03-10', 1), seconds: 3601 }];
    const made = figures({ worklogs: uneven });
    const cents = [made.burnPerWeek, made.burnMeanPerWeek, made.costAtCompletion, made.costAtCompletionHigh];
    expect(cents.map(({ value }) => Number.isInteger(value))).toEqual([true, true, true, true]);
  });

  it('tells spending ahead of the work, and a range alone while little is done', () => {
    const items = [
      ...halfDone,
      ...['3', '4', '5', '6'].map((key) => aPast({ key: `APO-${key}`, createdAt: at(createdAt), dueOn: '2026-03-20' })),
    ];
    const made = figures({ worklogs, items });
    expect(made.spendAhead.flags).toEqual(['SPEND_AHEAD']);
    expect(made.costAtCompletion).toMatchObject({ value: null, flags: ['littleEarned'] });
    expect(made.costAtCompletionLow.value).toBeLessThan(made.costAtCompletionHigh.value!);
  });

  it('has no estimate without a plan and without a forecast', () => {
    const made = figures({ worklogs, items: [aPast({ key: 'APO-1', createdAt: at(createdAt) })] });
    expect(made.cpi).toMatchObject({ value: null, flags: ['noPlan'] });
    expect(made.costAtCompletion).toMatchObject({ value: null, flags: ['noForecast'], grade: 'D' });
    expect(made.budgetChance).toMatchObject({ value: null, flags: ['noForecast'] });
  });

  it('gives the chance that the work is done before the money ends', () => {
    const finished = Array.from({ length: 40 }, (_, index) => {
      const doneOn = addDays('2025-12-31', 7 * Math.floor(index / 4));
      return aDoneItem(`APO-${100 + index}`, {
        createdAt: `${addDays(doneOn, -9)}T08:00:00Z`,
        doneAt: `${doneOn}T12:00:00Z`,
      });
    });
    const items = [...finished, ...halfDone];
    const chanceOf = (amount: number) => figures({ worklogs, items, budget: aBudget({ amount }) }).budgetChance.value!;
    expect(chanceOf(10_000_000)).toBeGreaterThan(0.95);
    expect(chanceOf(400_000)).toBeLessThan(chanceOf(1_000_000));
    expect(chanceOf(100_000)).toBe(0);
  });
});

describe('any worklogs', () => {
  const day = fc.integer({ min: 0, max: 120 }).map((days) => addDays('2026-03-02', days));
  const some = fc.array(
    fc.record({
      on: day,
      late: fc.integer({ min: 0, max: 40 }),
      seconds: fc.integer({ min: 1, max: 40_000 }),
      by: fc.constantFrom('u1', 'u2', 'u3', null),
    }),
    { minLength: 1, maxLength: 40 },
  );
  const budget = aBudget({
    roles: { dev: ['u1'], ux: ['u2'] },
    rates: [
      { ...everybody, perHour: 4_321.7 },
      { ...everybody, role: 'dev', perHour: 9_876.54, to: '2026-04-15' },
      { ...everybody, role: 'ux', perHour: 3_333.33, from: '2026-04-01' },
    ],
  });
  const logs = (from: readonly { on: Day; late: number; seconds: number; by: string | null }[]) =>
    from.map(({ on, late, seconds, by }) => log(on, seconds / 3600, { seconds, by, createdAt: at(addDays(on, late)) }));
  const asOf = '2026-12-01';

  it('cost in all what they cost in their months, and in their roles', () => {
    fc.assert(
      fc.property(some, (from) => {
        const view = viewOf({ budget, worklogs: logs(from) }, asOf);
        const { entries, total, hours } = actualCostOf(view)!;
        const parts = [...Map.groupBy(entries, ({ on, role }) => `${monthOf(on)} ${role}`).values()];
        expect(parts.reduce((sum, part) => sum + costOf(part), 0)).toBe(total);
        expect(hours).toBeCloseTo(from.reduce((sum, { seconds }) => sum + seconds, 0) / 3600, 6);
      }),
    );
  });

  it('move their cost with the day of the work, whenever they were booked', () => {
    const flat = aBudget();
    fc.assert(
      fc.property(some, day, (from, to) => {
        const monthsOf = (some: readonly WorklogVersion[]) =>
          Map.groupBy(actualCostOf(viewOf({ budget: flat, worklogs: some }, asOf))!.entries, ({ on }) => monthOf(on));
        const before = logs(from);
        const [first, ...rest] = before as [WorklogVersion, ...WorklogVersion[]];
        const moved = monthsOf([...rest, { ...first, startedAt: at(to) }]);
        const own = Math.round((first.seconds * 10_000) / 3600);
        for (const [month, entries] of monthsOf(before)) {
          const left = monthOf(from[0]!.on) === month ? own : 0;
          const came = monthOf(to) === month ? own : 0;
          expect(costOf(moved.get(month) ?? [])).toBe(costOf(entries) - left + came);
        }
      }),
    );
  });

  it('cost the same at a day of the past, whatever was booked, edited or deleted since', () => {
    fc.assert(
      fc.property(some, some, (from, later) => {
        const then = '2026-05-01';
        const known = logs(from);
        const news = logs(later).map((one) => ({ ...one, knownAt: Math.max(one.createdAt, at('2026-05-02')) }));
        const edits = known.flatMap((one, index) => [
          one,
          { ...one, seconds: 7, isDeleted: index % 2 === 0, knownAt: Math.max(one.knownAt, at('2026-05-02')) },
        ]);
        const made = (worklogs: readonly WorklogVersion[]) => values(figures({ budget, worklogs }, then));
        expect(made([...edits, ...news])).toEqual(made(known));
      }),
    );
  });
});
