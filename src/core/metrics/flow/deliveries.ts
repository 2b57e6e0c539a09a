import type { PersonId } from '../../model/ids.ts';
import { dayNumber, weekdayIndex } from '../../time/day.ts';
import type { Instant } from '../../time/instant.ts';
import { isExcluded } from '../../view/item-as-of.ts';
import type { ItemView, ProjectView } from '../../view/view.ts';
import { completeWeeks, forEachDelivery } from './throughput.ts';
import type { Weeks } from './throughput.ts';

/** What was delivered in each complete week, as known at an instant. */
export interface DeliveredWeeks {
  readonly weeks: Weeks;
  readonly weekly: readonly number[];
  /** Who finished something, by week. */
  readonly finishers: readonly ReadonlySet<PersonId>[];
}

/** Some of the items of a project; which of them may change with time. */
export interface Part {
  /** All that were ever in it. */
  readonly items: readonly ItemView[];
  isAlwaysIn(item: ItemView): boolean;
  isIn(item: ItemView, at: Instant): boolean;
}

interface Week {
  count: number;
  readonly finishers: Set<PersonId>;
}

/**
 * The deliveries of a project week by week, for those who ask at many instants (metrics.md 2.2, throughput). Most items
 * are finished once and for good: they are counted once, and looked at again by nobody. Only those that were reopened,
 * resolved anew or away for a time are read at each instant. With a part of the items, such as those of a team, it is
 * what was delivered of these, in the weeks of the whole project.
 */
export function createDeliveries(
  view: ProjectView,
  items: readonly ItemView[],
  part: Part = { items, isAlwaysIn: () => true, isIn: () => true },
): (at: Instant) => DeliveredWeeks {
  const { calendar, settings } = view;
  const excluded = new Set(settings.excludedResolutions.map((name) => name.trim().toLowerCase()));
  const settled = new Map<number, Week>();
  const unsettled: ItemView[] = [];
  const mondayOf = (at: Instant) => {
    const number = dayNumber(calendar.zone.dayAt(at));
    return number - weekdayIndex(number);
  };
  for (const item of part.items) {
    const finishedAt = part.isAlwaysIn(item) ? settledAt(item) : null;
    if (finishedAt === null) {
      if (item.doneSpans.length > 0) unsettled.push(item);
    } else if (!isExcluded(item.resolution, excluded)) addTo(settled, mondayOf(finishedAt), item);
  }
  const beginning = firstThere(items);
  return (at) => {
    const weeks = completeWeeks(beginning, calendar, at);
    const known = new Map<number, Week>();
    forEachDelivery(view, { items: unsettled, at }, (item, doneAt) => {
      if (part.isIn(item, at)) addTo(known, mondayOf(doneAt), item);
    });
    const first = weeks.firstOn === null ? 0 : dayNumber(weeks.firstOn);
    const both = Array.from({ length: weeks.count }, (_, index) => {
      const monday = first + 7 * index;
      return [settled.get(monday), known.get(monday)] as const;
    });
    return {
      weeks,
      weekly: both.map(([one, other]) => (one?.count ?? 0) + (other?.count ?? 0)),
      finishers: both.map(([one, other]) => new Set([...(one?.finishers ?? []), ...(other?.finishers ?? [])])),
    };
  };
}

/** When it was finished, if that was once, and nothing since said otherwise; null for all others. */
function settledAt({ doneSpans, isDoneTimeKnown, createdAt, goneAt, absences, past }: ItemView): Instant | null {
  const [span] = doneSpans;
  if (span === undefined || doneSpans.length > 1 || span.until !== null || !isDoneTimeKnown) return null;
  if (goneAt !== null || absences.length > 0 || createdAt > span.from) return null;
  return past.resolution.at(-1)!.at <= span.from ? span.from : null;
}

function addTo(weeks: Map<number, Week>, monday: number, { assignee }: ItemView): void {
  let week = weeks.get(monday);
  if (!week) weeks.set(monday, (week = { count: 0, finishers: new Set() }));
  week.count += 1;
  if (assignee !== null) week.finishers.add(assignee);
}

/** The items that decide when a project began: the oldest of those that were always there, and all others. */
function firstThere(items: readonly ItemView[]): readonly ItemView[] {
  const others: ItemView[] = [];
  let oldest: ItemView | null = null;
  for (const item of items) {
    if (item.goneAt !== null || item.absences.length > 0) others.push(item);
    else if (oldest === null || item.createdAt < oldest.createdAt) oldest = item;
  }
  return oldest === null ? others : [oldest, ...others];
}
