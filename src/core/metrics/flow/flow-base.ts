import { dayNumber } from '../../time/day.ts';
import { dayMs } from '../../time/instant.ts';
import type { Instant } from '../../time/instant.ts';
import type { ItemView, ProjectView } from '../../view/view.ts';
import type { Excluded, Figure, Grade } from '../figure.ts';
import { share } from '../grade.ts';
import type { Percentiles } from '../figures.ts';
import { nearestRank } from '../statistics.ts';
import { completeWeeks } from './throughput.ts';
import type { Weeks } from './throughput.ts';

/** Population of service-level statements: the last 90 days or the last 100 items, whichever holds more. */
export const recentDays = 90;
const recentItems = 100;

/** What several figures are made from, gathered once. Sub-tasks are left out of all of them (metrics.md 0.5). */
export interface FlowBase {
  readonly view: ProjectView;
  /** Delivered items with a known time, newest first: to close as "won't fix" is no delivery. */
  readonly delivered: readonly ItemView[];
  readonly weeks: Weeks;
}

/**
 * The delivered items, newest first, and the weeks that are over: what the figures of flow have in common (metrics.md 2).
 */
export function flowBaseOf(view: ProjectView): FlowBase {
  return {
    view,
    delivered: view.counted
      .filter((item) => item.isDelivered && item.doneAt !== null)
      .sort((a, b) => b.doneAt! - a.doneAt! || (a.key < b.key ? -1 : 1)),
    weeks: completeWeeks(view.counted, view.calendar, view.asOf),
  };
}

/** The last 90 days or the last 100, whichever holds more; the items are given newest first. */
export function recent(view: ProjectView, items: readonly ItemView[]): readonly ItemView[] {
  const since = view.asOf - recentDays * dayMs;
  const inDays = items.findIndex(({ doneAt }) => doneAt! <= since);
  return items.slice(0, Math.max(inDays === -1 ? items.length : inDays, recentItems));
}

/** More items than this share that were left out: what is measured may be another kind of work (metrics.md 2.1, 2.8). */
export const excludedLimit = 0.15;

/** The best grade that a figure can have with so many of its items left out (metrics.md 2.8). */
export function bestGrade(excluded: readonly Excluded[], around: number): Grade {
  const left = excluded.reduce((sum, { items }) => sum + items.length, 0);
  return share(left, around) > excludedLimit ? 'C' : 'A';
}

/** From the oldest of them, and at least 90 days. */
export function windowOf(view: ProjectView, population: readonly ItemView[]): NonNullable<Figure['window']> {
  const oldest = population.at(-1)?.doneAt ?? view.asOf;
  return { from: Math.min(oldest, view.asOf - recentDays * dayMs), to: view.asOf };
}

/** Inclusive local days from one instant to another (metrics.md 0.3): the same day is 1. */
export function inclusiveDays({ calendar }: ProjectView, from: Instant, to: Instant): number {
  const { zone } = calendar;
  return dayNumber(zone.dayAt(to)) - dayNumber(zone.dayAt(from)) + 1;
}

/** Nearest rank, so that "85 % finished in x days or less" is literally true; null without values. */
export function percentiles(values: readonly number[]): Percentiles | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (probability: number) => nearestRank(sorted, probability)!;
  return { p50: at(0.5), p85: at(0.85), p95: at(0.95) };
}
