import type { ItemKey } from '../model/ids.ts';
import { dayMs } from '../time/instant.ts';
import type { Instant } from '../time/instant.ts';
import { projectOfKey } from '../view/item-key.ts';
import { existsAt, isDoneAt } from '../view/item-clock.ts';
import { valueAt } from '../view/timeline.ts';
import type { ItemView, ProjectView } from '../view/view.ts';
import type { Commitment } from './commitment.ts';
import { createOwnerLoad, createOwnerRecord } from './owners.ts';
import type { RiskSignals } from './scorecard.ts';
import { createVersionCourse } from './version-course.ts';

/** Usual names of priorities, from the highest to the lowest; another name says nothing. */
const priorityRanks: Readonly<Record<string, number>> = {
  blocker: 0,
  highest: 0,
  critical: 1,
  urgent: 1,
  high: 1,
  major: 2,
  medium: 2,
  normal: 2,
  minor: 3,
  low: 3,
  trivial: 4,
  lowest: 4,
};

/** The parts of a promise that were known when it was given. */
export type Promised = Pick<Commitment, 'item' | 'versionId' | 'committedAt'>;

/**
 * Answers what was known at an instant, at or before as-of, of an item that is promised. Nothing later is read: the view
 * of that instant gives the same (a test holds this).
 */
export function createRiskSignals(view: ProjectView): (promised: Promised, at: Instant) => RiskSignals {
  const items = [...view.counted, ...view.gone];
  const stateOf = createVersionCourse(items, view.versions, view.calendar.zone);
  const isOverloaded = createOwnerLoad(items);
  const lateShareOf = createOwnerRecord(items, view.versions, view.calendar.zone);
  const find = finderIn(view);
  return ({ item, versionId, committedAt }, at) => {
    const state = versionId === null ? null : stateOf(versionId, at);
    const owner = valueAt(item.past.assignee, at);
    const links = valueAt(item.past.links, at);
    return {
      NO_ACTIVITY: item.isComplete ? (at - lastActivity(item, at)) / dayMs : null,
      LONG_PROMISED: (at - committedAt) / dayMs,
      OLD_WHEN_PROMISED: (committedAt - item.createdAt) / dayMs,
      LITTLE_DONE: state === null || state.doneShare === null ? null : 1 - state.doneShare,
      OLD_RELEASE: state === null || state.firstAt === null ? null : (at - state.firstAt) / dayMs,
      RELEASE_NOT_NEXT: state === null ? null : state.ahead,
      NOT_STARTED: item.isComplete ? Number(stepsUntil(item.past.status, at) === 1) : null,
      UNASSIGNED: Number(owner === null),
      UNASSIGNED_NEAR_DUE: null,
      LOW_PRIORITY: rankOf(valueAt(item.past.priority, at)),
      BLOCKED: Number(isBlocked(find, item, at)),
      BLOCKS_OTHERS: Number(links.some((link) => isOpenLink(find, link, 'blocks:', at))),
      REOPENED: Number(item.doneSpans.some(({ until }) => until !== null && until <= at)),
      REPLANNED: stepsUntil(item.past.fixVersions, committedAt) - 1 + Math.max(0, stepsUntil(item.past.dueOn, at) - 2),
      SERIAL_CARRYOVER: sprintsUntil(item, at),
      SCOPE_GREW: growth(valueAt(item.past.points, committedAt), valueAt(item.past.points, at)),
      MANY_DEPENDENCIES: links.filter((link) => isElsewhere(link, item)).length,
      OWNER_OVERLOADED: owner === null ? null : Number(isOverloaded(owner, at)),
      OWNER_LATE_HISTORY: owner === null ? null : lateShareOf(owner, at),
    };
  };
}

function rankOf(priority: string | null): number | null {
  return priority === null ? null : (priorityRanks[priority.trim().toLowerCase()] ?? null);
}

function stepsUntil(timeline: readonly { readonly at: Instant }[], at: Instant): number {
  let count = timeline.length;
  while (count > 1 && timeline[count - 1]!.at > at) count -= 1;
  return count;
}

function sprintsUntil({ past }: ItemView, at: Instant): number {
  if (past.sprints.length === 1 && past.sprints[0].value.length === 0) return 0;
  const met = new Set<string>();
  for (const step of past.sprints) if (step.at <= at) for (const id of step.value) met.add(id);
  return met.size;
}

function growth(before: number | null, now: number | null): number | null {
  return before === null || before <= 0 || now === null ? null : now / before - 1;
}

function isBlocked(find: Find, { past }: ItemView, at: Instant): boolean {
  return (
    valueAt(past.flagged, at) ||
    valueAt(past.status, at).isBlocked ||
    valueAt(past.links, at).some((link) => isOpenLink(find, link, 'blocked-by:', at))
  );
}

type Find = (key: ItemKey) => ItemView | undefined;

/** Those that left since then are found as well: at that time they were there. */
function finderIn({ itemsByKey, linkedByKey, goneByKey }: ProjectView): Find {
  return (key) => itemsByKey.get(key) ?? linkedByKey.get(key) ?? goneByKey.get(key);
}

function isOpenLink(find: Find, link: string, kind: string, at: Instant): boolean {
  if (!link.startsWith(kind)) return false;
  const other = find(link.slice(kind.length));
  return other !== undefined && existsAt(other, at) && !isDoneAt(other, at);
}

function isElsewhere(link: string, { key }: ItemView): boolean {
  return projectOfKey(link.slice(link.indexOf(':') + 1)) !== projectOfKey(key);
}

function lastActivity({ createdAt, past }: ItemView, at: Instant): Instant {
  const { activity } = past;
  let low = 0;
  let high = activity.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (activity[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? createdAt : activity[low - 1]!;
}
