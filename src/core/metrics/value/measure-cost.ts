import type { BudgetSettings } from '../../model/budget.ts';
import type { ItemKey } from '../../model/ids.ts';
import { compareKeys, keysOf } from '../../view/item-key.ts';
import type { ProjectView } from '../../view/view.ts';
import type { Figure, Grade } from '../figure.ts';
import type { CostFigures } from '../figures.ts';
import { share, worse } from '../grade.ts';
import type { Evaluation } from '../milestones/health.ts';
import type { Promised } from '../milestones/promised.ts';
import { median, sum } from '../statistics.ts';
import { burnWeeks, costBasisOf } from './cost-basis.ts';
import type { CostBasis } from './cost-basis.ts';
import { atCompletion, budgetChanceOf, endsOn, wholeCents } from './cost-at-end.ts';
import { completenessOf, sourceQuality } from './cost-quality.ts';
import { costOutlook, spendAhead } from './cost.ts';

const noWeeks = { p15: null, p50: null, p85: null };
const noSpendAhead = { ahead: null, isAhead: false };

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
  const chance = budgetChanceOf(view, basis, { ac, burn });
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

interface Shape {
  readonly grade: Grade;
  readonly flags: readonly string[];
  readonly n: number;
  /** It tells of the worklogs themselves: null where they are not the source of cost. */
  readonly isOfLogs: boolean;
}

/** Items that hours were logged on that the budget pays; none where days of a team are the cost. */
function loggedOn({ worklogs, asOf, calendar }: ProjectView, { actuals, from }: BudgetSettings): readonly ItemKey[] {
  if (actuals === 'capacity') return [];
  const startAt = calendar.zone.startOf(from);
  const items = (worklogs ?? [])
    .filter(({ startedAt }) => startedAt >= startAt && startedAt <= asOf)
    .map(({ item }) => item);
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
