import type { Calendar } from '../time/calendar.ts';
import type { Day } from '../time/day.ts';
import { evenChances } from './chances.ts';
import type { DependencyGraph } from './graph.ts';
import { leastGap } from './network.ts';
import type { Link, PlanBasis, PlanItem } from './plan.ts';

/** How a plan contradicts the order of the work (metrics.md 7.3), what weighs most first. */
export const conflictKinds = [
  'DUE_BEFORE_BLOCKER',
  'BLOCKER_IN_LATER_SPRINT',
  'BLOCKER_IN_LATER_MILESTONE',
  'STARTS_BEFORE_BLOCKER_ENDS',
  'STARTED_BEFORE_BLOCKER',
  'BLOCKER_UNPLANNED',
  'STALE_BLOCK',
] as const;
export type ConflictKind = (typeof conflictKinds)[number];

export interface PlanConflict {
  readonly kind: ConflictKind;
  readonly blocker: PlanItem;
  readonly blocked: PlanItem;
  /**
   * Signed working days from the blocker's planned finish to the day that it is held against, the planned start or
   * finish of what waits; null where one of them is not planned.
   */
  readonly gap: number | null;
  /** Chance that the blocker is finished after the planned start of what waits; null without dates or odds. */
  readonly chanceLate: number | null;
}

/**
 * One conflict a link at most, the heaviest (metrics.md 7.3): the kinds in their order, then the widest gap. A blocker
 * nobody planned is told only where a date waits for it, and a finished one only while the item is still held.
 */
export function planConflicts(graph: DependencyGraph, calendar: Calendar, today: Day): readonly PlanConflict[] {
  const conflicts: PlanConflict[] = [];
  for (const link of graph.links) {
    // A part may be due after its whole began: that is how wholes are made. H07 sees one that is due after its end.
    if (link.isPart) continue;
    const conflict = conflictOf(endsOf(graph, link), calendar, today);
    if (conflict) conflicts.push(conflict);
  }
  for (const link of staleBlocks(graph))
    conflicts.push({ kind: 'STALE_BLOCK', ...endsOf(graph, link), gap: null, chanceLate: null });
  return conflicts.sort(
    (a, b) =>
      conflictKinds.indexOf(a.kind) - conflictKinds.indexOf(b.kind) ||
      (a.gap ?? Infinity) - (b.gap ?? Infinity) ||
      compare(a.blocked.id, b.blocked.id) ||
      compare(a.blocker.id, b.blocker.id),
  );
}

interface Ends {
  readonly blocker: PlanItem;
  readonly blocked: PlanItem;
}

function endsOf({ items }: DependencyGraph, link: Link): Ends {
  return { blocker: items.get(link.blocker)!, blocked: items.get(link.blocked)! };
}

/** Held items all of whose blockers are finished: the newest link stands for them. */
function staleBlocks(graph: DependencyGraph): readonly Link[] {
  const stale = new Map<string, Link>();
  for (const link of graph.settled) {
    const { blocked } = endsOf(graph, link);
    if (!blocked.isHeld || graph.blockers.has(blocked.id)) continue;
    const known = stale.get(blocked.id);
    if (!known || (link.since ?? -Infinity) > (known.since ?? -Infinity)) stale.set(blocked.id, link);
  }
  return [...stale.values()];
}

function conflictOf(ends: Ends, calendar: Calendar, today: Day): PlanConflict | null {
  const { blocker, blocked } = ends;
  if (blocker.kind === 'opaque') return null;
  const gapTo = (day: Day | null) =>
    day === null || blocker.finishOn === null ? null : calendar.distance(blocker.finishOn, day);
  const toFinish = gapTo(blocked.finishOn);
  const toStart = gapTo(blocked.startOn);
  const told = (kind: ConflictKind, gap: number | null): PlanConflict => ({
    kind,
    ...ends,
    gap,
    chanceLate: chanceLate(ends, calendar, today),
  });
  // A finish that is not after the blocker's leaves no day for the work itself.
  if (toFinish !== null && toFinish < leastGap) return told(byBasis(blocker.finishBy!, blocked.finishBy!), toFinish);
  if (blocked.isStarted) return told('STARTED_BEFORE_BLOCKER', null);
  if (toStart !== null && toStart < leastGap) return told('STARTS_BEFORE_BLOCKER_ENDS', toStart);
  const isDated = blocked.finishOn !== null || blocked.startOn !== null;
  if (isDated && blocker.project !== null && (blocker.finishOn === null || !blocker.isOwned))
    return told('BLOCKER_UNPLANNED', null);
  return null;
}

function byBasis(blocker: PlanBasis, blocked: PlanBasis): ConflictKind {
  if (blocker === 'sprint' && blocked === 'sprint') return 'BLOCKER_IN_LATER_SPRINT';
  if (blocker === 'milestone' && blocked === 'milestone') return 'BLOCKER_IN_LATER_MILESTONE';
  return 'DUE_BEFORE_BLOCKER';
}

function chanceLate({ blocker, blocked }: Ends, calendar: Calendar, today: Day): number | null {
  if (blocker.remaining === null || blocked.startOn === null || blocked.startOn <= today) return null;
  const until = calendar.distance(today, blocked.startOn) - leastGap;
  const { remaining } = blocker;
  const inTime = evenChances.filter((chance) => remaining.quantile(chance) <= until).length;
  return 1 - inTime / evenChances.length;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
