import type { Step, Timeline } from '../view/timeline.ts';

/** What held after each instant: to move an item from one release to another is a step out and a step in, at once. */
export function lastOfInstants<T>(timeline: Timeline<T>): readonly Step<T>[] {
  return timeline.length === 1 ? timeline : timeline.filter(({ at }, index) => timeline[index + 1]?.at !== at);
}
