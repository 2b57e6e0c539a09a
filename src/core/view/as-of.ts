import type { ItemKey } from '../model/ids.ts';
import type { ProjectHistory } from '../model/project.ts';
import type { WorkItem } from '../model/work-item.ts';
import type { Calendar } from '../time/calendar.ts';
import type { Instant } from '../time/instant.ts';
import { addBlocks } from './blocks.ts';
import { isStillToCome, itemAsOf } from './item-as-of.ts';
import type { ItemAlone, ItemContext } from './item-as-of.ts';
import { compareKeys, projectOfKey } from './item-key.ts';
import { boardsAsOf } from './board-done.ts';
import { sprintsAsOf } from './sprint-as-of.ts';
import { createStatusReader } from './status-reader.ts';
import { versionsAsOf } from './version-as-of.ts';
import type { ItemView, ProjectView } from './view.ts';

/**
 * The project as it was known at an instant (metrics.md 0.1): every item by replay of its changes, one pass an item;
 * sprints, versions and boards from what was seen of them by then. An event is known from its own time on. Events after
 * `asOf` change nothing in the answer: a report of the past comes out the same whenever it is made.
 */
export function viewAsOf(history: ProjectHistory, asOf: Instant, calendar: Calendar): ProjectView {
  const context = contextOf(history, asOf);
  const scope = new Set(history.items.map(({ item }) => item.projectKey));
  const there: ItemAlone[] = [];
  const left: ItemAlone[] = [];
  for (const itemHistory of history.items) {
    if (isStillToCome(itemHistory, asOf)) continue;
    const item = itemAsOf(itemHistory, context);
    if (item.goneAt !== null) left.push(item);
    // Moved here later from a project that is none of ours: what we would not have seen then is not there.
    else if (scope.has(projectOfKey(item.key)) || item.key === itemHistory.item.key) there.push(item);
  }
  const linked = (history.linked ?? [])
    .filter(({ item }) => item.createdAt <= asOf)
    .map((itemHistory) => itemAsOf(itemHistory, context));

  const find = finder([...linked, ...left, ...there]);
  const items = there.map((item) => addBlocks(item, find, asOf)).sort((a, b) => compareKeys(a.key, b.key));
  const others = linked.map((item) => addBlocks(item, find, asOf));
  const gone = left.map((item) => addBlocks(item, find, asOf)).filter(({ type }) => !type.isSubtask);
  const counted = items.filter(({ type }) => !type.isSubtask);
  const today = calendar.zone.dayAt(asOf);
  return {
    history,
    settings: history.settings,
    asOf,
    today,
    calendar,
    items,
    itemsByKey: indexByKey(items, there),
    linkedByKey: indexByKey(others, linked),
    counted,
    gone,
    sprints: sprintsAsOf(history, items, asOf),
    versions: versionsAsOf(history, { items, asOf, today, zone: calendar.zone }),
    boards: boardsAsOf(history, asOf),
    unmappedStatuses: unmappedStatuses(items),
  };
}

function contextOf(history: ProjectHistory, asOf: Instant): ItemContext {
  const typeFlags = new Map<string, WorkItem['type']>();
  for (const { item } of history.items) typeFlags.set(item.type.name, item.type);
  return {
    asOf,
    readStatus: createStatusReader(history),
    typeFlags,
    excludedResolutions: new Set(history.settings.excludedResolutions.map((name) => name.trim().toLowerCase())),
  };
}

/** Later ones win, and the key of now wins over an old one that another item may have had. */
function finder(items: readonly ItemAlone[]): (key: ItemKey) => ItemAlone | undefined {
  const found = new Map<ItemKey, ItemAlone>();
  for (const item of items) for (const alias of item.aliases) found.set(alias, item);
  for (const item of items) found.set(item.key, item);
  return (key) => found.get(key);
}

function indexByKey(items: readonly ItemView[], alone: readonly ItemAlone[]): ReadonlyMap<ItemKey, ItemView> {
  const byId = new Map(items.map((item) => [item.id, item]));
  const index = new Map<ItemKey, ItemView>();
  for (const { id, aliases } of alone) for (const alias of aliases) index.set(alias, byId.get(id)!);
  for (const item of items) index.set(item.key, item);
  return index;
}

/** By name, once each, in order: every status that an item was ever in and that means nothing to us. */
function unmappedStatuses(items: readonly ItemView[]): readonly string[] {
  const names = new Set<string>();
  for (const { past } of items) {
    for (const { value } of past.status) if (value.phase === 'unmapped' && value.name !== null) names.add(value.name);
  }
  return [...names].sort();
}
