import { evaluateRag } from '../metrics/milestones/rag.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Colour } from '../metrics/milestone-figures.ts';
import type { BudgetSettings } from '../model/budget.ts';
import type { Thresholds } from '../model/thresholds.ts';
import type { Day } from '../time/day.ts';
import type { ProjectView } from '../view/view.ts';

/** What a project has cost, and will have; money in whole minor units of `currency`. */
export interface BudgetLine {
  readonly currency: string;
  readonly amount: number;
  readonly from: Day;
  readonly basis: BudgetSettings['actuals'];
  /** Null where it is not known; `why` says why: `worklogsNotRead`, `nothingLogged`, `noRates`. */
  readonly spent: number | null;
  readonly why: string | null;
  /** Parts of the money and of the work, 0 to 1; of the work null without a plan. */
  readonly spentShare: number | null;
  readonly doneShare: number | null;
  readonly isOverspent: boolean;
  /** Money runs ahead of the work by more than a tenth of the whole. */
  readonly isAhead: boolean;
  readonly burn: { readonly usual: number; readonly mean: number; readonly weeks: number } | null;
  /** Last day that the money lasts at the usual week; null when that is not known, or not within five years, and where hours are missing. */
  readonly endsOn: Day | null;
  /** `centre` is null while little is done; all are null where nothing can be said. */
  readonly atEnd: { readonly low: number | null; readonly centre: number | null; readonly high: number | null } | null;
  /** Made from the rate of spending, not from what was earned for it. */
  readonly isAtBurn: boolean;
  /** When all that is promised is done, by the milestone that takes the most work; null without a forecast. */
  readonly work: { readonly name: string; readonly p50: Day | null; readonly p85: Day | null } | null;
  /** The money ends before the day on which the work is 85 % sure to be done. */
  readonly endsBeforeWork: boolean;
  /** That the work is done before the money ends; null without a forecast worth using, and where hours are missing. */
  readonly chance: number | null;
  readonly colour: Colour;
  /** Parts of the hours of the team that were logged, and of those that were logged after the month; null where unknown. */
  readonly completeness: number | null;
  readonly lateBooked: number | null;
  /** `lowCompleteness`, `missingRates`, `defaultRates`, `capacityCost`. */
  readonly flags: readonly string[];
}

/** Null without a budget. */
export function budgetLine({
  view,
  metrics,
  thresholds,
}: {
  readonly view: ProjectView;
  readonly metrics: Metrics;
  readonly thresholds: Pick<Thresholds, 'health'>;
}): BudgetLine | null {
  const { budget } = view.settings;
  if (!budget) return null;
  const { figures } = metrics;
  const spent = figures.actualCost.value;
  const { budgetChance, costAtCompletionLow, costAtCompletion, costAtCompletionHigh, burnPerWeek } = figures;
  // Where hours are missing, so is cost: what is left of the money cannot be told from it.
  const isLow = figures.actualCost.flags.includes('lowCompleteness');
  const chance = isLow || budgetChance.grade === 'D' ? null : budgetChance.value;
  const work = workOf(metrics);
  const endsOn = isLow ? null : figures.budgetEndsOn.value;
  const low = costAtCompletionLow.value;
  const high = costAtCompletionHigh.value;
  return {
    currency: budget.currency,
    amount: budget.amount,
    from: budget.from,
    basis: budget.actuals,
    spent,
    why: spent === null ? (figures.actualCost.flags[0] ?? null) : null,
    spentShare: spent === null ? null : spent / budget.amount,
    doneShare: figures.paidWorkDone.value,
    isOverspent: spent !== null && spent > budget.amount,
    isAhead: figures.spendAhead.flags.includes('SPEND_AHEAD'),
    burn:
      burnPerWeek.value === null
        ? null
        : { usual: burnPerWeek.value, mean: figures.burnMeanPerWeek.value!, weeks: burnPerWeek.n },
    endsOn,
    atEnd: low === null && high === null ? null : { low, centre: costAtCompletion.value, high },
    isAtBurn: costAtCompletion.flags.includes('atBurn'),
    work,
    endsBeforeWork: endsOn !== null && work?.p85 !== undefined && work.p85 !== null && work.p85 > endsOn,
    chance,
    colour: colourOf(spent, { chance, amount: budget.amount, thresholds }),
    completeness: figures.worklogCompleteness.value,
    lateBooked: figures.lateBooked.value,
    flags: figures.actualCost.flags,
  };
}

function workOf({ milestones, figures }: Metrics): BudgetLine['work'] {
  const [id] = figures.budgetChance.evidence;
  const milestone = milestones.find((one) => one.id === id);
  if (!milestone?.forecast) return null;
  return { name: milestone.name, p50: milestone.forecast.p50, p85: milestone.forecast.p85 };
}

/** By the chance (metrics.md 4.6); money that is overspent is no matter of chance. */
function colourOf(
  spent: number | null,
  { chance, amount, thresholds }: { chance: number | null; amount: number; thresholds: Pick<Thresholds, 'health'> },
): Colour {
  const isOverdue = spent !== null && spent > amount;
  return evaluateRag(null, { probability: chance, isOverdue }, thresholds.health).colour;
}
