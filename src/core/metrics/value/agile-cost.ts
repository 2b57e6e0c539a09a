import type { BudgetSettings } from '../../model/budget.ts';
import type { Instant } from '../../time/instant.ts';
import type { ProjectView } from '../../view/view.ts';
import type { Figure } from '../figure.ts';
import type { AgileCostFigures, AgileFigures } from '../figures.ts';
import { worse } from '../grade.ts';
import { actualCostOf, costOf } from './actual-cost.ts';
import type { ActualCost } from './actual-cost.ts';
import { agileEvm } from './agile-evm.ts';
import { leastEarned } from './cost-at-end.ts';
import { sourceQuality } from './cost-quality.ts';

/**
 * The AgileEVM summary in money (metrics.md 1.5), as of the end of its last sprint. Only where the budget is for that
 * very milestone and paid for all that is done of it: else what was earned and what was spent are of different work.
 */
export function measureAgileCost(
  view: ProjectView,
  { agileEvm: summary }: AgileFigures,
  /** The milestone that the budget is for; null where nobody can say. */
  paidMilestone: string | null,
): AgileCostFigures {
  const { budget } = view.settings;
  const money = budget ? `minor:${budget.currency}` : 'money';
  const none = (flag: string): AgileCostFigures => ({
    agileCpi: unknown('ratio', flag),
    agileCostAtCompletion: unknown(money, flag),
  });
  if (!budget) return none('noCostSource');
  const spent = actualCostOf(view);
  if (spent === null) return none('worklogsNotRead');
  if (spent.total === null) return none(spent.entries.length === 0 ? 'nothingLogged' : 'noRates');
  const { value, window } = summary;
  if (value === null || window === null) return none(summary.flags[0] ?? 'noPlan');
  if (value.milestone !== paidMilestone) return none('budgetOfOther');
  if (isDoneBefore(view, summary.evidence, budget)) return none('budgetBeganLater');
  const cost = costBy(view, spent, window.to);
  if (cost === 0) return none('nothingLogged');
  const { value: evm } = agileEvm({
    plannedPoints: value.planned,
    addedPoints: value.added,
    donePoints: value.done,
    plannedSprints: value.plannedSprints,
    doneSprints: value.doneSprints,
    bac: budget.amount,
    ac: cost,
  });
  const source = sourceQuality(spent);
  const frame = {
    n: spent.entries.length,
    window: { from: view.calendar.zone.startOf(budget.from), to: window.to },
    grade: worse(summary.grade, source.grade),
    evidence: [],
  };
  const atEnd = evm?.eac.cpi ?? null;
  const isEarly = value.actualComplete < leastEarned;
  return {
    agileCpi: { ...frame, value: evm?.cpi ?? null, unit: 'ratio', flags: source.flags },
    agileCostAtCompletion: {
      ...frame,
      value: atEnd === null || isEarly ? null : Math.round(atEnd),
      unit: money,
      flags: [...source.flags, ...(isEarly ? ['littleEarned'] : [])],
    },
  };
}

/** What was spent by the day of an instant, in minor units. */
export function costBy({ calendar }: ProjectView, { entries }: ActualCost, at: Instant): number {
  const until = calendar.zone.dayAt(at);
  return costOf(entries.filter(({ on }) => on <= until));
}

function isDoneBefore(
  { itemsByKey, calendar }: ProjectView,
  keys: readonly string[],
  { from }: BudgetSettings,
): boolean {
  const startAt = calendar.zone.startOf(from);
  return keys.some((key) => {
    const item = itemsByKey.get(key);
    return item !== undefined && item.isDelivered && item.doneAt !== null && item.doneAt < startAt;
  });
}

function unknown(unit: string, flag: string): Figure {
  return { value: null, unit, n: 0, window: null, grade: 'D', flags: [flag], evidence: [] };
}
