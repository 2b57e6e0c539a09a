import { accountSprint } from '../metrics/sprints/sprint.ts';
import type { SprintItem } from '../metrics/sprints/sprint.ts';
import type { Step, Timeline } from '../view/timeline.ts';
import { minuteMs } from '../time/instant.ts';
import type { Instant } from '../time/instant.ts';

/** A value and when it came; in any order, those of one instant in the order given. */
export type Events<T> = readonly (readonly [Instant, T])[];

export interface SprintQuestion {
  readonly sprint: { readonly id: string; readonly activatedAt: Instant; readonly completedAt: Instant | null };
  readonly doneStatuses: readonly string[];
  readonly items: readonly SprintQuestionItem[];
  /** Needed while the sprint is not completed; facts that come later are not looked at. */
  readonly asOf: Instant | null;
  readonly graceMinutes: number;
}

export interface SprintQuestionItem {
  readonly key: string;
  readonly createdAt: Instant;
  readonly sprints: readonly string[];
  readonly sprintEvents: Events<readonly string[]>;
  readonly status: string;
  readonly statusEvents: Events<string>;
  readonly estimate: number | null;
  readonly estimateEvents: Events<number | null>;
}

/** `calc sprint`: the classes and totals of one sprint (metrics.md 2.5). */
export function calcSprint({ sprint, doneStatuses, items, asOf, graceMinutes }: SprintQuestion) {
  const endedAt = Math.min(sprint.completedAt ?? Infinity, asOf ?? Infinity);
  const toItem = (item: SprintQuestionItem): SprintItem => ({
    key: item.key,
    createdAt: item.createdAt,
    membership: timeline(item.createdAt, item.sprints, item.sprintEvents, (ids) => ids.includes(sprint.id)),
    doneness: timeline(item.createdAt, item.status, item.statusEvents, (status) => doneStatuses.includes(status)),
    estimate: timeline(item.createdAt, item.estimate, item.estimateEvents, (points) => points),
  });
  const account = accountSprint(items.map(toItem), {
    startedAt: sprint.activatedAt,
    endedAt,
    graceMs: graceMinutes * minuteMs,
  });
  return {
    items: Object.fromEntries(
      Array.from(account.items, ([key, { class: sprintClass, committed, added, estimateAtEntry, estimateAtEnd }]) => [
        key,
        { class: sprintClass, committed, added, estimateAtEntry, estimateAtEnd },
      ]),
    ),
    totals: account.totals,
  };
}

function timeline<T, V>(createdAt: Instant, first: T, events: Events<T>, read: (value: T) => V): Timeline<V> {
  const later: Step<V>[] = events.map(([at, value]) => ({ at, value: read(value) })).sort((a, b) => a.at - b.at);
  return [{ at: createdAt, value: read(first) }, ...later];
}
