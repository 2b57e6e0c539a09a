import type { Change, ChangeField } from '../model/change.ts';
import type { Instant } from '../time/instant.ts';

/** A value and when it came into force. */
export interface Step<T> {
  readonly at: Instant;
  readonly value: T;
}

/**
 * Every value that one field of one item had, oldest first; the first step is the value at creation. Never empty. A first
 * step that holds nothing (null, false, an empty list) bears no time of creation: it is `nothingYet`.
 */
export type Timeline<T> = readonly [Step<T>, ...Step<T>[]];

/** The value in force at `at`; before the first step, the value at creation. Several steps of one instant: the last. */
export function valueAt<T>(timeline: Timeline<T>, at: Instant): T {
  for (let index = timeline.length - 1; index > 0; index -= 1) {
    const step = timeline[index]!;
    if (step.at <= at) return step.value;
  }
  return timeline[0].value;
}

export interface TimelineOf {
  readonly createdAt: Instant;
  /** Changes of one item in order of time; later steps than this are left out. */
  readonly until: Instant;
  /** One copy of lists that come again with every item: a few sprints and versions make most of them. */
  readonly listOf: SameList;
}

export type SameList = (list: readonly string[]) => readonly string[];

/** Gives one copy of equal lists, so that a million items do not keep a million of them. */
export function createSameList(): SameList {
  const known = new Map<string, readonly string[]>();
  return (list) => {
    if (list.length === 0) return nothing;
    // Links are nearly all different: to remember them would keep them for nothing.
    if (list[0]!.includes(':')) return list;
    const text = list.length === 1 ? list[0]! : list.join();
    const before = known.get(text);
    if (before === undefined) known.set(text, list);
    return before ?? list;
  };
}

const nothing: readonly never[] = [];

/**
 * Nothing was there from the beginning. Most fields of most items are so for life, and all items share one copy: a
 * third of a large project's memory otherwise. So its time is before all times, not that of one item.
 */
const nothingYet = (value: null | false | readonly never[]): Timeline<unknown> => [{ at: -Infinity, value }];
export const neverAny = nothingYet(null);
export const neverTrue = nothingYet(false);
export const neverMembers = nothingYet(nothing);

/** A value that never changed. */
export function singleStep<T>(value: T, { createdAt }: TimelineOf): Timeline<T> {
  let shared: Timeline<unknown> | null = null;
  if (value === null) shared = neverAny;
  else if (value === false) shared = neverTrue;
  else if (Array.isArray(value) && value.length === 0) shared = neverMembers;
  return (shared ?? [{ at: createdAt, value }]) as Timeline<T>;
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
  const { until } = window;
  const timeline: [Step<T>, ...Step<T>[]] = [singleStep(read(first.from, first.fromText), window)[0]];
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
  const { until, listOf } = window;
  const members = new Set(current);
  for (let index = changes.length - 1; index >= 0; index -= 1) {
    const { from, to } = changes[index]!;
    if (to !== null) members.delete(to);
    if (from !== null) members.add(from);
  }
  const timeline: [Step<readonly string[]>, ...Step<readonly string[]>[]] = [
    singleStep(listOf([...members].sort()), window)[0],
  ];
  for (const { at, from, to } of changes) {
    if (at > until) break;
    if (from !== null) members.delete(from);
    if (to !== null) members.add(to);
    timeline.push({ at, value: listOf([...members].sort()) });
  }
  return timeline;
}

/** An array that grew keeps room for 16 more: in a million timelines that is most of the memory. */
export function withoutSlack<List extends readonly unknown[]>(list: List): List {
  return list.slice() as readonly unknown[] as List;
}

const none: readonly Change[] = [];

/**
 * Changes of one item by field, in the order given. The lists are good until the next item is asked for: to make new
 * ones for each of a hundred thousand items costs more than to read them.
 */
export function createChangesByField(): (changes: readonly Change[]) => (field: ChangeField) => readonly Change[] {
  const byField = new Map<ChangeField, Change[]>();
  const of = (field: ChangeField) => byField.get(field) ?? none;
  return (changes) => {
    for (const list of byField.values()) list.length = 0;
    for (const change of changes) {
      const found = byField.get(change.field);
      if (found) found.push(change);
      else byField.set(change.field, [change]);
    }
    return of;
  };
}
