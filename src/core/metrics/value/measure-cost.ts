import type { BudgetSettings } from '../../model/budget.ts';
import { addDays, dayNumber, startOfWeek } from '../../time/day.ts';
import type { Day } from '../../time/day.ts';
import type { ItemKey } from '../../model/ids.ts';
import { compareKeys, keysOf } from '../../view/item-key.ts';
import type { ProjectView } from '../../view/view.ts';
import type { Figure, Grade } from '../figure.ts';
import type { CostFigures } from '../figures.ts';
import { gradeOfGaps, share, worse } from '../grade.ts';
import type { Evaluation } from '../milestones/health.ts';
import { isOutgrown } from '../milestones/prospect.ts';
import type { Prospect } from '../milestones/prospect.ts';
import type { Promised } from '../milestones/promised.ts';
import { median } from '../statistics.ts';
import { actualCostOf, costOf } from './actual-cost.ts';
import type { ActualCost } from './actual-cost.ts';
import { chanceWithinBudget, costOutlook, spendAhead } from './cost.ts';
import { earnedValue } from './earned-value.ts';
import type { EarnedValue } from './earned-value.ts';
import { planStandingOf } from './plan-standing.ts';
import { planOf } from './plan.ts';
import type { Plan, PlannedItem } from './plan.ts';

/** The rate of spending is that of so many whole weeks (metrics.md 6.3). */
const burnWeeks = 6;
/** Less of the hours of the team than this is logged: too little to call it the cost. */
const leastLogged = 0.7;
/** Under this part of the work an estimate at completion is told as a range only (metrics.md 1.3). */
export const leastEarned = 0.2;
/** Beyond it no forecast goes. */
const horizonWeeks = 260;

/** What the cost figures of a project are made from: what it has cost, what it has earned, and when it will be done. */
export interface CostBasis {
  readonly budget: BudgetSettings;
  /** Null where the source of cost is not read. */
  readonly spent: ActualCost | null;
  /** Costs of the last whole weeks that the budget pays, oldest first. */
  readonly weeks: readonly number[];
  /** By the part of the plan that it pays, in minor units; null without such a part, and without a cost. */
  readonly earned: (EarnedValue & { readonly ev: number; readonly part: number }) | null;
  /** What the budget was for: when all that is promised is done. Null without open promises, or without a forecast. */
  readonly prospect: Prospect | null;
  /** Its milestone. */
  readonly milestone: string | null;
}

/** Null without a budget. */
export function costBasisOf(view: ProjectView, promises: readonly Promised[], now: Evaluation): CostBasis | null {
  const { budget } = view.settings;
  if (!budget) return null;
  const spent = actualCostOf(view);
  const standing = planStandingOf(view, paidBy(view, budget, planOf(view, promises)));
  const ac = spent?.total ?? null;
  const money = (weight: number) => (weight / standing!.bac) * budget.amount;
  return {
    budget,
    spent,
    weeks: weeksOf(view, budget, spent),
    earned:
      standing === null || ac === null
        ? null
        : {
            ev: money(standing.ev),
            part: standing.ev / standing.bac,
            ...earnedValue({
              bac: budget.amount,
              pv: money(standing.pv),
              ev: money(standing.ev),
              ac,
              spiT: standing.schedule.spiT,
            }),
          },
    ...lastOf(now),
  };
}

/** The part of a plan that was not done yet when the budget began: what was done before, other money paid. */
function paidBy({ calendar }: ProjectView, { from }: BudgetSettings, plan: Plan): Plan {
  const startAt = calendar.zone.startOf(from);
  const isOpenThen = ({ item }: PlannedItem) => item.doneAt === null || item.doneAt >= startAt;
  return { ...plan, planned: plan.planned.filter(isOpenThen) };
}

/** Costs of the last six whole weeks that the budget pays, oldest first; none where nothing is known. */
export function weeksOf({ today }: ProjectView, { from }: BudgetSettings, spent: ActualCost | null): readonly number[] {
  if (spent?.total === undefined || spent.total === null) return [];
  const monday = startOfWeek(today);
  const starts = Array.from({ length: burnWeeks }, (_, index) => addDays(monday, 7 * (index - burnWeeks)));
  return starts
    .filter((start) => start >= from)
    .map((start) => costOf(spent.entries.filter(({ on }) => on >= start && on < addDays(start, 7))));
}

/** The milestone that the budget is for, by its id; null without open promises, or without a forecast. */
export function paidMilestoneOf(now: Evaluation): string | null {
  return lastOf(now).milestone;
}

/** Of the open milestones the one that takes the most work to reach: what comes first is in it. */
function lastOf({ standings, prospectOf }: Evaluation): Pick<CostBasis, 'prospect' | 'milestone'> {
  const open = standings.filter((standing) => standing.open.length > 0);
  const last = open.toSorted((a, b) => b.need.current - a.need.current)[0];
  if (last === undefined) return { prospect: null, milestone: null };
  const prospect = prospectOf(last);
  if (prospect.noForecast !== null || isOutgrown(prospect)) return { prospect: null, milestone: null };
  return { prospect, milestone: last.milestone.id };
}

/**
 * What the project has cost, and what it will have (metrics.md 6.3, 1.3), in whole minor units of the currency of its
 * budget. All are null with a reason where there is no budget, where its source of cost is not read, and where nothing
 * was logged: no cost is not a cost of 0.
 */
export function measureCost(view: ProjectView, promises: readonly Promised[], now: Evaluation): CostFigures {
  const basis = costBasisOf(view, promises, now);
  if (basis === null) return unknownCost(['noCostSource']);
  const { budget, spent, weeks, earned, prospect, milestone } = basis;
  const figure = figureMaker(view, basis);
  const money = `minor:${budget.currency}`;
  const known: Figure = { ...figure(budget.amount, money), n: 1, grade: 'A', flags: [] };
  if (spent === null || spent.total === null) {
    const reason = spent === null ? 'worklogsNotRead' : spent.entries.length === 0 ? 'nothingLogged' : 'noRates';
    return { ...unknownCost([reason], money), budget: known };
  }
  const ac = spent.total;
  const burn = wholeCents(median(weeks));
  const cost = { bac: budget.amount, ac, burnPerWeek: burn ?? 0 };
  const burnGrade: Grade = weeks.length >= burnWeeks ? 'A' : weeks.length >= 3 ? 'B' : 'C';
  const atBurn = { grade: burnGrade, n: weeks.length, flags: weeks.length === 0 ? ['noWholeWeek'] : [] };
  const runway = burn === null ? null : costOutlook({ ...cost, weeks: noWeeks }).runwayWeeks;
  const atEnd = atCompletion(view, basis, { ac, burn });
  const { ahead, isAhead } = earned === null ? noSpendAhead : spendAhead({ bac: budget.amount, ac, ev: earned.ev });
  const chance = chanceOf(view, basis, { ac, burn });
  const noPlan = earned === null ? ['noPlan'] : [];
  return {
    budget: known,
    actualCost: { ...figure(ac, money), evidence: loggedOn(view, budget) },
    worklogCompleteness: figure(completenessOf(spent), 'ratio', { isOfLogs: true }),
    lateBooked: figure(spent.basis === 'worklogs' ? share(spent.lateHours, spent.hours) : null, 'ratio', {
      isOfLogs: true,
    }),
    burnPerWeek: figure(burn, `${money}/week`, atBurn),
    burnMeanPerWeek: figure(wholeCents(weeks.length === 0 ? null : sum(weeks) / weeks.length), `${money}/week`, atBurn),
    runwayWeeks: figure(runway, 'week', { ...atBurn, flags: burn === 0 ? ['nothingSpent'] : atBurn.flags }),
    budgetEndsOn: { ...figure(null, 'date', atBurn), value: endsOn(view, runway) },
    cpi: figure(earned?.cpi ?? null, 'ratio', { flags: noPlan }),
    costAtCompletion: figure(atEnd.centre, money, atEnd),
    costAtCompletionLow: figure(atEnd.low, money, atEnd),
    costAtCompletionHigh: figure(atEnd.high, money, atEnd),
    costToComplete: figure(atEnd.centre === null ? null : atEnd.centre - ac, money, atEnd),
    varianceAtCompletion: figure(atEnd.centre === null ? null : budget.amount - atEnd.centre, money, atEnd),
    paidWorkDone: figure(earned?.part ?? null, 'ratio', { flags: noPlan }),
    spendAhead: figure(ahead, 'ratio', { flags: [...noPlan, ...(isAhead ? ['SPEND_AHEAD'] : [])] }),
    budgetChance: {
      ...figure(chance, 'ratio', {
        ...atBurn,
        grade: worse(burnGrade, prospect?.grade ?? 'A'),
        flags: chance === null && burn !== null ? ['noForecast'] : atBurn.flags,
      }),
      evidence: milestone === null ? [] : [milestone],
    },
  };
}

const noWeeks = { p15: null, p50: null, p85: null };
const noSpendAhead = { ahead: null, isAhead: false };

function wholeCents(amount: number | null): number | null {
  return amount === null ? null : Math.round(amount);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Logged hours over those of the team; null where nobody says who the team is. Days of a team are complete by themselves. */
function completenessOf({ basis, hours, capacityHours }: ActualCost): number | null {
  if (basis === 'capacity' || capacityHours === null || capacityHours === 0) return null;
  return hours / capacityHours;
}

interface Spending {
  readonly ac: number;
  readonly burn: number | null;
}

interface AtCompletion {
  readonly low: number | null;
  readonly centre: number | null;
  readonly high: number | null;
  readonly grade: Grade;
  readonly flags: readonly string[];
}

/** By what was earned for the money; where nothing is planned or earned, by the rate of spending until the work is done. */
function atCompletion({ today }: ProjectView, { earned, prospect }: CostBasis, { ac, burn }: Spending): AtCompletion {
  if (earned !== null && earned.eac.cpi !== null) {
    const all = [earned.eac.budget, earned.eac.cpi, earned.eac.cpiSpiT].filter((value) => value !== null);
    const isEarly = earned.part < leastEarned;
    const [low, high] = [Math.round(Math.min(...all)), Math.round(Math.max(...all))];
    return {
      low,
      centre: isEarly ? null : Math.round(earned.eac.cpi),
      high,
      grade: 'A',
      flags: isEarly ? ['littleEarned'] : [],
    };
  }
  const none = { low: null, centre: null, high: null };
  if (burn === null) return { ...none, grade: 'D', flags: ['noWholeWeek'] };
  if (prospect === null) return { ...none, grade: 'D', flags: ['noForecast'] };
  const days = prospect.when({ clock: 'current' }, [0.15, 0.5, 0.85]);
  const [p15, p50, p85] = days.map((day) => (day === null ? null : weeksBetween(today, day)));
  const { low, centre, high } = costOutlook({
    bac: 0,
    ac,
    burnPerWeek: burn,
    weeks: { p15: p15 ?? null, p50: p50 ?? null, p85: p85 ?? null },
  }).costAtCompletion;
  return {
    low: wholeCents(low),
    centre: wholeCents(centre),
    high: wholeCents(high),
    grade: prospect.grade,
    flags: ['atBurn'],
  };
}

function weeksBetween(from: Day, to: Day): number {
  return Math.max(0, dayNumber(to) - dayNumber(from)) / 7;
}

/** Last day that the money lasts; null when nothing is being spent, or it lasts longer than any forecast goes. */
function endsOn({ today }: ProjectView, runway: number | null): Day | null {
  if (runway === null || runway > horizonWeeks) return null;
  return addDays(today, Math.floor(7 * Math.max(0, runway)));
}

function chanceOf(view: ProjectView, { budget, prospect, earned }: CostBasis, { ac, burn }: Spending): number | null {
  if (burn === null) return null;
  const isDone = earned !== null && earned.part === 1;
  if (prospect === null && !isDone && ac <= budget.amount) return null;
  return chanceWithinBudget({ bac: budget.amount, ac, burnPerWeek: burn }, (weeks) =>
    prospect === null
      ? 1
      : prospect.chance({ clock: 'current' }, addDays(view.today, Math.floor(7 * Math.min(weeks, horizonWeeks)))),
  );
}

interface Shape {
  readonly grade: Grade;
  readonly flags: readonly string[];
  readonly n: number;
  /** It tells of the worklogs themselves: null where they are not the source of cost. */
  readonly isOfLogs: boolean;
}

/** Items that hours were logged on; none where days of a team are the cost. */
function loggedOn({ worklogs, asOf }: ProjectView, { actuals }: BudgetSettings): readonly ItemKey[] {
  if (actuals === 'capacity') return [];
  const items = (worklogs ?? []).filter(({ startedAt }) => startedAt <= asOf).map(({ item }) => item);
  return keysOf([...new Set(items)]).toSorted(compareKeys);
}

/** Figures over one source of cost share its grade and its window. */
function figureMaker(view: ProjectView, { budget, spent }: CostBasis) {
  const { grade, flags } = sourceQuality(spent);
  const window = { from: view.calendar.zone.startOf(budget.from), to: view.asOf };
  return (value: number | null, unit: string, shape: Partial<Shape> = {}): Figure => ({
    value,
    unit,
    n: shape.n ?? spent?.entries.length ?? 0,
    window,
    grade: worse(grade, shape.grade ?? 'A'),
    flags: [
      ...new Set([
        ...flags,
        ...(shape.flags ?? []),
        ...(shape.isOfLogs === true && value === null
          ? [budget.actuals === 'capacity' ? 'capacityCost' : 'noTeam']
          : []),
      ]),
    ],
    evidence: [],
  });
}

export function sourceQuality(spent: ActualCost | null): { readonly grade: Grade; readonly flags: readonly string[] } {
  if (spent === null) return { grade: 'D', flags: [] };
  if (spent.basis === 'capacity') return { grade: 'B', flags: ['capacityCost'] };
  const completeness = completenessOf(spent);
  const isLow = completeness !== null && completeness < leastLogged;
  return {
    grade: worse(gradeOfGaps(share(spent.unratedHours, spent.hours)), isLow ? 'C' : completeness === null ? 'B' : 'A'),
    flags: [
      ...(isLow ? ['lowCompleteness'] : []),
      ...(spent.unratedHours > 0 ? ['missingRates'] : []),
      ...(spent.defaultHours > 0 ? ['defaultRates'] : []),
    ],
  };
}

function unknownCost(flags: readonly string[], money = 'money'): CostFigures {
  const unknown = (unit: string): Figure => ({
    value: null,
    unit,
    n: 0,
    window: null,
    grade: 'D',
    flags,
    evidence: [],
  });
  return {
    budget: unknown(money),
    actualCost: unknown(money),
    worklogCompleteness: unknown('ratio'),
    lateBooked: unknown('ratio'),
    burnPerWeek: unknown(`${money}/week`),
    burnMeanPerWeek: unknown(`${money}/week`),
    runwayWeeks: unknown('week'),
    budgetEndsOn: { ...unknown('date'), value: null },
    cpi: unknown('ratio'),
    costAtCompletion: unknown(money),
    costAtCompletionLow: unknown(money),
    costAtCompletionHigh: unknown(money),
    costToComplete: unknown(money),
    varianceAtCompletion: unknown(money),
    paidWorkDone: unknown('ratio'),
    spendAhead: unknown('ratio'),
    budgetChance: unknown('ratio'),
  };
}
