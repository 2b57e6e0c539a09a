import type { ItemView, ProjectView } from '../view/view.ts';

/**
 * About a quarter: what has waited for longer than this, without anybody touching it, waits to be tidied and is no news.
 * Told too loudly, it would stand at the top of every digest and hide what happened last week.
 */
export const leftoverWorkingDays = 60;

/**
 * An item that nobody touched for so long, and whose due date, if it has one, passed as long ago. Without its history
 * nobody knows when it was touched.
 */
export function isLeftover({ activeAt, dueOn, isComplete }: ItemView, { calendar, today }: ProjectView): boolean {
  const activeOn = calendar.zone.dayAt(activeAt);
  const lastOn = dueOn !== null && dueOn > activeOn ? dueOn : activeOn;
  return isComplete && calendar.distance(lastOn, today) > leftoverWorkingDays;
}
