import type { BudgetSettings } from '../../model/budget.ts';
import { addDays, startOfWeek } from '../../time/day.ts';
import type { ProjectView } from '../../view/view.ts';
import type { Evaluation } from '../milestones/health.ts';
import { isOutgrown } from '../milestones/prospect.ts';
import type { Prospect } from '../milestones/prospect.ts';
import type { Promised } from '../milestones/promised.ts';
import { actualCostOf, costOf } from './actual-cost.ts';
import type { ActualCost } from './actual-cost.ts';
import { earnedValue } from './earned-value.ts';
import type { EarnedValue } from './earned-value.ts';
import { planStandingOf } from './plan-standing.ts';
import { planOf } from './plan.ts';
import type { Plan, PlannedItem } from './plan.ts';

/** The rate of spending is that of so many whole weeks (metrics.md 6.3). */
export const burnWeeks = 6;

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
  /** The id of the milestone that this is the prospect of. */
  readonly milestone: string | null;
}

/** Null without a budget. */
export function costBasisOf(view: ProjectView, promises: readonly Promised[], now: Evaluation): CostBasis | null {
  const { budget } = view.settings;
  if (!budget) return null;
  const spent = actualCostOf(view);
  const standing = planStandingOf(view, paidPartOf(view, budget, planOf(view, promises)));
  const ac = spent?.total ?? null;
  const money = (weight: number) => (weight / standing!.bac) * budget.amount;
  return {
    budget,
    spent,
    weeks: paidWeeksOf(view, budget, spent),
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
export function paidPartOf({ calendar }: ProjectView, { from }: BudgetSettings, plan: Plan): Plan {
  const startAt = calendar.zone.startOf(from);
  const isOpenThen = ({ item }: PlannedItem) => item.doneAt === null || item.doneAt >= startAt;
  return { ...plan, planned: plan.planned.filter(isOpenThen) };
}

/** Costs of the last six whole weeks that the budget pays, oldest first; none where nothing is known. */
export function paidWeeksOf(
  { today }: ProjectView,
  { from }: BudgetSettings,
  spent: ActualCost | null,
): readonly number[] {
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
