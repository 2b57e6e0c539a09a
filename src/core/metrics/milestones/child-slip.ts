import type { ItemKey } from '../../model/ids.ts';
import { compareKeys } from '../../view/item-key.ts';
import type { ProjectView } from '../../view/view.ts';
import { median } from '../statistics.ts';
import type { ChildSlip } from '../milestone-figures.ts';
import type { Promised } from './promised.ts';

/** By milestone; what was closed without being delivered holds up nothing. No entry without any dated item in it. */
export function childSlipsOf(view: ProjectView, promises: readonly Promised[]): ReadonlyMap<Promised, ChildSlip> {
  const dated = new Map(promises.flatMap((promised) => (promised.milestone.key === null ? [] : [keyed(promised)])));
  const found = new Map<Promised, ChildSlip>();
  if (dated.size === 0) return found;
  for (const promised of promises) {
    const { milestone } = promised;
    if (milestone.kind === 'item') continue;
    const children = milestone.scopeAt(view.asOf).flatMap((item): Child[] => {
      const child = item.key === milestone.key ? undefined : dated.get(item.key);
      const slip = child?.slip.slipCommitted ?? null;
      if (child === undefined || slip === null) return [];
      return [{ key: item.key, slip, promised: child, isNeeded: item.isDelivered || !item.isDone }];
    });
    if (children.length > 0) found.set(promised, slipOf(promised, children));
  }
  return found;
}

function keyed(promised: Promised): readonly [ItemKey, Promised] {
  return [promised.milestone.key!, promised];
}

interface Child {
  readonly key: ItemKey;
  readonly slip: number;
  readonly promised: Promised;
  readonly isNeeded: boolean;
}

function slipOf({ slip: { currentOn } }: Promised, children: readonly Child[]): ChildSlip {
  const inOrder = children.toSorted((a, b) => b.slip - a.slip || compareKeys(a.key, b.key));
  const worst = inOrder.find(({ isNeeded }) => isNeeded) ?? null;
  const reachedOn = ({ promised: { milestone, slip } }: Child) => milestone.finishedOn ?? slip.currentOn;
  return {
    n: children.length,
    max: worst?.slip ?? null,
    maxKey: worst?.key ?? null,
    median: median(children.map(({ slip }) => slip))!,
    laterKeys:
      currentOn === null ? null : inOrder.filter((child) => (reachedOn(child) ?? '') > currentOn).map(({ key }) => key),
  };
}
