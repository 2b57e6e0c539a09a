import type { ItemKey } from '../../model/ids.ts';
import { minuteMs } from '../../time/instant.ts';
import type { Instant } from '../../time/instant.ts';
import type { SprintClass, SprintDetail, SprintTotals } from '../sprint-figures.ts';
import { valueAt } from '../../view/timeline.ts';
import type { Timeline } from '../../view/timeline.ts';

/** One item with what sprint accounting asks of it, over time. Before `createdAt` it was in no sprint. */
export interface SprintItem {
  readonly key: ItemKey;
  readonly createdAt: Instant;
  /** Whether it was in this sprint. */
  readonly membership: Timeline<boolean>;
  /** Whether it was done for the board (metrics.md 0.1). */
  readonly doneness: Timeline<boolean>;
  /** Points; null while it was not estimated. */
  readonly estimate: Timeline<number | null>;
}

export interface SprintSpan {
  /** When it was really started. */
  readonly startedAt: Instant;
  /** When it was completed; as-of for a sprint that runs. */
  readonly endedAt: Instant;
  /** Additions this soon after the start are clerical and count as committed; 0 unless said otherwise, as in Jira. */
  readonly graceMs?: number;
  /** What comes in the last fifth of the way to it, or after it, is a late addition; left out when none was planned. */
  readonly plannedEndAt?: Instant | null;
}

export interface SprintItemAccount {
  readonly class: SprintClass;
  /** In the sprint at its start and not done. */
  readonly committed: boolean;
  /** Entered later. */
  readonly added: boolean;
  /** When it became part of the sprint; the sprint's start for what was in it then. */
  readonly enteredAt: Instant;
  readonly estimateAtEntry: number | null;
  readonly estimateAtEnd: number | null;
  /** Left the sprint and came back. */
  readonly churned: boolean;
}

export interface SprintAccount {
  /** Only items that were part of the sprint, in the order given. */
  readonly items: ReadonlyMap<ItemKey, SprintItemAccount>;
  readonly totals: SprintTotals;
  readonly detail: Omit<SprintDetail, 'overrunWorkingDays'>;
}

/** On completion tools move unfinished items on at nearly the same instant: membership is read this much before it. */
const completionMs = minuteMs;

/**
 * Sprint accounting from histories (metrics.md 2.5, vector T13). Every item of the sprint is in exactly one class. An
 * item without an estimate counts 0 points. Ratios over nothing committed are null.
 */
export function accountSprint(items: readonly SprintItem[], span: SprintSpan): SprintAccount {
  const accounts = new Map<ItemKey, SprintItemAccount>();
  for (const item of items) {
    const account = accountItem(item, span);
    if (account) accounts.set(item.key, account);
  }
  const all = [...accounts.values()];
  const totals = addUp(all);
  return { items: accounts, totals, detail: detailOf(all, totals, span) };
}

/** Membership is read no later than this: what follows is the tool's own tidying at the completion. */
export function closingOf({ startedAt, endedAt }: SprintSpan): Instant {
  // A sprint that was started a moment ago is looked at as it was started.
  return Math.max(startedAt, endedAt - completionMs);
}

/** Whether an item was in the sprint at a moment; before its creation it was in none. */
export function isInSprint(item: SprintItem, at: Instant): boolean {
  return at >= item.createdAt && valueAt(item.membership, at);
}

function accountItem(item: SprintItem, span: SprintSpan): SprintItemAccount | null {
  const { startedAt, endedAt, graceMs = 0 } = span;
  const closingAt = closingOf(span);
  const wasInAtStart = isInSprint(item, startedAt);
  const enteredAt = wasInAtStart ? startedAt : firstAddition(item, startedAt, closingAt);
  if (enteredAt === null) return null;
  const wasDone = valueAt(item.doneness, enteredAt);
  const isCommitted = wasInAtStart || enteredAt <= startedAt + graceMs;
  return {
    class: wasDone
      ? 'completed-outside'
      : !isInSprint(item, closingAt)
        ? 'removed'
        : valueAt(item.doneness, endedAt)
          ? 'completed'
          : 'not-completed',
    committed: isCommitted && !wasDone,
    added: !isCommitted,
    enteredAt,
    estimateAtEntry: valueAt(item.estimate, enteredAt),
    estimateAtEnd: valueAt(item.estimate, endedAt),
    churned: cameBack(item, enteredAt, closingAt),
  };
}

/** First time in (startedAt, closingAt) that the item entered the sprint, or was created in it. */
function firstAddition(item: SprintItem, startedAt: Instant, closingAt: Instant): Instant | null {
  let before = false;
  for (const [index, { at, value }] of item.membership.entries()) {
    const enteredAt = index === 0 ? item.createdAt : Math.max(at, item.createdAt);
    if (value && !before && enteredAt > startedAt && enteredAt < closingAt) return enteredAt;
    before = value;
  }
  return null;
}

function cameBack({ membership }: SprintItem, enteredAt: Instant, closingAt: Instant): boolean {
  let hasLeft = false;
  for (const { at, value } of membership) {
    if (at <= enteredAt || at > closingAt) continue;
    if (!value) hasLeft = true;
    else if (hasLeft) return true;
  }
  return false;
}

function addUp(accounts: readonly SprintItemAccount[]): SprintTotals {
  const committed = accounts.filter((account) => account.committed);
  const added = accounts.filter((account) => account.added && account.class !== 'completed-outside');
  const ofClass = (wanted: SprintClass) => accounts.filter((account) => account.class === wanted);
  const completed = ofClass('completed');
  const removed = ofClass('removed');
  const kept = committed.filter((account) => account.class === 'completed');
  const commitment = points(committed, 'estimateAtEntry');
  return {
    committed: { count: committed.length, points: commitment },
    added: { count: added.length },
    removed: { count: removed.length },
    completed: { count: completed.length, points: points(completed, 'estimateAtEnd') },
    notCompleted: { count: ofClass('not-completed').length },
    completedOutside: { count: ofClass('completed-outside').length },
    sayDo: {
      count: ratio(kept.length, committed.length),
      points: ratio(points(kept, 'estimateAtEntry'), commitment),
    },
    deliveryRatio: { points: ratio(points(completed, 'estimateAtEnd'), commitment) },
    scopeChange: { count: ratio(added.length + removed.length, committed.length) },
  };
}

/** The part of the planned time from which on an addition is late (metrics.md 2.5). */
const lateFrom = 0.8;

function detailOf(
  accounts: readonly SprintItemAccount[],
  { committed, added, removed, notCompleted }: SprintTotals,
  { startedAt, plannedEndAt = null }: SprintSpan,
): SprintAccount['detail'] {
  const additions = accounts.filter((account) => account.added && account.class !== 'completed-outside');
  const removals = accounts.filter((account) => account.class === 'removed');
  const open = accounts.filter((account) => account.class === 'not-completed');
  const stayed = accounts.filter((account) => account.class === 'completed' || account.class === 'not-completed');
  const addedPoints = points(additions, 'estimateAtEntry');
  const removedPoints = points(removals, 'estimateAtEntry');
  const lateAt = plannedEndAt === null ? null : startedAt + lateFrom * (plannedEndAt - startedAt);
  return {
    addedPoints,
    removedPoints,
    notCompletedPoints: points(open, 'estimateAtEnd'),
    scopeChangePoints: ratio(addedPoints + removedPoints, committed.points),
    reEstimatedPoints: points(stayed, 'estimateAtEnd') - points(stayed, 'estimateAtEntry'),
    firstEstimatedPoints: points(
      stayed.filter(({ estimateAtEntry }) => estimateAtEntry === null),
      'estimateAtEnd',
    ),
    carryOver: ratio(notCompleted.count, committed.count + added.count - removed.count),
    lateAdditions: lateAt === null ? null : additions.filter(({ enteredAt }) => enteredAt >= lateAt).length,
    churned: accounts.filter((account) => account.churned).length,
  };
}

function points(accounts: readonly SprintItemAccount[], which: 'estimateAtEntry' | 'estimateAtEnd'): number {
  return accounts.reduce((sum, account) => sum + (account[which] ?? 0), 0);
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
