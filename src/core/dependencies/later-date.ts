import type { RagThresholds } from '../metrics/milestones/rag.ts';
import type { ItemKey } from '../model/ids.ts';
import type { Calendar } from '../time/calendar.ts';
import type { Day } from '../time/day.ts';
import { evenOdds } from './chances.ts';
import type { DependencyGraph } from './graph.ts';
import type { NodeId } from './network.ts';
import type { PlanMilestone } from './plan.ts';
import { programmeOutlook } from './programme-outlook.ts';
import type { Beyond } from './programme-outlook.ts';
import type { CreateRandom } from './simulate.ts';

/** The date of a milestone with all that it waits for in other projects, where that is worth a sentence. */
export interface LaterDate {
  /** With 85 %; null when no day has that much. */
  readonly p85On: Day | null;
  /** Why no day has; null when one does. */
  readonly beyond: Beyond | null;
  /** The item in it that waits longest, what it waits for, what that waits for, and so on. */
  readonly chain: readonly ItemKey[];
}

/** Fewer working days than these are no news beside a date with odds. */
const leastWorkingDays = 3;

/** Open items of other projects that the work in a milestone waits for, however far off, and of which no plan tells yet. */
export function strangersOf(graph: DependencyGraph, milestone: PlanMilestone): readonly ItemKey[] {
  const seen = new Set<NodeId>();
  const queue = milestone.openKeys.filter((key) => graph.waiting.has(key));
  for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
    if (seen.has(key)) continue;
    seen.add(key);
    queue.push(...(graph.blockers.get(key) ?? []));
  }
  return [...seen].filter((key) => graph.items.get(key)?.project === null).sort();
}

export interface LaterQuestion {
  readonly graph: DependencyGraph;
  readonly milestone: PlanMilestone;
  /** What its own project calls 85 % sure. */
  readonly ownP85: Day;
  readonly calendar: Calendar;
  readonly today: Day;
  readonly thresholds: RagThresholds;
  readonly createRandom: CreateRandom;
}

/**
 * The date as a portfolio sees it (metrics.md 7.2), by the plans of all projects that the work in a milestone waits for; null
 * when nothing of another project holds it up, or for no more than a few working days.
 */
export function laterDate({ graph, milestone, ownP85, ...question }: LaterQuestion): LaterDate | null {
  const { calendar } = question;
  const chain = longestChain(graph, milestone);
  const isForeign = chain.some((key) => graph.items.get(key)!.project !== milestone.project);
  if (!isForeign) return null;
  const { milestones } = programmeOutlook({ projects: [milestone.project], graph, ...question });
  const found = milestones.find((one) => one.milestone.id === milestone.id);
  if (!found) return null;
  const { f85On: p85On, f85Beyond: beyond } = found;
  if (p85On === null ? beyond === null : calendar.distance(ownP85, p85On) < leastWorkingDays) return null;
  return { p85On, beyond, chain };
}

/** Whose end is furthest off at even odds: the item of the milestone, and its blockers down to the one that waits for nothing. */
function longestChain(graph: DependencyGraph, { openKeys }: PlanMilestone): readonly ItemKey[] {
  const ends = new Map<NodeId, number>();
  const after = new Map<NodeId, NodeId | null>();
  for (const key of graph.order) {
    let start = 0;
    let via: NodeId | null = null;
    for (const blocker of graph.blockers.get(key) ?? []) {
      const end = ends.get(blocker) ?? 0;
      if (via !== null && end <= start) continue;
      start = end;
      via = blocker;
    }
    ends.set(key, start + (graph.items.get(key)!.remaining?.quantile(evenOdds) ?? 0));
    after.set(key, via);
  }
  const [last] = openKeys
    .filter((key) => graph.waiting.has(key))
    .sort((a, b) => (ends.get(b) ?? 0) - (ends.get(a) ?? 0) || (a < b ? -1 : 1));
  const chain: ItemKey[] = [];
  for (let key: NodeId | null = last ?? null; key !== null; key = after.get(key) ?? null) chain.push(key);
  return chain;
}
