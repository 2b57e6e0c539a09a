import type { Calendar } from '../time/calendar.ts';
import type { Day } from '../time/day.ts';

export type NodeId = string;

/** A plan as tasks and what each waits for; durations in any one unit, usually working days. */
export interface Network {
  readonly durations: ReadonlyMap<NodeId, number>;
  /** What has to be finished before each; nodes without any may be left out, and one named twice counts once. */
  readonly predecessors: ReadonlyMap<NodeId, readonly NodeId[]>;
}

/** Earliest and latest start and finish, from 0, and how long a node may slip without moving the end. */
export interface NodeTimes {
  readonly es: number;
  readonly ef: number;
  readonly ls: number;
  readonly lf: number;
  readonly slack: number;
}

export interface CriticalPath {
  readonly duration: number;
  readonly nodes: ReadonlyMap<NodeId, NodeTimes>;
  /** Nodes without slack, in order of early start, then of name. */
  readonly critical: readonly NodeId[];
}

/** Sums of fractions differ in their last digits; less slack than this part of the whole is none. */
const noSlack = 1e-9;

/**
 * Critical path by a forward and a backward pass (metrics.md 7.2, vector T23), in time linear in nodes and edges. The
 * network must have no cycle (see cycles.ts) and know every predecessor: else it throws RangeError.
 */
export function criticalPath(network: Network): CriticalPath {
  const { durations, predecessors } = network;
  const order = inOrder(network);
  const early = new Map<NodeId, { es: number; ef: number }>();
  let duration = 0;
  for (const node of order) {
    let es = 0;
    for (const before of predecessors.get(node) ?? []) es = Math.max(es, early.get(before)!.ef);
    const ef = es + durations.get(node)!;
    early.set(node, { es, ef });
    duration = Math.max(duration, ef);
  }
  const latest = new Map<NodeId, number>();
  for (const node of [...order].reverse()) {
    const lf = latest.get(node) ?? duration;
    latest.set(node, lf);
    const ls = lf - durations.get(node)!;
    for (const before of predecessors.get(node) ?? []) latest.set(before, Math.min(latest.get(before) ?? duration, ls));
  }
  const nodes = new Map<NodeId, NodeTimes>();
  for (const node of durations.keys()) {
    const { es, ef } = early.get(node)!;
    const lf = latest.get(node)!;
    const ls = lf - durations.get(node)!;
    nodes.set(node, { es, ef, ls, lf, slack: Math.abs(ls - es) <= noSlack * duration ? 0 : ls - es });
  }
  const critical = [...nodes]
    .filter(([, { slack }]) => slack === 0)
    .sort(([a, one], [b, other]) => one.es - other.es || (a < b ? -1 : 1))
    .map(([node]) => node);
  return { duration, nodes, critical };
}

/** Every node after all that it waits for; of several that may be next, the one given first. */
export function inOrder({ durations, predecessors }: Network): readonly NodeId[] {
  const waiting = new Map<NodeId, number>();
  const successors = new Map<NodeId, NodeId[]>();
  for (const node of durations.keys()) {
    const before = new Set(predecessors.get(node));
    waiting.set(node, before.size);
    for (const one of before) {
      if (!durations.has(one)) throw new RangeError(`${node} waits for ${one}, which is no node`);
      const after = successors.get(one);
      if (after) after.push(node);
      else successors.set(one, [node]);
    }
  }
  const order = [...durations.keys()].filter((node) => waiting.get(node) === 0);
  for (let index = 0; index < order.length; index += 1) {
    for (const after of successors.get(order[index]!) ?? []) {
      const left = waiting.get(after)! - 1;
      waiting.set(after, left);
      if (left === 0) order.push(after);
    }
  }
  if (order.length < durations.size) throw new RangeError('the nodes wait for one another in a circle');
  return order;
}

export interface OrderConflict {
  readonly blocker: NodeId;
  readonly blocked: NodeId;
  /** Signed working days from the planned finish of the blocker to the planned start of what waits for it: below 1. */
  readonly gap: number;
}

/** A blocked item may start on the working day after its blocker's finish, at the earliest. */
export const leastGap = 1;

/**
 * Plans that contradict the order of the work (metrics.md 7.3): the gap in working days from a blocker's planned finish
 * to the planned start of what waits for it, where it is less than one. Edges without both dates say nothing.
 */
export function orderConflicts(
  predecessors: ReadonlyMap<NodeId, readonly NodeId[]>,
  planned: ReadonlyMap<NodeId, readonly [start: Day, finish: Day]>,
  calendar: Calendar,
): readonly OrderConflict[] {
  const conflicts: OrderConflict[] = [];
  for (const [blocked, blockers] of predecessors) {
    const start = planned.get(blocked)?.[0];
    if (start === undefined) continue;
    for (const blocker of new Set(blockers)) {
      const finish = planned.get(blocker)?.[1];
      if (finish === undefined) continue;
      const gap = calendar.distance(finish, start);
      if (gap < leastGap) conflicts.push({ blocker, blocked, gap });
    }
  }
  return conflicts.sort((a, b) => compare(a.blocker, b.blocker) || compare(a.blocked, b.blocked));
}

function compare(a: NodeId, b: NodeId): number {
  return a < b ? -1 : Number(a > b);
}
