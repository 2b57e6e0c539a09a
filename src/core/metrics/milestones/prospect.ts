import type { Day } from '../../time/day.ts';
import type { ItemView } from '../../view/view.ts';
import type { Outlook } from '../forecast/outlook.ts';
import { jointProbability } from '../forecast/joint.ts';
import type { JointProbability } from '../forecast/joint.ts';
import type { Asked } from '../forecast/work-plan.ts';
import type { Grade } from '../figure.ts';
import type { PlanBasis, Plans } from './milestone-plans.ts';
import type { Clock, Standing } from './standing.ts';

/** What is asked about an open milestone: as it stands to one of its clocks, or as it would stand. */
export interface Wish {
  readonly clock: Clock;
  /** So many of its own open items taken out; none when left out. */
  readonly out?: number;
  /** Another date than that of the clock: a later one lets more work come first. */
  readonly datedOn?: Day;
}

/** Open work of a milestone that is forecast by itself: all of it, or what one team has in it. */
export interface Portion {
  /** Null where the project has no teams. */
  readonly team: PortionTeam | null;
  /** Its open items in the milestone. */
  readonly open: readonly ItemView[];
  readonly standing: Standing;
  readonly outlook: Outlook;
  readonly plans: Plans;
}

export interface PortionTeam {
  /** Null: what no team takes. */
  readonly name: string | null;
  /** Nobody has finished such items lately, so all teams together are asked when all of the milestone is done. */
  readonly isByAll: boolean;
}

/** What can be said about when an open milestone is done. */
export interface Prospect {
  readonly portions: readonly Portion[];
  /** Why nothing can be said: `tooLittleHistory`, `nothingFinished`; null when there is a pace to forecast from. */
  readonly noForecast: string | null;
  readonly grade: Grade;
  /** Items to finish for each of the portions. */
  needs(wish: Wish): readonly number[];
  /** Chance that it is done by the end of a day; needs a forecast. */
  chance(wish: Wish, by: Day): number;
  /** The same between what the two simple rules would say (metrics.md 3.4); all three are one where nothing is split. */
  joint(wish: Wish, by: Day): JointProbability;
  /** First working days by which it is done with each of these chances; null beyond 260 weeks. Needs a forecast. */
  when(wish: Wish, probabilities: readonly number[]): readonly (Day | null)[];
  /** The plain chance that a told one asks for on a day (metrics.md 3.5). */
  levelOf(chance: number, on: Day): number;
}

/** What the forecast of each portion is made for. */
export function basesOf({ portions }: Prospect): readonly PlanBasis[] {
  return portions.map(({ plans, standing }) => plans.basisOf(standing));
}

/** Scope grows at least as fast as it is finished: there is no date (metrics.md 3.4). Asked where there is a forecast. */
export function isOutgrown(prospect: Prospect): boolean {
  return basesOf(prospect).some((basis) => basis.isOutgrown);
}

/** Items that a portion needs for a wish, as they are asked of its outlook. */
export function askedOf(portion: Portion, wish: Wish): Asked {
  return portion.plans.askedFor(portion.standing, needOf(portion, wish) - (wish.out ?? 0));
}

/** Items to finish for a portion; the `out` of a wish is not taken off. */
export function needOf({ standing }: Portion, { clock, datedOn }: Wish): number {
  const need = standing.need[clock];
  return datedOn === undefined ? need : Math.max(need, standing.needIf(clock, datedOn));
}

/** The prospect of a milestone whose work is one portion. */
export function prospectOfOne(portion: Portion): Prospect {
  const { outlook } = portion;
  return {
    portions: [portion],
    noForecast: outlook.noForecast,
    grade: outlook.grade,
    needs: (wish) => [needOf(portion, wish) - (wish.out ?? 0)],
    chance: (wish, by) => outlook.chance(askedOf(portion, wish), by),
    joint: (wish, by) => jointProbability([outlook.chance(askedOf(portion, wish), by)]),
    when: (wish, probabilities) => outlook.when(askedOf(portion, wish), probabilities),
    levelOf: (chance, on) => outlook.levelOf(chance, on),
  };
}
