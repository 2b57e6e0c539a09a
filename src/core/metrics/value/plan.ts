import type { ItemKey } from '../../model/ids.ts';
import type { Day } from '../../time/day.ts';
import type { Instant } from '../../time/instant.ts';
import { isDoneAt } from '../../view/item-clock.ts';
import type { ItemView, ProjectView } from '../../view/view.ts';
import type { Promised } from '../milestones/promised.ts';

/** One item as it was promised. */
export interface PlannedItem {
  readonly item: ItemView;
  /** Its own first promise, or the first one of the milestone that it was in when that was promised. */
  readonly finishOn: Day;
  readonly promisedAt: Instant;
  /** Promised by a date of its own, not by that of a milestone. */
  readonly isOwn: boolean;
}

export interface Plan {
  readonly planned: readonly PlannedItem[];
  /** Items that are now part of an open promise without having been there when it was made. */
  readonly unbaselined: readonly ItemView[];
  /** Promised items that left the project or the promise, or were closed without being delivered. */
  readonly removed: readonly ItemView[];
  /** Milestones with a date whose first promise is not known. */
  readonly unknownBaselines: number;
}

/**
 * The frozen plan of a project (metrics.md 1.3): every item that was promised for a day, by its own date, else by the
 * earliest promise of a milestone that held it. Items already done when the promise was made were no part of it, and
 * epics stand for their children. What joins later is in no plan until somebody promises it.
 */
export function planOf({ itemsByKey, counted, asOf }: ProjectView, promises: readonly Promised[]): Plan {
  const byItem = new Map<ItemView, PlannedItem>();
  const current = new Set<ItemView>();
  const joined = new Set<ItemView>();
  const doneBefore = new Set<ItemView>();
  let unknownBaselines = 0;
  for (const { milestone, slip } of promises) {
    const { committedOn: finishOn, committedAt: promisedAt } = slip;
    if (finishOn === null || promisedAt === null) {
      if (!milestone.isBaselineKnown && milestone.dates.length > 0) unknownBaselines += 1;
      continue;
    }
    const isOwn = milestone.kind === 'item';
    const itemsAt = (at: Instant) => (isOwn ? ownItem(itemsByKey, milestone.key) : tasksOf(milestone.scopeAt(at)));
    for (const item of itemsAt(promisedAt)) {
      if (isDoneAt(item, promisedAt)) {
        doneBefore.add(item);
        continue;
      }
      const known = byItem.get(item);
      const next = { item, finishOn, promisedAt, isOwn };
      if (known === undefined || isBefore(next, known)) byItem.set(item, next);
    }
    if (slip.currentOn === null) continue;
    for (const item of itemsAt(asOf)) {
      current.add(item);
      if (milestone.finishedOn === null) joined.add(item);
    }
  }
  const planned = [...byItem.values()];
  return {
    planned,
    unbaselined: counted.filter((item) => joined.has(item) && !byItem.has(item) && !doneBefore.has(item)),
    removed: planned
      .filter(({ item }) => !item.isDelivered && (item.isDone || item.goneAt !== null || !current.has(item)))
      .map(({ item }) => item),
    unknownBaselines,
  };
}

function ownItem(itemsByKey: ReadonlyMap<ItemKey, ItemView>, key: ItemKey | null): readonly ItemView[] {
  const item = key === null ? undefined : itemsByKey.get(key);
  return item ? [item] : [];
}

function tasksOf(scope: readonly ItemView[]): readonly ItemView[] {
  return scope.length === 1 ? scope : scope.filter(({ type }) => !type.isEpic);
}

/** A date of its own says most about an item; of several milestones the first that promised it, then the earliest day. */
function isBefore(one: PlannedItem, other: PlannedItem): boolean {
  if (one.isOwn !== other.isOwn) return one.isOwn;
  if (one.promisedAt !== other.promisedAt) return one.promisedAt < other.promisedAt;
  return one.finishOn < other.finishOn;
}
