import type { Change, ChangeField } from '../model/change.ts';
import type { Instant } from '../time/instant.ts';

/** A value and when it came into force. */
export interface Step<T> {
  readonly at: Instant;
  readonly value: T;
}

/** Every value that one field of one item had, oldest first; the first step is the value at creation. Never empty. */
export type Timeline<T> = readonly [Step<T>, ...Step<T>[]];

/** The value in force at `at`; before the first step, the value at creation. Several steps of one instant: the last. */
export function valueAt<T>(timeline: Timeline<T>, at: Instant): T {
  for (let index = timeline.length - 1; index > 0; index -= 1) {
    const step = timeline[index]!;
    if (step.at <= at) return step.value;
  }
  return timeline[0].value;
}

/** The step in force at `at`, for those who ask since when. */
export function stepAt<T>(timeline: Timeline<T>, at: Instant): Step<T> {
  for (let index = timeline.length - 1; index > 0; index -= 1) {
    const step = timeline[index]!;
    if (step.at <= at) return step;
  }
  return timeline[0];
}

export interface TimelineOf {
  readonly createdAt: Instant;
  /** Changes of one item in order of time; later steps than this are left out. */
  readonly until: Instant;
  /** Timelines of this item with one step, by value: most fields never change, and most of those are null or empty. */
  readonly singles: Map<unknown, Timeline<unknown>>;
}

const nothing: readonly string[] = [];

/** A value that never changed. Fields of one item that have the same value share it; so do empty lists. */
export function singleStep<T>(value: T, { createdAt, singles }: TimelineOf): Timeline<T> {
  const shared = Array.isArray(value) && value.length === 0 ? (nothing as T) : value;
  const known = singles.get(shared) as Timeline<T> | undefined;
  if (known) return known;
  const timeline: Timeline<T> = [{ at: createdAt, value: shared }];
  singles.set(shared, timeline);
  return timeline;
}

/**
 * The values of a field that holds one value (metrics.md 0.1): at creation it was the `from` of its first change, or
 * the current value if it never changed. Later steps are the `to` of each change: the current value is never read when
 * there is a change, so that facts that come after `until` cannot reach into the past.
 */
export function timelineOfOne<T>(
  changes: readonly Change[],
  current: T,
  read: (value: string | null, text: string | null) => T,
  window: TimelineOf,
): Timeline<T> {
  const first = changes[0];
  if (!first) return singleStep(current, window);
  const { createdAt, until } = window;
  const timeline: [Step<T>, ...Step<T>[]] = [{ at: createdAt, value: read(first.from, first.fromText) }];
  for (const change of changes) {
    if (change.at > until) break;
    timeline.push({ at: change.at, value: read(change.to, change.toText) });
  }
  return timeline;
}

/**
 * The values of a field that holds a set and whose changes take away or add one member each (versions, links). The set
 * at creation is the current one with all changes undone, newest first.
 */
export function timelineOfSet(
  changes: readonly Change[],
  current: readonly string[],
  window: TimelineOf,
): Timeline<readonly string[]> {
  if (changes.length === 0) return singleStep(current, window);
  const { createdAt, until } = window;
  const members = new Set(current);
  for (let index = changes.length - 1; index >= 0; index -= 1) {
    const { from, to } = changes[index]!;
    if (to !== null) members.delete(to);
    if (from !== null) members.add(from);
  }
  const timeline: [Step<readonly string[]>, ...Step<readonly string[]>[]] = [
    { at: createdAt, value: [...members].sort() },
  ];
  for (const { at, from, to } of changes) {
    if (at > until) break;
    if (from !== null) members.delete(from);
    if (to !== null) members.add(to);
    timeline.push({ at, value: [...members].sort() });
  }
  return timeline;
}

const none: readonly Change[] = [];

/** Changes of one item by field, in the order given. */
export function changesByField(changes: readonly Change[]): (field: ChangeField) => readonly Change[] {
  const byField = new Map<ChangeField, Change[]>();
  for (const change of changes) {
    const found = byField.get(change.field);
    if (found) found.push(change);
    else byField.set(change.field, [change]);
  }
  return (field) => byField.get(field) ?? none;
}
