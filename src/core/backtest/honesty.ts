import { chanceGrid } from '../metrics/forecast/adaptive.ts';
import { milestonesOf } from '../metrics/milestones/milestones.ts';
import type { Milestone } from '../metrics/milestones/milestones.ts';
import { wilson } from '../metrics/statistics.ts';
import { dayNumber } from '../time/day.ts';
import type { Day } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import { isDoneAt } from '../view/item-clock.ts';
import type { ProjectView } from '../view/view.ts';
import type { Interval } from './backtest.ts';
import { finishesOf, paceStatement } from './pace-forecasts.ts';
import type { PaceStatement, PublishedPace } from './pace-forecasts.ts';
import type { PublishedForecast } from './published.ts';
import { pinball } from './scores.ts';
import { horizonWeeks } from '../metrics/forecast/when.ts';

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
/** A day beyond the horizon of forecasts. */
const farDays = horizonWeeks * 7;

/**
 * What is known at as-of of the forecasts that had been published by then. A statement is over with its day, not before:
 * what held early must not be counted sooner than what failed. Of a milestone that is gone, or in which nothing was left
 * on that day, nobody can say whether its date was right. Null while nothing is over.
 */
export function honestyOf(view: ProjectView, published: readonly Published[]): Honesty | null {
  const known = knownOf(view, published);
  if (known.length === 0) return null;
  const past = pastOf(view);
  const p85 = countHeld(past, known, 0.85);
  const p50 = countHeld(past, known, 0.5);
  if (p85.n === 0 && p50.n === 0) return null;
  const share = p85.held / p85.n;
  return {
    p85,
    p50,
    skill: skillOf(past, known),
    isOff: p85.n >= honest.least && (share < honest.from || share > honest.to),
  };
}

/** One forecast that was told, and what became of what it said. */
export interface ToldForecast {
  readonly asOf: Instant;
  readonly publishedAt: Instant;
  readonly about: 'milestone' | 'items' | 'day';
  /** Name of the milestone, null when it is gone; for the others null. */
  readonly milestone: string | null;
  /** What was said with even odds and with 85 %; null where that was beyond the horizon, or no more than "none". */
  readonly p50: ToldStatement | null;
  readonly p85: ToldStatement | null;
}

/** So many items by the end of a day. */
export interface ToldStatement extends PaceStatement {
  /** Null while the day is not over, or when nobody can say. */
  readonly hasHeld: boolean | null;
}

/** What `honestyOf` counts, one by one, oldest first. */
export function toldForecasts(view: ProjectView, published: readonly Published[]): readonly ToldForecast[] {
  const past = pastOf(view);
  return knownOf(view, published).map((one) => {
    const told = (chance: number): ToldStatement | null => {
      const statement = statementOf(one, chanceGrid.indexOf(chance));
      return statement && { ...statement, hasHeld: outcomeOf(past, one, statement) };
    };
    const { asOf, publishedAt } = one;
    const milestone = 'question' in one ? null : (past.milestones.get(one.milestone)?.name ?? null);
    const about = 'question' in one ? one.question : 'milestone';
    return { asOf, publishedAt, about, milestone, p50: told(0.5), p85: told(0.85) };
  });
}

function knownOf(view: ProjectView, published: readonly Published[]): readonly Published[] {
  const known = published.filter(({ publishedAt, asOf }) => publishedAt <= view.asOf && asOf < view.asOf);
  return oncePerDay(view, known);
}

function pastOf(view: ProjectView): Past {
  const milestones = new Map(milestonesOf(view).map((milestone) => [milestone.id, milestone]));
  return { view, milestones, finishedAfter: finishesOf(view) };
}

/** A date of a milestone, or an answer about the pace. */
export type Published = PublishedForecast | PublishedPace;

interface Past {
  readonly view: ProjectView;
  readonly milestones: ReadonlyMap<string, Milestone>;
  readonly finishedAfter: (at: Instant) => readonly Instant[];
}

/** A digest, an alert and ten askers told of one thing on one day: that is one forecast, the first of them. */
function oncePerDay({ calendar }: ProjectView, published: readonly Published[]): readonly Published[] {
  const seen = new Set<string>();
  return published
    .toSorted((a, b) => a.asOf - b.asOf || a.publishedAt - b.publishedAt)
    .filter((one) => {
      const id = `${subjectOf(one)} ${calendar.zone.dayAt(one.asOf)}`;
      return !seen.has(id) && seen.add(id);
    });
}

function subjectOf(one: Published): string {
  if (!('question' in one)) return `milestone ${one.milestone}`;
  return one.question === 'items' ? `items ${one.items}` : `day ${one.on}`;
}

function countHeld(past: Past, forecasts: readonly Published[], chance: number): HeldOf {
  const index = chanceGrid.indexOf(chance);
  let held = 0;
  let n = 0;
  for (const one of forecasts) {
    const told = statementOf(one, index);
    const isHeld = told && outcomeOf(past, one, told);
    if (isHeld === null) continue;
    n++;
    held += Number(isHeld);
  }
  return { held, n, interval: wilson(held, n) };
}

function statementOf(one: Published, index: number): PaceStatement | null {
  if ('question' in one) return paceStatement(one, index);
  const on = one.days[index] ?? null;
  return on === null ? null : { on, items: one.need };
}

/** Null while its day is not over, for a report of the past that was posted later than that, and when nobody can say. */
function outcomeOf(past: Past, one: Published, told: PaceStatement): boolean | null {
  const { view, milestones, finishedAfter } = past;
  if (told.on >= view.today || told.on < view.calendar.zone.dayAt(one.publishedAt)) return null;
  if (!('question' in one)) {
    const milestone = milestones.get(one.milestone);
    return milestone ? isFinishedBy(view, milestone, told.on) : null;
  }
  const end = view.calendar.zone.endOf(told.on);
  return finishedAfter(one.asOf).filter((at) => at < end).length >= told.items;
}

/** Whether all of it was done by the end of a day; null when there was nothing in it. */
function isFinishedBy({ calendar }: ProjectView, milestone: Milestone, on: Day): boolean | null {
  if (milestone.finishedOn !== null && milestone.finishedOn <= on) return true;
  const at = calendar.zone.endOf(on) - 1;
  const scope = milestone.scopeAt(at);
  return scope.length === 0 ? null : scope.every((item) => isDoneAt(item, at));
}

/** Over the forecasts whose milestone is finished, or whose last day is over: then it is as late as today at least. */
function skillOf(past: Past, forecasts: readonly Published[]): number | null {
  const { view } = past;
  let own = 0;
  let shadow = 0;
  for (const forecast of forecasts) {
    // How many by a day is no date: its error has another unit.
    if ('question' in forecast && forecast.question === 'day') continue;
    const { asOf, days, shadow: rival } = forecast;
    const last = days.at(-1) ?? null;
    const finishedOn = finishedOnOf(past, forecast);
    if (finishedOn === undefined) continue;
    if (finishedOn === null && (last === null || last >= view.today)) continue;
    const start = view.calendar.zone.dayAt(asOf);
    const took = Math.max(0, dayNumber(finishedOn ?? view.today) - dayNumber(start));
    own += lossOf(days, start, took);
    shadow += lossOf(rival, start, took);
  }
  return shadow > 0 ? 1 - own / shadow : null;
}

/** Null while it goes on; undefined for a milestone that is gone. */
function finishedOnOf(
  { view, milestones, finishedAfter }: Past,
  forecast: PublishedForecast | Extract<PublishedPace, { readonly question: 'items' }>,
): Day | null | undefined {
  if ('question' in forecast) {
    const last = finishedAfter(forecast.asOf).toSorted((a, b) => a - b)[forecast.items - 1];
    return last === undefined ? null : view.calendar.zone.dayAt(last);
  }
  const milestone = milestones.get(forecast.milestone);
  return milestone && (milestone.finishedOn ?? finishOf(view, milestone));
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
