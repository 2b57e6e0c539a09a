import { chanceGrid } from '../metrics/forecast/adaptive.ts';
import { milestonesOf } from '../metrics/milestones/milestones.ts';
import type { Milestone } from '../metrics/milestones/milestones.ts';
import { wilson } from '../metrics/statistics.ts';
import { dayNumber } from '../time/day.ts';
import type { Day } from '../time/day.ts';
import { isDoneAt } from '../view/item-clock.ts';
import type { ProjectView } from '../view/view.ts';
import type { Interval } from './backtest.ts';
import type { PublishedForecast } from './published.ts';
import { pinball } from './scores.ts';

export interface HeldOf {
  readonly held: number;
  readonly n: number;
  readonly interval: Interval;
}

/** How the dates that readers were told have turned out (metrics.md 3.7). */
export interface Honesty {
  readonly p85: HeldOf;
  readonly p50: HeldOf;
  /** By how much the error is below that of the shadow bootstrap; below 0 it is above; null before anything is over. */
  readonly skill: number | null;
  /** Enough dates are over, and far more or far fewer of them held than was said. */
  readonly isOff: boolean;
}

/** Outside of this share, with so many dates, somebody has to look at the forecasts. */
const honest = { from: 0.75, to: 0.93, least: 30 };
/** A day beyond the horizon of 260 weeks. */
const farDays = 260 * 7;

/**
 * What is known at as-of of the forecasts that had been published by then. A statement is over with its day, not before:
 * what held early must not be counted sooner than what failed. Of a milestone that is gone, or in which nothing was left
 * on that day, nobody can say whether its date was right. Null while nothing is over.
 */
export function honestyOf(view: ProjectView, published: readonly PublishedForecast[]): Honesty | null {
  const known = published.filter(({ publishedAt, asOf }) => publishedAt <= view.asOf && asOf < view.asOf);
  if (known.length === 0) return null;
  const milestones = new Map(milestonesOf(view).map((milestone) => [milestone.id, milestone]));
  const p85 = countHeld(view, milestones, known, 0.85);
  const p50 = countHeld(view, milestones, known, 0.5);
  if (p85.n === 0 && p50.n === 0) return null;
  const share = p85.held / p85.n;
  return {
    p85,
    p50,
    skill: skillOf(view, milestones, known),
    isOff: p85.n >= honest.least && (share < honest.from || share > honest.to),
  };
}

type Milestones = ReadonlyMap<string, Milestone>;

function countHeld(
  view: ProjectView,
  milestones: Milestones,
  forecasts: readonly PublishedForecast[],
  chance: number,
): HeldOf {
  const index = chanceGrid.indexOf(chance);
  let held = 0;
  let n = 0;
  for (const { milestone: id, days, publishedAt } of forecasts) {
    const on = days[index] ?? null;
    const milestone = milestones.get(id);
    if (on === null || on >= view.today || !milestone) continue;
    // A report of the past that was posted late foretold nothing.
    if (on < view.calendar.zone.dayAt(publishedAt)) continue;
    const isHeld = isFinishedBy(view, milestone, on);
    if (isHeld === null) continue;
    n++;
    held += Number(isHeld);
  }
  return { held, n, interval: wilson(held, n) };
}

/** Whether all of it was done by the end of a day; null when there was nothing in it. */
function isFinishedBy({ calendar }: ProjectView, milestone: Milestone, on: Day): boolean | null {
  if (milestone.finishedOn !== null && milestone.finishedOn <= on) return true;
  const at = calendar.zone.endOf(on) - 1;
  const scope = milestone.scopeAt(at);
  return scope.length === 0 ? null : scope.every((item) => isDoneAt(item, at));
}

/** Over the forecasts whose milestone is finished, or whose last day is over: then it is as late as today at least. */
function skillOf(view: ProjectView, milestones: Milestones, forecasts: readonly PublishedForecast[]): number | null {
  let own = 0;
  let shadow = 0;
  for (const { milestone: id, asOf, days, shadow: rival } of forecasts) {
    const milestone = milestones.get(id);
    const last = days.at(-1) ?? null;
    if (!milestone) continue;
    const finishedOn = milestone.finishedOn ?? finishOf(view, milestone);
    if (finishedOn === null && (last === null || last >= view.today)) continue;
    const start = view.calendar.zone.dayAt(asOf);
    const took = Math.max(0, dayNumber(finishedOn ?? view.today) - dayNumber(start));
    own += lossOf(days, start, took);
    shadow += lossOf(rival, start, took);
  }
  return shadow > 0 ? 1 - own / shadow : null;
}

function finishOf({ calendar, asOf }: ProjectView, { scopeAt }: Milestone): Day | null {
  const scope = scopeAt(asOf);
  if (scope.length === 0 || scope.some(({ doneAt }) => doneAt === null)) return null;
  return calendar.zone.dayAt(scope.reduce((latest, { doneAt }) => Math.max(latest, doneAt!), -Infinity));
}

/** The mean pinball loss along the grid, half the CRPS as the grid sees it, in days. */
function lossOf(days: readonly (Day | null)[], start: Day, took: number): number {
  const losses = days.map((on, index) => {
    const value = on === null ? farDays : dayNumber(on) - dayNumber(start);
    return pinball({ value, level: chanceGrid[index]! }, took);
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}
