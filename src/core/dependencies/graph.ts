import { acyclicLinks, findCycles } from './cycles.ts';
import type { Cycle } from './cycles.ts';
import type { NodeId } from './network.ts';
import type { Link, PlanItem, PlanMilestone, ProjectPlan } from './plan.ts';

/** The plans of several projects joined (metrics.md 7.1). */
export interface DependencyGraph {
  readonly items: ReadonlyMap<NodeId, PlanItem>;
  readonly milestones: ReadonlyMap<NodeId, PlanMilestone>;
  /** Links between items that are both open, each once. */
  readonly links: readonly Link[];
  /** Links to finished blockers: nothing waits for them any more. */
  readonly settled: readonly Link[];
  readonly cycles: readonly Cycle[];
  /** Open blockers of each item, without the links that close a circle. */
  readonly blockers: ReadonlyMap<NodeId, readonly NodeId[]>;
  /** Items that wait by a link, and not only for their own parts. */
  readonly waiting: ReadonlySet<NodeId>;
  /** Every item after all that it waits for. */
  readonly order: readonly NodeId[];
  /** Open items that wait for something of which nothing is known (`OPAQUE_DEPENDENCY`), by what they wait for. */
  readonly opaque: readonly Link[];
}

/** Joins plans, in time linear in items and links: a project knows its own items best, and a link that two tell is one. */
export function joinPlans(plans: readonly ProjectPlan[]): DependencyGraph {
  const items = new Map<NodeId, PlanItem>();
  const all = new Map<string, Link>();
  for (const { items: own, links } of plans) {
    for (const item of own) if (knows(item) > knows(items.get(item.id))) items.set(item.id, item);
    for (const link of links) {
      const id = `${link.blocker} ${link.blocked}`;
      const known = all.get(id);
      // A part that its whole is also said to wait for is a part, and no conflict.
      if (
        !known ||
        link.isPart ||
        (!known.isPart && link.since !== null && (known.since === null || link.since < known.since))
      )
        all.set(id, link);
    }
  }
  const waiting = [...all.values()].filter(({ blocked }) => !items.get(blocked)!.isDone);
  const links = waiting.filter(({ blocker }) => !items.get(blocker)!.isDone);
  const kept = acyclicLinks(links);
  return {
    items,
    milestones: new Map(plans.flatMap(({ milestones }) => milestones.map((one) => [one.id, one] as const))),
    links,
    settled: waiting.filter(({ blocker }) => items.get(blocker)!.isDone),
    cycles: links.length === kept.length ? [] : findCycles(links),
    waiting: new Set(kept.flatMap(({ blocked, isPart }) => (isPart ? [] : [blocked]))),
    ...ordered(items, kept),
    opaque: links.filter(({ blocker }) => items.get(blocker)!.kind === 'opaque'),
  };
}

/** What is planned in its own project beats what another one saw of it, and that beats a bare key. */
function knows(item: PlanItem | undefined): number {
  if (!item) return 0;
  if (item.kind === 'opaque') return 1;
  return item.project === null ? 2 : 3;
}

function ordered(
  items: ReadonlyMap<NodeId, PlanItem>,
  links: readonly Link[],
): Pick<DependencyGraph, 'blockers' | 'order'> {
  const blockers = new Map<NodeId, NodeId[]>();
  const after = new Map<NodeId, NodeId[]>();
  for (const { blocker, blocked } of links) {
    add(blockers, blocked, blocker);
    add(after, blocker, blocked);
  }
  const waiting = new Map<NodeId, number>();
  const order: NodeId[] = [];
  for (const id of items.keys()) {
    const count = blockers.get(id)?.length ?? 0;
    if (count === 0) order.push(id);
    else waiting.set(id, count);
  }
  for (let index = 0; index < order.length; index += 1) {
    for (const next of after.get(order[index]!) ?? []) {
      const left = waiting.get(next)! - 1;
      waiting.set(next, left);
      if (left === 0) order.push(next);
    }
  }
  return { blockers, order };
}

function add(lists: Map<NodeId, NodeId[]>, key: NodeId, value: NodeId): void {
  const known = lists.get(key);
  if (known) known.push(value);
  else lists.set(key, [value]);
}
