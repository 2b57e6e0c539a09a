import type { ItemView, ProjectView } from '../metrics/view.ts';

/**
 * About a quarter: what has waited for longer than this, without anybody touching it, waits to be tidied and is no news.
 * Told too loudly, it would stand at the top of every digest and hide what happened last week.
 */
export const leftoverWorkingDays = 60;

/** An item that nobody touched for so long. */
export function isLeftover({ activeAt }: ItemView, { calendar, today }: ProjectView): boolean {
  return calendar.distance(calendar.zone.dayAt(activeAt), today) > leftoverWorkingDays;
}
