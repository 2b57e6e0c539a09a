import type { Calendar } from '../../time/calendar.ts';
import { addDays, dayNumber, dayOfNumber, startOfWeek, weekdayIndex } from '../../time/day.ts';
import type { Day } from '../../time/day.ts';
import type { Instant } from '../../time/instant.ts';
import { doneAtOf, existsAt } from '../../view/item-clock.ts';
import { isExcluded } from '../../view/item-as-of.ts';
import { valueAt } from '../../view/timeline.ts';
import type { ItemView, ProjectView } from '../../view/view.ts';

/** The complete ISO weeks of a project in its own zone, oldest first. */
export interface Weeks {
  /** Monday of the first one; null when there is none. */
  readonly firstOn: Day | null;
  readonly count: number;
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * The ISO weeks from the one in which the first item was made to the last one that is over at `at`. A week is over with
 * the last instant of its Sunday. The first week counts as a whole, although the project may have begun in its midst.
 */
export function completeWeeks(items: readonly ItemView[], { zone }: Calendar, at: Instant): Weeks {
  const none = { firstOn: null, count: 0, from: at, to: at };
  let firstAt = Infinity;
  for (const item of items) if (existsAt(item, at)) firstAt = Math.min(firstAt, item.createdAt);
  if (firstAt === Infinity) return none;
  const firstOn = startOfWeek(zone.dayAt(firstAt));
  // A report of Sunday's end is one of a complete week: the next instant is Monday.
  const thisMonday = startOfWeek(zone.dayAt(at + 1));
  const count = (dayNumber(thisMonday) - dayNumber(firstOn)) / 7;
  if (count <= 0) return none;
  return { firstOn, count, from: zone.startOf(firstOn), to: zone.startOf(thisMonday) };
}

/** Which of the weeks this instant falls into, from 0; null outside of them. */
export function weekIndexOf(at: Instant, { firstOn, from, to }: Weeks, { zone }: Calendar): number | null {
  if (firstOn === null || at < from || at >= to) return null;
  const number = dayNumber(zone.dayAt(at));
  return (number - weekdayIndex(number) - dayNumber(firstOn)) / 7;
}

/** How many of the instants fall into each of the weeks. Instants outside of them are left out. */
export function countByWeek(instants: Iterable<Instant>, weeks: Weeks, calendar: Calendar): number[] {
  const counts = Array.from({ length: weeks.count }, () => 0);
  for (const at of instants) {
    const index = weekIndexOf(at, weeks, calendar);
    if (index !== null) counts[index]! += 1;
  }
  return counts;
}

/** Capacity of each week as a part of a normal one: working days over working days without holidays (metrics.md 3.3). */
export function exposureByWeek({ firstOn, count }: Weeks, calendar: Calendar): number[] {
  if (firstOn === null) return [];
  const first = dayNumber(firstOn);
  return Array.from({ length: count }, (_, week) => {
    const before = dayOfNumber(first + 7 * week - 1);
    return calendar.distance(before, addDays(before, 7)) / calendar.workingDaysPerWeek;
  });
}

/** When each delivered item was finished, as known at `at` (metrics.md 2.2, throughput): each item once. */
export function deliveriesAt(view: ProjectView, items: readonly ItemView[], at: Instant): Instant[] {
  const instants: Instant[] = [];
  forEachDelivery(view, { items, at }, (_, doneAt) => instants.push(doneAt));
  return instants;
}

interface DeliveriesOf {
  readonly items: readonly ItemView[];
  readonly at: Instant;
}

/** The same with the items, for those who ask which. */
export function forEachDelivery(
  view: ProjectView,
  { items, at }: DeliveriesOf,
  tell: (item: ItemView, doneAt: Instant) => void,
): void {
  const excluded = new Set(view.settings.excludedResolutions.map((name) => name.trim().toLowerCase()));
  const known = new Map<string | null, boolean>();
  const counts = (resolution: string | null) => {
    let answer = known.get(resolution);
    if (answer === undefined) known.set(resolution, (answer = !isExcluded(resolution, excluded)));
    return answer;
  };
  for (const item of items) {
    if (item.doneSpans.length === 0 || !existsAt(item, at)) continue;
    const doneAt = doneAtOf(item, at);
    if (doneAt !== null && counts(valueAt(item.past.resolution, at))) tell(item, doneAt);
  }
}
