import type { Change } from '../model/change.ts';
import type { PersonId, SprintId } from '../model/ids.ts';
import type { ItemHistory } from '../model/project.ts';
import type { WorkItem } from '../model/work-item.ts';
import { parseDay } from '../time/day.ts';
import type { Instant } from '../time/instant.ts';
import type { KeptPast } from './item-pasts.ts';
import type { StatusReader } from './status-reader.ts';
import { createChangesByField, singleStep, timelineOfOne, timelineOfSet } from './timeline.ts';
import type { SameList, Timeline, TimelineOf } from './timeline.ts';
import type { ItemPast, StatusValue } from './view.ts';

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

const unknownStatus: StatusValue = { id: null, name: null, phase: 'unmapped', isBlocked: false };
/** One empty list for all. */
export const noLinks: readonly never[] = [];
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

/** The status that the tool gives now; unmapped where it gives none. */
export function statusNow({ status }: WorkItem, readStatus: StatusReader): StatusValue {
  return status ? readStatus(status.id, status.name) : unknownStatus;
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

export const changesByField = createChangesByField();

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
export function pastAsOf(history: ItemHistory, context: ItemContext): ItemPast {
  const { item, isComplete } = history;
  const { asOf, keptPast } = context;
  return isComplete || item.updatedAt <= asOf
    ? keptPast(history, () => readPast(history, context, Infinity))
    : readPast(history, context, asOf);
}

/**
 * Somebody was at work (metrics.md 2.2). Labels and components say where an item belongs, and a link appears on both of its
 * ends: nobody works on it by giving it one; and what bots do is no work.
 */
export function isWork({ field, by }: Change, bots: ReadonlySet<PersonId>): boolean {
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
