import type { Change } from '../model/change.ts';
import type { ItemKey } from '../model/ids.ts';
import type { Absence, ItemHistory } from '../model/project.ts';
import type { WorkItem } from '../model/work-item.ts';
import type { Instant } from '../time/instant.ts';
import { doneSpansOf, startOf } from './item-clock.ts';
import type { StatusReader } from './status-reader.ts';
import { timelineOfSet } from './timeline.ts';
import type { Timeline, TimelineOf } from './timeline.ts';
import type { ItemView, StatusValue } from './view.ts';
import type { ItemContext } from './read-past.ts';
import { changesByField, isWork, noLinks, pastAsOf, statusNow } from './read-past.ts';

/** What an item was before its links and blocks are known: those need the other items, and are added in place. */
export type ItemAlone = Omit<ItemView, 'links' | 'blocks' | 'unknownBlockers'> & {
  -readonly [Part in 'links' | 'blocks' | 'unknownBlockers']: ItemView[Part];
};

/** The value at as-of of a field whose past nobody asks for. */
function valueNow<T>(changes: readonly Change[], current: T, asOf: Instant, read: (value: string | null) => T): T {
  let value = changes.length > 0 ? read(changes[0]!.from) : current;
  for (const change of changes) {
    if (change.at > asOf) break;
    value = read(change.to);
  }
  return value;
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

function lastActivity({ item, changes, isComplete }: ItemHistory, { asOf, bots }: ItemContext): Instant {
  for (let index = changes.length - 1; index >= 0; index -= 1) {
    const change = changes[index]!;
    if (change.at <= asOf && isWork(change, bots)) return Math.max(change.at, item.createdAt);
  }
  const isUpdateKnown = !isComplete && item.updatedAt <= asOf && item.updatedAt > item.createdAt;
  return isUpdateKnown ? item.updatedAt : item.createdAt;
}
