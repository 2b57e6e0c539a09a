import type { ItemKey } from '../model/ids.ts';
import type { ItemHistory, ProjectHistory, ProjectOutline } from '../model/project.ts';
import type { WorkItem } from '../model/work-item.ts';
import type { Calendar } from '../time/calendar.ts';
import type { Instant } from '../time/instant.ts';
import { addBlocks } from './blocks.ts';
import { boardsAsOf } from './board-done.ts';
import { deliveryAsOf } from './delivery-as-of.ts';
import { isStillToCome, itemAsOf, oldKeysOf } from './item-as-of.ts';
import type { ItemAlone } from './item-as-of.ts';
import type { ItemContext } from './read-past.ts';
import { compareKeys, projectOfKey } from './item-key.ts';
import { createItemPasts } from './item-pasts.ts';
import type { ItemPasts } from './item-pasts.ts';
import { countLateFacts, dataAtOf } from './late-facts.ts';
import { outlineOf } from './outline.ts';
import { sprintsAsOf } from './sprint-as-of.ts';
import { createStatusReader } from './status-reader.ts';
import type { StatusReader } from './status-reader.ts';
import { createSameList } from './timeline.ts';
import type { SameList } from './timeline.ts';
import { versionsAsOf } from './version-as-of.ts';
import type { ItemView, ProjectView } from './view.ts';
import { worklogsAsOf } from './worklogs-as-of.ts';

/** Makes a view of items that are handed over one at a time, so that nobody has to hold them all. */
export interface ViewBuilder {
  /** An item of the project; what it was given is not kept. */
  addItem(history: ItemHistory): void;
  /** An item of another project that items here wait for. */
  addLinked(history: ItemHistory): void;
  /** All are in. Once only. */
  finish(): ProjectView;
}

/**
 * The project as it was known at an instant (metrics.md 0.1): every item by replay of its changes, one pass an item;
 * sprints, versions and boards from what was seen of them by then. An event is known from its own time on. Events after
 * `asOf` change nothing in the answer: a report of the past comes out the same whenever it is made.
 *
 * Asked for many instants of one history, what does not depend on the instant is worked out once.
 */
export function viewAsOf(history: ProjectHistory, asOf: Instant, calendar: Calendar): ProjectView {
  const builder = createViewBuilder(outlineOf(history), asOf, calendar);
  for (const item of history.items) builder.addItem(item);
  for (const item of history.linked ?? []) builder.addLinked(item);
  return builder.finish();
}

/** The same as `viewAsOf` for items that come one by one: two builders of one outline share what they can. */
export function createViewBuilder(outline: ProjectOutline, asOf: Instant, calendar: Calendar): ViewBuilder {
  const context = contextOf(outline, asOf);
  const dataAt = dataAtOf(outline.pulls, asOf);
  const scope = new Set<string>();
  const present: ItemAlone[] = [];
  const left: ItemAlone[] = [];
  const linked: ItemAlone[] = [];
  const moved = new Map<ItemAlone, readonly ItemKey[]>();
  const byPresentKey = new Map<ItemKey, ItemAlone>();
  let lateFacts = 0;
  const read = (history: ItemHistory): ItemAlone => {
    const item = itemAsOf(history, context);
    const oldKeys = oldKeysOf(history);
    if (oldKeys) moved.set(item, oldKeys);
    return item;
  };
  return {
    addItem(history) {
      scope.add(history.item.projectKey);
      if (dataAt !== null) lateFacts += countLateFacts(history, dataAt, asOf);
      if (isStillToCome(history, asOf)) return;
      const item = read(history);
      if (outline.worklogs) byPresentKey.set(history.item.key, item);
      (item.goneAt === null ? present : left).push(item);
    },
    addLinked(history) {
      if (history.item.createdAt <= asOf) linked.push(read(history));
    },
    finish() {
      // Moved here later from a project that is none of ours: what we would not have seen then is not there.
      const isOurs = (item: ItemAlone) =>
        scope.has(projectOfKey(item.key)) || (moved.get(item)?.[0] ?? item.key) === item.key;
      const there = present.filter(isOurs);
      const parts = { outline, asOf, calendar, there, left, linked, moved };
      for (const [key, item] of byPresentKey) if (item.goneAt === null && !isOurs(item)) byPresentKey.delete(key);
      const worklogs = worklogsAsOf(outline.worklogs, byPresentKey, asOf);
      return { ...assemble(parts), worklogs, dataAt, lateFacts };
    },
  };
}

interface Parts {
  readonly outline: ProjectOutline;
  readonly asOf: Instant;
  readonly calendar: Calendar;
  readonly there: readonly ItemAlone[];
  readonly left: readonly ItemAlone[];
  readonly linked: readonly ItemAlone[];
  /** Every key of the items that ever had another. */
  readonly moved: ReadonlyMap<ItemView, readonly ItemKey[]>;
}

function assemble({
  outline,
  asOf,
  calendar,
  there,
  left,
  linked,
  moved,
}: Parts): Omit<ProjectView, 'worklogs' | 'dataAt' | 'lateFacts'> {
  // What was moved to another project that is kept goes on there.
  const known = indexByKey([left, linked, there], moved);
  const find = (key: ItemKey) => known.get(key);
  for (const some of [linked, left, there]) for (const item of some) addBlocks(item, find, asOf);
  const items = there.toSorted((a, b) => compareKeys(a.key, b.key));
  const today = calendar.zone.dayAt(asOf);
  return {
    history: outline,
    settings: outline.settings,
    asOf,
    today,
    calendar,
    items,
    itemsByKey: indexByKey([there], moved),
    linkedByKey: indexByKey([linked], moved),
    counted: items.filter(({ type }) => !type.isSubtask),
    gone: left.filter(({ type }) => !type.isSubtask),
    goneByKey: indexByKey([left], moved),
    sprints: sprintsAsOf(outline, items, asOf),
    versions: versionsAsOf(outline, { items, asOf, today, zone: calendar.zone }),
    boards: boardsAsOf(outline, asOf),
    services: (outline.services ?? []).map((service) => deliveryAsOf(service, asOf)),
    unmappedStatuses: unmappedStatuses(items),
  };
}

interface Fixed {
  readonly readStatus: StatusReader;
  readonly typeFlags: ReadonlyMap<string, WorkItem['type']>;
  readonly excludedResolutions: ReadonlySet<string>;
  readonly bots: ItemContext['bots'];
  readonly listOf: SameList;
  readonly keepsComponents: boolean;
  readonly pasts: ItemPasts;
}

const fixedOf = new WeakMap<ProjectOutline, Fixed>();

function contextOf(outline: ProjectOutline, asOf: Instant): ItemContext {
  let fixed = fixedOf.get(outline);
  if (!fixed) {
    fixed = {
      readStatus: createStatusReader(outline),
      typeFlags: new Map(outline.itemTypes.map((type) => [type.name, type])),
      bots: new Set(outline.settings.bots),
      listOf: createSameList(),
      keepsComponents: outline.settings.teams?.rules.some(({ components }) => components.length > 0) ?? false,
      pasts: createItemPasts(),
      excludedResolutions: new Set(outline.settings.excludedResolutions.map((name) => name.trim().toLowerCase())),
    };
    fixedOf.set(outline, fixed);
  }
  return { asOf, ...fixed, keptPast: fixed.pasts.upTo(asOf) };
}

/** Later ones win, and the key of now wins over an old one that another item may have had. */
function indexByKey(
  lists: readonly (readonly ItemView[])[],
  moved: ReadonlyMap<ItemView, readonly ItemKey[]>,
): ReadonlyMap<ItemKey, ItemView> {
  const index = new Map<ItemKey, ItemView>();
  if (moved.size > 0) {
    for (const items of lists) for (const item of items) for (const key of moved.get(item) ?? []) index.set(key, item);
  }
  for (const items of lists) for (const item of items) index.set(item.key, item);
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
