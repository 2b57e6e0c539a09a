import type { ProjectView } from '../view/view.ts';
import type { ItemKey } from '../model/ids.ts';
import { dayNumber } from '../time/day.ts';
import type { ItemRef, RefOf } from './item-ref.ts';

/** An open item as the thread lists it: what it is in, and what holds it. */
export interface OpenItemLine extends ItemRef {
  /** Null when it is not known. */
  readonly status: string | null;
  readonly isStarted: boolean;
  readonly isOwned: boolean;
  readonly isBlocked: boolean;
  readonly blockedBy: readonly ItemRef[];
  /** Days since it was started, counting both ends; null when it is not. */
  readonly ageDays: number | null;
}

/** Open items as a list names them, in the order given. */
export function openItemLines(keys: readonly ItemKey[], view: ProjectView, refOf: RefOf): readonly OpenItemLine[] {
  const { zone } = view.calendar;
  return keys.flatMap((key) => {
    const item = view.itemsByKey.get(key);
    if (!item) return [];
    const isStarted = item.startedAt !== null && item.status.phase === 'started';
    return {
      ...refOf(key),
      status: item.status.name,
      isStarted,
      isOwned: item.assignee !== null,
      isBlocked: item.blocks.length > 0,
      blockedBy: item.blocks.flatMap(({ by }) => (by === null ? [] : [refOf(by)])),
      ageDays: isStarted ? dayNumber(view.today) - dayNumber(zone.dayAt(item.startedAt)) + 1 : null,
    };
  });
}
