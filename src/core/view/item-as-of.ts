import type { Change } from '../model/change.ts';
import type { ItemKey, PersonId, SprintId } from '../model/ids.ts';
import type { Absence, ItemHistory } from '../model/project.ts';
import type { WorkItem } from '../model/work-item.ts';
import { parseDay } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import { doneSpansOf, startOf } from './item-clock.ts';
import type { KeptPast } from './item-pasts.ts';
import type { StatusReader } from './status-reader.ts';
import { createChangesByField, singleStep, timelineOfOne, timelineOfSet } from './timeline.ts';
import type { SameList, Timeline, TimelineOf } from './timeline.ts';
import type { ItemPast, ItemView, StatusValue } from './view.ts';

/** What reading one item needs besides the item. */
export interface ItemContext {
  readonly asOf: Instant;
  readonly readStatus: StatusReader;
  /** Sub-task or epic, by the name of the type: changes of type carry its name only. */
  readonly typeFlags: ReadonlyMap<string, WorkItem['type']>;
  readonly excludedResolutions: ReadonlySet<string>;
  readonly bots: ReadonlySet<PersonId>;
  readonly listOf: SameList;
  /** The past of components is asked for. */
  readonly keepsComponents: boolean;
  readonly keptPast: KeptPast;
}

/** What an item was before its links and blocks are known: those need the other items, and are added in place. */
export type ItemAlone = Omit<ItemView, 'links' | 'blocks' | 'unknownBlockers'> & {
  -readonly [Part in 'links' | 'blocks' | 'unknownBlockers']: ItemView[Part];
};

const unknownStatus: StatusValue = { id: null, name: null, phase: 'unmapped', isBlocked: false };
/** One empty list for all. */
const noLinks: readonly never[] = [];
const noSprints: readonly SprintId[] = [];
const nobody: ReadonlyMap<Instant, PersonId | null> = new Map();

function readText(value: string | null): string | null {
  return value;
}

function readNumber(value: string | null): number | null {
  if (value === null || value.trim() === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

function readSprints(value: string | null): readonly SprintId[] {
  if (!value) return noSprints;
  return value
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
}

/** The value at as-of of a field whose past nobody asks for. */
function valueNow<T>(changes: readonly Change[], current: T, asOf: Instant, read: (value: string | null) => T): T {
  let value = changes.length > 0 ? read(changes[0]!.from) : current;
  for (const change of changes) {
    if (change.at > asOf) break;
    value = read(change.to);
  }
  return value;
}

/**
 * Status over time. An item whose changes never touch its status (metrics.md 0.1) had it from creation on, but for two
 * cases in which the tool tells more: it was resolved after creation, so it was not done before; or it has no history
 * at all, and then its status before its last update is not known.
 */
function statusTimeline(
  { item, isComplete }: ItemHistory,
  changes: readonly Change[],
  window: TimelineOf,
  readStatus: StatusReader,
): Timeline<StatusValue> {
  const current = statusNow(item, readStatus);
  if (changes.length > 0) return timelineOfOne(changes, current, readStatus, window);
  const { createdAt, until } = window;
  const isLate = item.resolvedAt !== null && item.resolvedAt > createdAt;
  if (current.phase === 'done' && (isLate || !isComplete)) {
    const doneAt = item.resolvedAt ?? item.updatedAt;
    const before = { at: createdAt, value: unknownStatus };
    if (doneAt <= createdAt) return [{ at: createdAt, value: current }];
    return doneAt <= until ? [before, { at: doneAt, value: current }] : [before];
  }
  return [{ at: createdAt, value: isComplete || item.updatedAt <= until ? current : unknownStatus }];
}

function statusNow({ status }: WorkItem, readStatus: StatusReader): StatusValue {
  return status ? readStatus(status.id, status.name) : unknownStatus;
}

/** Not when it is done, and neither its history nor a date of its resolution was kept. */
function isDoneTimeKnownOf({ item, isComplete }: ItemHistory, hasMoved: boolean, readStatus: StatusReader): boolean {
  if (hasMoved || isComplete || item.resolvedAt !== null) return true;
  return statusNow(item, readStatus).phase !== 'done';
}

/** When the item began, if the kept history can tell: the first status of a cut history may be years late. */
function startedAtOf(status: Timeline<StatusValue>, isComplete: boolean): Instant | null {
  if (!isComplete && (status.length === 1 || status[0].value.phase !== 'not-started')) return null;
  return startOf(status);
}

function resolutionTimeline(
  { item, isComplete }: ItemHistory,
  changes: readonly Change[],
  window: TimelineOf,
): Timeline<string | null> {
  if (changes.length === 0 && !isComplete && item.resolvedAt !== null) {
    const none = { at: window.createdAt, value: null };
    return item.resolvedAt <= window.until ? [none, { at: item.resolvedAt, value: item.resolution }] : [none];
  }
  return timelineOfOne(changes, item.resolution, readText, window);
}

const changesByField = createChangesByField();

/** What an item went through, up to an instant. */
function readPast(history: ItemHistory, context: ItemContext, until: Instant): ItemPast {
  const { item } = history;
  const { listOf } = context;
  const of = changesByField(history.changes);
  const window: TimelineOf = { createdAt: item.createdAt, until, listOf };
  return {
    status: statusTimeline(history, of('status'), window, context.readStatus),
    resolution: resolutionTimeline(history, of('resolution'), window),
    sprints: timelineOfOne(of('sprint'), listOf(item.sprintIds), (ids) => listOf(readSprints(ids)), window),
    fixVersions: timelineOfSet(of('fixVersion'), listOf(item.fixVersionIds), window),
    dueOn: timelineOfOne(of('dueOn'), item.dueOn, (value) => (value === null ? null : parseDay(value)), window),
    dueOnBy: of('dueOn').length > 0 ? new Map(of('dueOn').map(({ at, by }) => [at, by])) : nobody,
    points: timelineOfOne(of('points'), item.points, readNumber, window),
    parent: timelineOfOne(of('parent'), item.parentKey, readText, window),
    assignee: timelineOfOne(of('assignee'), item.assignee, readText, window),
    priority: timelineOfOne(of('priority'), item.priority, readText, window),
    flagged: timelineOfOne(of('flagged'), item.isFlagged, (value) => value !== null, window),
    labels: timelineOfSet(of('label'), listOf(item.labels), window),
    components: context.keepsComponents
      ? timelineOfSet(of('component'), listOf(item.components), window)
      : singleStep(noLinks, window),
    links: timelineOfSet(
      of('link'),
      item.links.length === 0 ? noLinks : item.links.map(({ kind, key }) => `${kind}:${key}`),
      window,
    ),
    activity: activityOf(history.changes, context, until),
  };
}

/**
 * The past of an item at as-of: read once for all instants that are asked for, and cut. Only where its history is not
 * known and it was changed later does its past depend on the instant of asking.
 */
function pastAsOf(history: ItemHistory, context: ItemContext): ItemPast {
  const { item, isComplete } = history;
  const { asOf, keptPast } = context;
  return isComplete || item.updatedAt <= asOf
    ? keptPast(history, () => readPast(history, context, Infinity))
    : readPast(history, context, asOf);
}

/** The one copy that all items of a type share, unless its flags are its own. */
function typeNow(type: WorkItem['type'], name: string, { typeFlags }: ItemContext): WorkItem['type'] {
  const known = typeFlags.get(name);
  if (name !== type.name) return known ?? { ...type, name };
  return known && known.isSubtask === type.isSubtask && known.isEpic === type.isEpic ? known : type;
}

/** One item as it was at as-of, whether it was there or not: the caller asks for that. One pass over its changes. */
export function itemAsOf(history: ItemHistory, context: ItemContext): ItemAlone {
  const { item, isComplete } = history;
  const { asOf, listOf } = context;
  const past = pastAsOf(history, context);
  const of = changesByField(history.changes);
  const window: TimelineOf = { createdAt: item.createdAt, until: asOf, listOf };
  const typeName = valueNow(of('type'), item.type.name, asOf, (value) => value ?? item.type.name);
  const { status } = past;
  const doneSpans = doneSpansOf(status);
  const last = doneSpans.at(-1);
  const isDone = last !== undefined && last.until === null;
  const isDoneTimeKnown = isDoneTimeKnownOf(history, of('status').length > 0, context.readStatus);
  const resolution = past.resolution.at(-1)!.value;
  const statusNow = status.at(-1)!;
  return {
    id: item.id,
    key: valueNow(of('key'), item.key, asOf, (value) => value ?? item.key),
    summary: valueNow(of('summary'), item.summary, asOf, (value) => value ?? ''),
    type: typeNow(item.type, typeName, context),
    createdAt: item.createdAt,
    goneAt: goneAtOf(history, asOf),
    absences: history.absences?.filter(({ until }) => until <= asOf) ?? never,
    status: statusNow.value,
    statusSince: statusNow.at,
    isDone,
    startedAt: startedAtOf(status, isComplete),
    doneAt: isDone && isDoneTimeKnown ? last.from : null,
    doneSpans,
    isDoneTimeKnown,
    resolution,
    isDelivered: isDone && !isExcluded(resolution, context.excludedResolutions),
    assignee: past.assignee.at(-1)!.value,
    sprintIds: past.sprints.at(-1)!.value,
    fixVersionIds: past.fixVersions.at(-1)!.value,
    affectsVersionIds: timelineOfSet(of('affectsVersion'), item.affectsVersionIds, window).at(-1)!.value,
    dueOn: past.dueOn.at(-1)!.value,
    points: past.points.at(-1)!.value,
    parentKey: past.parent.at(-1)!.value,
    isFlagged: past.flagged.at(-1)!.value,
    links: noLinks,
    labels: past.labels.at(-1)!.value,
    components: timelineOfSet(of('component'), item.components, window).at(-1)!.value,
    priority: past.priority.at(-1)!.value,
    hasDescription: valueNow(of('description'), item.hasDescription ?? null, asOf, (value) => value !== null),
    activeAt: lastActivity(history, context),
    blocks: noLinks,
    unknownBlockers: noLinks,
    isComplete,
    past,
  };
}

/** Keys that it had besides the one of now; null when it was never moved. */
export function oldKeysOf({ item, changes }: ItemHistory): readonly ItemKey[] | null {
  let keys: ItemKey[] | null = null;
  for (const { field, from, to } of changes) {
    if (field !== 'key') continue;
    keys ??= [item.key];
    for (const key of [from, to]) if (key !== null) keys.push(key);
  }
  return keys;
}

const never: readonly Absence[] = [];

/** When it left, if it was away at as-of. */
function goneAtOf({ goneAt, absences }: ItemHistory, asOf: Instant): Instant | null {
  if (goneAt !== null && goneAt <= asOf) return goneAt;
  return absences?.find(({ from, until }) => from !== null && from <= asOf && asOf < until)?.from ?? null;
}

/** Not made yet, or in another project until later. */
export function isStillToCome({ item, absences }: ItemHistory, asOf: Instant): boolean {
  return item.createdAt > asOf || (absences?.some(({ from, until }) => from === null && asOf < until) ?? false);
}

/** Names are compared without regard to case: "Won't fix" of one site is "Won't Fix" of another. */
export function isExcluded(resolution: string | null, excluded: ReadonlySet<string>): boolean {
  return resolution !== null && excluded.has(resolution.trim().toLowerCase());
}

/**
 * Somebody was at work (metrics.md 2.2). Labels and components say where an item belongs, and a link appears on both of its
 * ends: nobody works on it by giving it one; and what bots do is no work.
 */
function isWork({ field, by }: Change, bots: ReadonlySet<PersonId>): boolean {
  return field !== 'link' && field !== 'label' && field !== 'component' && (by === null || !bots.has(by));
}

const noActivity: readonly Instant[] = [];

function activityOf(changes: readonly Change[], { bots }: ItemContext, until: Instant): readonly Instant[] {
  let instants: Instant[] | null = null;
  for (const change of changes) {
    const { at } = change;
    if (at > until) break;
    if (!isWork(change, bots)) continue;
    if (instants?.at(-1) !== at) (instants ??= []).push(at);
  }
  return instants ?? noActivity;
}

function lastActivity({ item, changes, isComplete }: ItemHistory, { asOf, bots }: ItemContext): Instant {
  for (let index = changes.length - 1; index >= 0; index -= 1) {
    const change = changes[index]!;
    if (change.at <= asOf && isWork(change, bots)) return Math.max(change.at, item.createdAt);
  }
  const isUpdateKnown = !isComplete && item.updatedAt <= asOf && item.updatedAt > item.createdAt;
  return isUpdateKnown ? item.updatedAt : item.createdAt;
}
