import type { ItemKey } from '../../model/ids.ts';
import type { Day } from '../../time/day.ts';
import type { Instant } from '../../time/instant.ts';
import { isDoneAt } from '../../view/item-clock.ts';
import type { ItemView, ProjectView } from '../../view/view.ts';
import { planWeights } from './plan-weights.ts';
import type { PlanUnit, PlanWeights } from './plan-weights.ts';
import type { Promised } from '../milestones/promised.ts';

/** One item as it was promised. */
export interface PlannedItem {
  readonly item: ItemView;
  /** Its own first promise, or the first one of the milestone that it was in when that was promised. */
  readonly finishOn: Day;
  readonly promisedAt: Instant;
  /** Promised by a date of its own, not by that of a milestone. */
  readonly isOwn: boolean;
  /** What it weighs in the unit of the plan, frozen when it was promised. */
  readonly weight: number;
}

export interface Plan {
  readonly unit: PlanUnit;
  readonly planned: readonly PlannedItem[];
  /** Items that are now part of an open promise without having been there when it was made. */
  readonly unbaselined: readonly ItemView[];
  /** Promised items that left the project or the promise, or were closed without being delivered. */
  readonly removed: readonly ItemView[];
  /** Milestones with a date whose first promise is not known. */
  readonly unknownBaselines: number;
  /** What the unbaselined items weigh. */
  readonly unbaselinedWeight: number;
  /** Items without an estimate, which weigh the median of their type; none where items weigh 1. */
  readonly imputed: readonly ItemView[];
  readonly flags: readonly string[];
}

/** An item of a plan that is not weighed yet. */
type Unweighed = Omit<PlannedItem, 'weight'>;

/**
 * The frozen plan of a project (metrics.md 1.3): every item that was promised for a day, by its own date, else by the
 * earliest promise of a milestone that held it. Items already done when the promise was made were no part of it, and
 * epics stand for their children. What joins later is in no plan until somebody promises it. `weigh` gives the unit: that
 * of the project's settings when left out.
 */
export function planOf(
  view: ProjectView,
  promises: readonly Promised[],
  weigh: (planned: readonly Unweighed[]) => PlanWeights = (planned) => planWeights(view, planned),
): Plan {
  const { itemsByKey, counted, asOf } = view;
  const byItem = new Map<ItemView, Unweighed>();
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
  const weights = weigh([...byItem.values()]);
  const planned = [...byItem.values()].map((one) => ({ ...one, weight: weights.weightOf(one.item, one.promisedAt) }));
  const unbaselined = counted.filter((item) => joined.has(item) && !byItem.has(item) && !doneBefore.has(item));
  return {
    unit: weights.unit,
    planned,
    unbaselined,
    unbaselinedWeight: unbaselined.reduce((sum, item) => sum + weights.weightOf(item, asOf), 0),
    imputed: weights.imputed,
    flags: weights.flags,
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
function isBefore(one: Unweighed, other: Unweighed): boolean {
  if (one.isOwn !== other.isOwn) return one.isOwn;
  if (one.promisedAt !== other.promisedAt) return one.promisedAt < other.promisedAt;
  return one.finishOn < other.finishOn;
}
