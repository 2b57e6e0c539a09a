import { dayMs } from '../time/instant.ts';
import type { ItemView, ProjectView } from '../view/view.ts';

/** Who finished something lately did so in this many days. */
export const recentDays = 28;
/** Fewer people than this could be told apart by their numbers. */
const leastPeople = 3;

/** How many of some open items are in progress, and how many of those nobody owns. */
export function inProgressOf(open: readonly ItemView[]): { readonly inProgress: number; readonly unowned: number } {
  const started = open.filter(({ status }) => status.phase === 'started');
  return { inProgress: started.length, unowned: started.filter(({ assignee }) => assignee === null).length };
}

/** Open items over a usual week, in weeks; null without a pace (metrics.md 6.1). */
export function weeksOfWork(open: number, usualWeek: number | null): number | null {
  return usualWeek === null || usualWeek === 0 ? null : open / usualWeek;
}

/** How many items each person delivered in the days before as-of; what nobody owned is left out (metrics.md 6.2). */
export function finishedBy(
  { counted, asOf }: ProjectView,
  days: number,
  isAsked: (item: ItemView) => boolean = () => true,
): readonly number[] {
  const since = asOf - days * dayMs;
  const counts = new Map<string, number>();
  for (const item of counted) {
    const { isDelivered, doneAt, assignee } = item;
    if (isDelivered && doneAt !== null && doneAt > since && assignee !== null && isAsked(item))
      counts.set(assignee, (counts.get(assignee) ?? 0) + 1);
  }
  return [...counts.values()];
}

/** How many people that is, never of so few that they could be told apart. */
export function toldPeople(finished: readonly number[]): number | null {
  return finished.length < leastPeople ? null : finished.length;
}
