import type { ItemKey } from '../../model/ids.ts';
import type { Instant } from '../../time/instant.ts';
import { existsAt, isDoneAt } from '../../view/item-clock.ts';
import { valueAt } from '../../view/timeline.ts';
import type { ItemView, ProjectView } from '../../view/view.ts';

const prefix = 'blocked-by:';

/** What some items waited for at an instant, and what that waited for in turn. */
export interface OpenBlockers {
  /** Open items of the project itself that are not among those that ask. */
  readonly own: readonly ItemView[];
  /** Open items of other projects, or of which nothing is known: nobody here can say when they are done. */
  readonly elsewhere: readonly ItemKey[];
}

/**
 * The open items that these wait for at an instant, directly or through others (metrics.md 3.4); of other projects the
 * keys only.
 */
export function openBlockers(view: ProjectView, waiting: readonly ItemView[], at: Instant): OpenBlockers {
  const seen = new Set<ItemView>(waiting);
  const queue = [...waiting];
  const own: ItemView[] = [];
  const elsewhere = new Set<ItemKey>();
  for (let item = queue.pop(); item !== undefined; item = queue.pop()) {
    for (const link of valueAt(item.past.links, at)) {
      if (!link.startsWith(prefix)) continue;
      const key = link.slice(prefix.length);
      const blocker = view.itemsByKey.get(key);
      if (!blocker) {
        const linked = view.linkedByKey.get(key);
        if (!linked || !isDoneAt(linked, at)) elsewhere.add(linked?.key ?? key);
        continue;
      }
      if (seen.has(blocker) || !existsAt(blocker, at) || isDoneAt(blocker, at)) continue;
      seen.add(blocker);
      queue.push(blocker);
      if (!blocker.type.isSubtask) own.push(blocker);
    }
  }
  return { own, elsewhere: [...elsewhere] };
}
