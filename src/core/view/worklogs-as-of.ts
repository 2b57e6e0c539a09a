import type { ItemKey } from '../model/ids.ts';
import type { WorklogVersion } from '../model/worklog.ts';
import type { Instant } from '../time/instant.ts';
import type { ItemView, WorklogView } from './view.ts';

/**
 * The time that had been logged as it was known at as-of, in order of the work: edits, deletions and bookings that were
 * seen later are not in it. Time counts where its item was in the project when it was entered: money that was spent stays
 * spent when the item leaves, and what was spent elsewhere is not ours. Null where nobody reads worklogs.
 */
export function worklogsAsOf(
  versions: readonly WorklogVersion[] | undefined,
  items: ReadonlyMap<ItemKey, ItemView>,
  asOf: Instant,
): readonly WorklogView[] | null {
  if (!versions) return null;
  const views: WorklogView[] = [];
  for (const [index, version] of versions.entries()) {
    if (version.knownAt > asOf || version.isDeleted) continue;
    const next = versions[index + 1];
    const isReplaced = next?.id === version.id && next.source === version.source && next.knownAt <= asOf;
    const item = items.get(version.itemKey);
    if (isReplaced || !item || !isThere(item, version.createdAt)) continue;
    const { by, createdAt, startedAt, seconds } = version;
    views.push({ item, by, createdAt, startedAt, seconds });
  }
  return views.sort((a, b) => a.startedAt - b.startedAt || a.createdAt - b.createdAt);
}

function isThere({ goneAt, absences }: ItemView, at: Instant): boolean {
  if (goneAt !== null && at >= goneAt) return false;
  return !absences.some(({ from, until }) => at >= (from ?? -Infinity) && at < until);
}
