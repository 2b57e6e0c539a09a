import type { ItemKey } from '../../model/ids.ts';
import type { Instant } from '../../time/instant.ts';
import type { ItemView, ProjectView } from '../../view/view.ts';
import { inclusiveDays } from './flow-base.ts';

/** Clock of one item (metrics.md 2.1). An item done without being started has null for start and cycle time. */
export interface ItemTimes {
  readonly key: ItemKey;
  readonly startedAt: Instant | null;
  readonly doneAt: Instant | null;
  readonly cycleTimeDays: number | null;
}

/** Clocks of all items, sub-tasks too, in order of key (metrics.md 2.1). */
export function itemTimes(view: ProjectView): readonly ItemTimes[] {
  return view.items.map((item) => ({
    key: item.key,
    startedAt: item.startedAt,
    doneAt: item.doneAt,
    cycleTimeDays: cycleTimeOf(view, item),
  }));
}

/** Inclusive days from the first start to the last finish; null when one of them is not known. */
export function cycleTimeOf(view: ProjectView, { startedAt, doneAt }: ItemView): number | null {
  return startedAt === null || doneAt === null ? null : inclusiveDays(view, startedAt, doneAt);
}
