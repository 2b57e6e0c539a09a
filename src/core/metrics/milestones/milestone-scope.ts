import type { ItemId, ItemKey, VersionId } from '../../model/ids.ts';
import type { NamedMilestone } from '../../model/project.ts';
import type { Instant } from '../../time/instant.ts';
import { existsAt } from '../../view/item-clock.ts';
import { compareKeys } from '../../view/item-key.ts';
import { valueAt } from '../../view/timeline.ts';
import type { ItemView, ProjectView } from '../../view/view.ts';

/** The items that had to be done for a milestone at an instant, done ones included, each once. */
export type ScopeAt = (at: Instant) => readonly ItemView[];

export interface Scopes {
  /** Items whose fix version it is. */
  ofVersion(id: VersionId): ScopeAt;
  /** Everything below the item, however deep; the item itself when there is nothing below it. */
  ofItem(item: ItemView): ScopeAt;
  ofConfig(scope: NamedMilestone['scope']): ScopeAt;
}

const nobody: readonly ItemView[] = [];

/**
 * Scopes of milestones at any instant up to as-of, from an index of the items that ever belonged to each version and
 * parent: to ask costs as much as the milestone has items, not as the project has. Sub-tasks count with their parents.
 */
export function createScopes(view: ProjectView): Scopes {
  const inVersion = new Map<VersionId, ItemView[]>();
  const below = new Map<ItemId, ItemView[]>();
  const idOf = (key: ItemKey): ItemId | null => view.itemsByKey.get(key)?.id ?? null;
  const all = [...view.counted, ...view.gone].sort((a, b) => compareKeys(a.key, b.key));
  for (const item of all) {
    for (const { value } of item.past.fixVersions) for (const id of value) addTo(inVersion, id, item);
    for (const { value } of item.past.parent) {
      const parentId = value === null ? null : idOf(value);
      if (parentId !== null) addTo(below, parentId, item);
    }
  }

  const isChildAt = (item: ItemView, parent: ItemView, at: Instant) => {
    // Most items keep their parent for life, and stand in the index for it.
    if (item.past.parent.length === 1) return true;
    const key = valueAt(item.past.parent, at);
    return key !== null && idOf(key) === parent.id;
  };
  /** With `seen`, since links between parents may run in a ring. */
  const collect = (parent: ItemView, at: Instant, seen: Set<ItemView>): void => {
    for (const item of below.get(parent.id) ?? nobody) {
      if (seen.has(item) || !existsAt(item, at) || !isChildAt(item, parent, at)) continue;
      seen.add(item);
      collect(item, at, seen);
    }
  };
  const isLeafOf = (item: ItemView, parent: ItemView) =>
    item !== parent && item.past.parent.length === 1 && !below.has(item.id);
  const ofItem = (item: ItemView): ScopeAt => {
    const own = [item];
    const children = below.get(item.id) ?? nobody;
    // Most epics hold items that never had another parent, and nothing below them: no need to remember what was seen.
    if (children.every((child) => isLeafOf(child, item))) {
      return (at) => {
        const found = children.filter((child) => existsAt(child, at));
        return found.length > 0 ? found : existsAt(item, at) ? own : nobody;
      };
    }
    return (at) => {
      const found = new Set<ItemView>();
      if (below.has(item.id)) collect(item, at, found);
      found.delete(item);
      if (found.size > 0) return [...found];
      return existsAt(item, at) ? own : nobody;
    };
  };
  const ofVersion = (id: VersionId): ScopeAt => {
    const candidates = inVersion.get(id) ?? nobody;
    const isPlannedAt = ({ past: { fixVersions } }: ItemView, at: Instant) =>
      fixVersions.length === 1 || valueAt(fixVersions, at).includes(id);
    return (at) => candidates.filter((item) => existsAt(item, at) && isPlannedAt(item, at));
  };
  return { ofVersion, ofItem, ofConfig: (scope) => scopeOfConfig(view, scope, { ofVersion, ofItem, all }) };
}

/** Items come one after the other, so that one that is there already is the last. */
function addTo<K>(index: Map<K, ItemView[]>, key: K, item: ItemView): void {
  const known = index.get(key);
  if (!known) index.set(key, [item]);
  else if (known.at(-1) !== item) known.push(item);
}

function scopeOfConfig(
  { history, itemsByKey }: ProjectView,
  { versions, items, labels }: NamedMilestone['scope'],
  { ofVersion, ofItem, all }: Pick<Scopes, 'ofVersion' | 'ofItem'> & { readonly all: readonly ItemView[] },
): ScopeAt {
  const versionIds = history.versions
    .flatMap((snapshots) => snapshots.at(-1)?.value ?? [])
    .filter(({ id, name }) => versions.includes(name) || versions.includes(id))
    .map(({ id }) => id);
  const parts = [
    ...versionIds.map(ofVersion),
    ...items.flatMap((key) => itemsByKey.get(key) ?? []).map(ofItem),
    ...(labels.length > 0 ? [labelled(all, labels)] : []),
  ];
  return (at) => [...new Set(parts.flatMap((scopeAt) => scopeAt(at)))];
}

/** Items while they have one of the labels; where no history of labels is kept, those of the newest pull stand for all times. */
function labelled(all: readonly ItemView[], labels: readonly string[]): ScopeAt {
  const isWanted = (own: readonly string[]) => own.some((label) => labels.includes(label));
  const candidates = all.flatMap((item) => {
    const steps = item.past.labels;
    return steps.some(({ value }) => isWanted(value)) ? [{ item, steps }] : [];
  });
  const isLabelledAt = (steps: ItemView['past']['labels'], at: Instant) =>
    steps.length === 1 || isWanted(valueAt(steps, at));
  return (at) => candidates.flatMap(({ item, steps }) => (existsAt(item, at) && isLabelledAt(steps, at) ? [item] : []));
}
