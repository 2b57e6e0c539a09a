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
  { createdAt, until }: TimelineOf,
): Timeline<T> {
  const first = changes[0];
  const timeline: [Step<T>, ...Step<T>[]] = [
    { at: createdAt, value: first ? read(first.from, first.fromText) : current },
  ];
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
  { createdAt, until }: TimelineOf,
): Timeline<readonly string[]> {
  if (changes.length === 0) return [{ at: createdAt, value: current }];
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

/** Changes of one item by field, in the order given; without a copy where there are none. */
export function changesByField(changes: readonly Change[]): (field: ChangeField) => readonly Change[] {
  return (field) => {
    let found: Change[] | null = null;
    for (const change of changes) if (change.field === field) (found ??= []).push(change);
    return found ?? none;
  };
}
