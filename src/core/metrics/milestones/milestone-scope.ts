import type { ItemId, ItemKey, VersionId } from '../../model/ids.ts';
import type { NamedMilestone } from '../../model/project.ts';
import type { Instant } from '../../time/instant.ts';
import { existsAt } from '../../view/item-clock.ts';
import { compareKeys } from '../../view/item-key.ts';
import { valueAt } from '../../view/timeline.ts';
import type { ItemView, ProjectView } from '../../view/view.ts';
import { createMemberships } from './memberships.ts';

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
  const idOf = (key: ItemKey): ItemId | null => view.itemsByKey.get(key)?.id ?? null;
  const all = [...view.counted, ...view.gone].sort((a, b) => compareKeys(a.key, b.key));
  const inVersion = createMemberships<VersionId, readonly VersionId[]>(
    all,
    ({ past }) => past.fixVersions,
    (ids) => ids,
  );
  const below = createMemberships<ItemId, ItemKey | null>(
    all,
    ({ past }) => past.parent,
    (key) => listOf(key === null ? null : idOf(key)),
  );
  /** With `seen`, since links between parents may run in a ring. */
  const collect = (parent: ItemView, at: Instant, seen: Set<ItemView>): void => {
    for (const item of below.at(parent.id, at)) {
      if (seen.has(item)) continue;
      seen.add(item);
      collect(item, at, seen);
    }
  };
  const ofItem = (item: ItemView): ScopeAt => {
    const own = [item];
    const alone = (at: Instant) => (existsAt(item, at) ? own : nobody);
    if (!below.has(item.id)) return alone;
    const orOwn = (found: readonly ItemView[], at: Instant) => (found.length > 0 ? found : alone(at));
    // Most epics hold items with nothing below them: no need to remember what was seen.
    const isFlat = below.ever(item.id).every((child) => child !== item && !below.has(child.id));
    if (isFlat) return (at) => orOwn(below.at(item.id, at), at);
    return (at) => {
      const found = new Set<ItemView>();
      collect(item, at, found);
      found.delete(item);
      return orOwn([...found], at);
    };
  };
  const ofVersion =
    (id: VersionId): ScopeAt =>
    (at) =>
      inVersion.at(id, at);
  return { ofVersion, ofItem, ofConfig: (scope) => scopeOfConfig(view, scope, { ofVersion, ofItem, all }) };
}

function listOf<T>(value: T | null): readonly T[] {
  return value === null ? [] : [value];
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
