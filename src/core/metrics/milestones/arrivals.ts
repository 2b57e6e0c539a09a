import { addDays, startOfWeek } from '../../time/day.ts';
import type { Day } from '../../time/day.ts';
import type { Instant } from '../../time/instant.ts';
import { isDoneAt } from '../../view/item-clock.ts';
import type { ItemView, ProjectView } from '../../view/view.ts';
import type { Milestone } from './milestones.ts';

const longestWeeks = 26;

/** How the scope of a milestone grew, whole week by whole week, oldest first. */
export interface Arrivals {
  /** Monday of the first week; null when there is none. */
  readonly firstOn: Day | null;
  /** Items added less those removed; 0 in a week in which it shrank (metrics.md 3.4, ongoing discovery). */
  readonly weekly: readonly number[];
}

/**
 * What came into a milestone in each whole week since work on it began, at most the last 26: before, it was being
 * planned, and what is put in then is no discovery.
 */
export function arrivalsOf({ scopeAt }: Milestone, at: Instant, { calendar }: ProjectView): Arrivals {
  const weekly: number[] = [];
  // The end of a Sunday is the end of its week.
  let monday = startOfWeek(calendar.zone.dayAt(at + 1));
  let later: readonly ItemView[] | null = null;
  for (let week = 0; week <= longestWeeks; week += 1, monday = addDays(monday, -7)) {
    const end = calendar.zone.startOf(monday) - 1;
    const scope = scopeAt(end);
    if (later !== null) weekly.push(Math.max(0, later.length - scope.length));
    if (!scope.some((item) => hasBegun(item, end))) break;
    later = scope;
  }
  if (later === null || weekly.length === 0) return { firstOn: null, weekly: [] };
  const firstOn = addDays(startOfWeek(calendar.zone.dayAt(at + 1)), -7 * weekly.length);
  return { firstOn, weekly: weekly.reverse() };
}

/** Started by then, or done without ever having been started. */
export function hasBegun(item: ItemView, at: Instant): boolean {
  return (item.startedAt !== null && item.startedAt <= at) || isDoneAt(item, at);
}
