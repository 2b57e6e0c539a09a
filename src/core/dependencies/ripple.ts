import type { Calendar } from '../time/calendar.ts';
import type { Day } from '../time/day.ts';
import { evenOdds } from './chances.ts';
import type { DependencyGraph } from './graph.ts';
import { leastGap } from './network.ts';
import type { NodeId } from './network.ts';
import type { PlanItem, PlanMilestone } from './plan.ts';

/**
 * A date moved, and another one cannot be held for it (metrics.md 7.2): `cause` slipped `slip` working days, `milestone`
 * had `float` of them, and is now `late`.
 */
export interface Ripple {
  readonly milestone: PlanMilestone;
  /** The item in it that waits. */
  readonly waiting: PlanItem;
  /** What that item waits for itself; null when it is the cause. */
  readonly via: PlanItem | null;
  /** The item whose planned finish moved. */
  readonly cause: PlanItem;
  /** The milestone that gave that item its date; null when the item has one of its own. */
  readonly causeMilestone: PlanMilestone | null;
  readonly slip: number;
  /** Working days between what was to be expected and the date, before the move; 0 when there were none to spare. */
  readonly float: number;
  readonly late: number;
}

/** How far the plan pushes an item, and whose date does it. */
interface Push {
  readonly at: number;
  readonly by: PlanItem;
  /** The last item before this one. */
  readonly via: NodeId | null;
}

/**
 * What the moves of the period do to milestones that wait, directly or through a chain: a forward pass over the planned
 * dates as they were at its start and as they are now, in working days, with half odds for the time that each waiting
 * item still takes after its blocker. Linear in items and links. The worst first.
 */
export function ripplesOf(graph: DependencyGraph, calendar: Calendar, today: Day): readonly Ripple[] {
  const position = (on: Day | null) => (on === null ? null : calendar.distance(today, on));
  const now = pushes(graph, ({ finishOn }) => position(finishOn));
  const before = pushes(graph, ({ finishBeforeOn }) => position(finishBeforeOn));
  const ripples: Ripple[] = [];
  for (const milestone of graph.milestones.values()) {
    const due = position(milestone.currentOn);
    if (due === null) continue;
    const worst = latestOf(milestone, now);
    if (worst === null || worst.push.at <= due) continue;
    const cause = worst.push.by;
    const slip = (position(cause.finishOn) ?? 0) - (position(cause.finishBeforeOn) ?? 0);
    const float = due - (latestOf(milestone, before)?.push.at ?? -Infinity);
    // Late already, and none the later: no news of this period.
    if (cause.finishOn === null || cause.finishBeforeOn === null || slip <= 0 || worst.push.at <= due - float) continue;
    // Its own move is its own news.
    if (cause.finishMilestone === milestone.id) continue;
    ripples.push({
      milestone,
      waiting: graph.items.get(worst.key)!,
      via: worst.push.via === cause.id || worst.push.via === null ? null : graph.items.get(worst.push.via)!,
      cause,
      causeMilestone: cause.finishMilestone === null ? null : (graph.milestones.get(cause.finishMilestone) ?? null),
      slip,
      float: Math.max(0, float),
      late: worst.push.at - due,
    });
  }
  return ripples.sort((a, b) => b.late - a.late || (a.milestone.id < b.milestone.id ? -1 : 1));
}

/** For each item with open blockers, when the work after the latest of them is done. */
function pushes(graph: DependencyGraph, plannedAt: (item: PlanItem) => number | null): ReadonlyMap<NodeId, Push> {
  const ends = new Map<NodeId, Push>();
  const pushed = new Map<NodeId, Push>();
  for (const key of graph.order) {
    const item = graph.items.get(key)!;
    const push = pushOf(graph.blockers.get(key) ?? [], ends, item);
    if (push) pushed.set(key, push);
    const own = plannedAt(item);
    if (push && (own === null || push.at > own)) ends.set(key, push);
    else if (own !== null) ends.set(key, { at: own, by: item, via: null });
  }
  return pushed;
}

function pushOf(blockers: readonly NodeId[], ends: ReadonlyMap<NodeId, Push>, item: PlanItem): Push | null {
  let latest: Push | null = null;
  for (const blocker of blockers) {
    const end = ends.get(blocker);
    if (end && (latest === null || end.at > latest.at)) latest = { ...end, via: blocker };
  }
  return latest && { ...latest, at: latest.at + workAfter(item) };
}

/**
 * A waiting item can start on the next working day at the earliest, whatever else is known of it; what closes with its
 * parts closes on the day of the last.
 */
function workAfter({ remaining }: PlanItem): number {
  const days = remaining?.quantile(evenOdds) ?? leastGap;
  if (days === 0) return 0;
  return Number.isFinite(days) ? Math.max(leastGap, Math.round(days)) : leastGap;
}

function latestOf(
  { openKeys }: PlanMilestone,
  pushed: ReadonlyMap<NodeId, Push>,
): { readonly key: NodeId; readonly push: Push } | null {
  let latest: { readonly key: NodeId; readonly push: Push } | null = null;
  for (const key of openKeys) {
    const push = pushed.get(key);
    if (push && (latest === null || push.at > latest.push.at)) latest = { key, push };
  }
  return latest;
}
