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
  // A part cannot be cut off from its whole by dropping a link.
  if (a.isPart !== b.isPart) return b.isPart === true;
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
  const indexOf = new Map<NodeId, number>();
  const numberOf = (node: NodeId): number => {
    const known = indexOf.get(node);
    if (known !== undefined) return known;
    indexOf.set(node, indexOf.size);
    return indexOf.size - 1;
  };
  const from = links.map(({ blocker }) => numberOf(blocker));
  const to = links.map(({ blocked }) => numberOf(blocked));
  const component = walk(indexOf.size, from, to);
  return new Map([...indexOf].map(([node, index]) => [node, component[index]!]));
}

const unseen = -1;

/** Tarjan's walk over numbered nodes; `from[i]` leads to `to[i]`. */
function walk(count: number, from: readonly number[], to: readonly number[]): Int32Array {
  const { starts, ends } = neighbours(count, from, to);
  const component = new Int32Array(count).fill(unseen);
  const order = new Int32Array(count).fill(unseen);
  const low = new Int32Array(count);
  const next = starts.slice(0, count);
  const path: number[] = [];
  const open: number[] = [];
  let seen = 0;
  const enter = (node: number) => {
    order[node] = low[node] = seen;
    seen += 1;
    open.push(node);
    path.push(node);
  };
  const leave = (node: number) => {
    path.pop();
    const parent = path.at(-1);
    if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[node]!);
    if (low[node] !== order[node]) return;
    for (let member = unseen; member !== node;) {
      member = open.pop()!;
      component[member] = node;
    }
  };
  for (let root = 0; root < count; root += 1) {
    if (order[root] !== unseen) continue;
    enter(root);
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      if (next[node] === starts[node + 1]) {
        leave(node);
        continue;
      }
      const following = ends[next[node]!]!;
      next[node]! += 1;
      if (order[following] === unseen) enter(following);
      else if (component[following] === unseen) low[node] = Math.min(low[node]!, order[following]!);
    }
  }
  return component;
}

/** The ends of each node's links one after the other: those of node n stand from `starts[n]` to `starts[n + 1]`. */
function neighbours(count: number, from: readonly number[], to: readonly number[]) {
  const starts = new Int32Array(count + 1);
  for (const node of from) starts[node + 1]! += 1;
  for (let node = 0; node < count; node += 1) starts[node + 1]! += starts[node]!;
  const ends = new Int32Array(from.length);
  const place = starts.slice();
  from.forEach((node, index) => {
    ends[place[node]!] = to[index]!;
    place[node]! += 1;
  });
  return { starts, ends };
}
