import { addDays, dayNumber, dayOfNumber } from '../../time/day.ts';
import type { Day } from '../../time/day.ts';
import { jointProbability } from '../forecast/joint.ts';
import { horizonWeeks } from '../forecast/when.ts';
import { worse } from '../grade.ts';
import { askedOf, needOf } from './prospect.ts';
import type { Portion, Prospect, Wish } from './prospect.ts';

/**
 * The prospect of a milestone over teams (metrics.md 3.4): the chances of the portions by a one-factor Gaussian copula.
 * Items that are taken out leave, one by one, the team that is then least likely to be in time, so that the fewest have to
 * go. Needs two portions and more, each with open items of its own.
 */
export function prospectOfTeams(portions: readonly Portion[], correlation: number): Prospect {
  const chancesOf = (wish: Wish, by: Day, out: readonly number[]) => {
    const all = out.reduce((sum, one) => sum + one, 0);
    return portions.map((portion, index) => {
      // Without an item of its own there is nothing to wait for.
      if (out[index]! >= portion.open.length) return 1;
      const less = portion.team?.isByAll ? all : out[index]!;
      return portion.outlook.chance(askedOf(portion, { ...wish, out: less }), by);
    });
  };
  const cuts = new Map<string, Cuts>();
  const outOf = (wish: Wish, by: Day): readonly number[] => {
    const { clock, datedOn, out = 0 } = wish;
    if (out === 0) return portions.map(() => 0);
    const key = `${clock} ${datedOn ?? ''} ${by}`;
    let known = cuts.get(key);
    if (!known) cuts.set(key, (known = createCuts(portions, (less) => chancesOf(wish, by, less))));
    return known(out);
  };
  const joint = (wish: Wish, by: Day) => jointProbability(chancesOf(wish, by, outOf(wish, by)), correlation);
  const chance = (wish: Wish, by: Day) => joint(wish, by).probability;
  return {
    portions,
    noForecast: portions.find(({ outlook }) => outlook.noForecast !== null)?.outlook.noForecast ?? null,
    grade: portions.map(({ outlook }) => outlook.grade).reduce(worse),
    needs: (wish) => portions.map((portion) => needOf(portion, wish)),
    chance,
    joint,
    when: (wish, probabilities) => {
      const bounds = daysOfPortions(portions, wish, probabilities);
      let surer: { readonly probability: number; readonly on: Day } | null = null;
      return probabilities.map((probability, index) => {
        const { first, last } = bounds[index]!;
        // No day is early enough for more that was too early for less.
        const from: Day | null =
          first !== null && surer !== null && surer.probability <= probability && surer.on > first ? surer.on : first;
        const on = firstDay({ first: from, last }, (day) => chance(wish, day) >= probability);
        if (on !== null) surer = { probability, on };
        return on;
      });
    },
    // What is told of each portion has been put right by its own past already.
    levelOf: (told) => told,
  };
}

/** Between which days a chance is reached: all portions have it by the first, and so much more by the last that all have it together. */
interface Bounds {
  readonly first: Day | null;
  readonly last: Day | null;
}

/** All together are never likelier than the least of them, and no less likely than all multiplied. */
function daysOfPortions(
  portions: readonly Portion[],
  { clock, datedOn }: Wish,
  probabilities: readonly number[],
): readonly Bounds[] {
  const wish: Wish = datedOn === undefined ? { clock } : { clock, datedOn };
  const asked = [...probabilities, ...probabilities.map((probability) => probability ** (1 / portions.length))];
  const days = portions.map((portion) => portion.outlook.when(askedOf(portion, wish), asked));
  const latest = (index: number) =>
    days.reduce<Day | null>((last, own) => latestOf(last, own[index]!), days[0]![index]!);
  return probabilities.map((_, index) => ({ first: latest(index), last: latest(index + probabilities.length) }));
}

function latestOf(one: Day | null, other: Day | null): Day | null {
  if (one === null || other === null) return null;
  return one > other ? one : other;
}

/** Chances rise from working day to working day, so that halving finds the first one. */
function firstDay({ first, last }: Bounds, isLikely: (on: Day) => boolean): Day | null {
  if (first === null) return null;
  // Where a portion has no last day, all have their chances of the horizon's end there.
  const end = last ?? addDays(first, 2 * 7 * horizonWeeks);
  let low = dayNumber(first);
  let high = dayNumber(end);
  if (last === null && !isLikely(end)) return null;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isLikely(dayOfNumber(middle))) high = middle;
    else low = middle + 1;
  }
  return dayOfNumber(low);
}

/** How many items each portion gives up when so many are taken out. */
type Cuts = (out: number) => readonly number[];

function createCuts(portions: readonly Portion[], chancesOf: (out: readonly number[]) => readonly number[]): Cuts {
  const steps: (readonly number[])[] = [portions.map(() => 0)];
  return (out) => {
    while (steps.length <= out) {
      const before = steps.at(-1)!;
      const chances = chancesOf(before);
      const least = chances.indexOf(Math.min(...chances));
      if (before[least]! >= portions[least]!.open.length) break;
      steps.push(before.with(least, before[least]! + 1));
    }
    return steps[Math.min(out, steps.length - 1)]!;
  };
}
