import type { NodeId } from './network.ts';
import type { Link } from './plan.ts';

/** Nodes that wait for one another in a circle, and the link whose end would cost least: the most recent one. */
export interface Cycle {
  /** In order of name. */
  readonly nodes: readonly NodeId[];
  readonly cut: Link;
}

/**
 * Every circle once (metrics.md 7.1): strongly connected components by Tarjan, without recursion, in time linear in
 * nodes and links. A node that waits for itself is a circle too. In order of their first name.
 */
export function findCycles(links: readonly Link[]): readonly Cycle[] {
  const component = componentsOf(links);
  const inside = new Map<number, Link[]>();
  for (const link of links) {
    const id = component.get(link.blocker)!;
    if (component.get(link.blocked) !== id) continue;
    const known = inside.get(id);
    if (known) known.push(link);
    else inside.set(id, [link]);
  }
  return [...inside.values()]
    .map((own) => ({
      nodes: [...new Set(own.flatMap(({ blocker, blocked }) => [blocker, blocked]))].sort(),
      cut: own.reduce((best, link) => (isNewer(link, best) ? link : best)),
    }))
    .sort((a, b) => (a.nodes[0]! < b.nodes[0]! ? -1 : 1));
}

function isNewer(a: Link, b: Link): boolean {
  const [one, other] = [a.since ?? -Infinity, b.since ?? -Infinity];
  if (one !== other) return one > other;
  return a.blocker !== b.blocker ? a.blocker < b.blocker : a.blocked < b.blocked;
}

/** Links that close no circle. */
export function acyclicLinks(links: readonly Link[]): readonly Link[] {
  const component = componentsOf(links);
  return links.filter(({ blocker, blocked }) => component.get(blocker) !== component.get(blocked));
}

/** The number of each node's component: the same for two nodes that can reach one another, and only for those. */
function componentsOf(links: readonly Link[]): ReadonlyMap<NodeId, number> {
  const after = new Map<NodeId, NodeId[]>();
  for (const { blocker, blocked } of links) {
    const known = after.get(blocker);
    if (known) known.push(blocked);
    else after.set(blocker, [blocked]);
    if (!after.has(blocked)) after.set(blocked, []);
  }
  const walk = new Walk(after);
  for (const node of after.keys()) walk.from(node);
  return walk.component;
}

/** The state of Tarjan's walk. */
class Walk {
  readonly component = new Map<NodeId, number>();
  private readonly order = new Map<NodeId, number>();
  private readonly low = new Map<NodeId, number>();
  private readonly open: NodeId[] = [];
  private readonly after: ReadonlyMap<NodeId, readonly NodeId[]>;

  constructor(after: ReadonlyMap<NodeId, readonly NodeId[]>) {
    this.after = after;
  }

  from(root: NodeId): void {
    if (this.order.has(root)) return;
    const path = [{ node: root, next: 0 }];
    this.enter(root);
    for (let step = path.at(-1); step; step = path.at(-1)) {
      const { node } = step;
      const following = this.after.get(node)![step.next];
      step.next += 1;
      if (following === undefined) {
        path.pop();
        this.leave(node, path.at(-1)?.node);
      } else if (!this.order.has(following)) {
        this.enter(following);
        path.push({ node: following, next: 0 });
      } else if (!this.component.has(following)) this.lower(node, this.order.get(following)!);
    }
  }

  private enter(node: NodeId): void {
    const number = this.order.size;
    this.order.set(node, number);
    this.low.set(node, number);
    this.open.push(node);
  }

  private lower(node: NodeId, to: number): void {
    this.low.set(node, Math.min(this.low.get(node)!, to));
  }

  private leave(node: NodeId, parent: NodeId | undefined): void {
    const low = this.low.get(node)!;
    if (parent !== undefined) this.lower(parent, low);
    if (low !== this.order.get(node)) return;
    for (let member = this.open.pop(); member !== undefined; member = this.open.pop()) {
      this.component.set(member, low);
      if (member === node) return;
    }
  }
}
