import type { ItemView, ProjectView } from '../../view/view.ts';
import type { ItemTimes } from '../metrics.ts';
import { inclusiveDays } from './flow-base.ts';

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
