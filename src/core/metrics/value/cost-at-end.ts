import { addDays, dayNumber } from '../../time/day.ts';
import type { Day } from '../../time/day.ts';
import type { ProjectView } from '../../view/view.ts';
import type { Grade } from '../figure.ts';
import { horizonWeeks } from '../forecast/when.ts';
import type { Prospect } from '../milestones/prospect.ts';
import type { CostBasis } from './cost-basis.ts';
import { chanceWithinBudget, costOutlook } from './cost.ts';

/** Under this part of the work an estimate at completion is told as a range only (metrics.md 1.3). */
export const leastEarned = 0.2;

/** What was spent, and what a usual week spends, in minor units; null where no whole week is known. */
interface Spending {
  readonly ac: number;
  readonly burn: number | null;
}

/** What the work costs in the end, in minor units, from the lowest estimate to the highest. */
interface AtCompletion {
  readonly low: number | null;
  readonly centre: number | null;
  readonly high: number | null;
  readonly grade: Grade;
  readonly flags: readonly string[];
}

/** By what was earned for the money; where nothing is planned or earned, by the rate of spending until the work is done. */
export function atCompletion(
  { today }: ProjectView,
  { earned, prospect }: CostBasis,
  { ac, burn }: Spending,
): AtCompletion {
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
  const [p15, p50, p85] = weeksToEnd(today, prospect);
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

/** Weeks that the work still takes with a chance of 15, 50 and 85 %; null beyond the horizon. */
export function weeksToEnd(today: Day, prospect: Prospect): readonly (number | null)[] {
  const days = prospect.when({ clock: 'current' }, [0.15, 0.5, 0.85]);
  return days.map((day) => (day === null ? null : weeksBetween(today, day)));
}

function weeksBetween(from: Day, to: Day): number {
  return Math.max(0, dayNumber(to) - dayNumber(from)) / 7;
}

/** Last day that the money lasts; null when nothing is being spent, or it lasts longer than any forecast goes. */
export function endsOn({ today }: ProjectView, runway: number | null): Day | null {
  if (runway === null || runway > horizonWeeks) return null;
  return addDays(today, Math.floor(7 * Math.max(0, runway)));
}

/** That all that is promised is done before the money ends, 0 to 1 (metrics.md 6.3); null where nobody can say. */
export function budgetChanceOf(
  view: ProjectView,
  { budget, prospect, earned }: CostBasis,
  { ac, burn }: Spending,
): number | null {
  if (burn === null) return null;
  const isDone = earned !== null && earned.part === 1;
  if (prospect === null && !isDone && ac <= budget.amount) return null;
  return chanceWithinBudget({ bac: budget.amount, ac, burnPerWeek: burn }, (weeks) =>
    prospect === null
      ? 1
      : prospect.chance({ clock: 'current' }, addDays(view.today, Math.floor(7 * Math.min(weeks, horizonWeeks)))),
  );
}

/** Money that was divided, as minor units again. */
export function wholeCents(amount: number | null): number | null {
  return amount === null ? null : Math.round(amount);
}
