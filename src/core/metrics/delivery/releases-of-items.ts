import type { Deployment } from '../../model/delivery.ts';
import type { ItemKey } from '../../model/ids.ts';
import type { ProjectView } from '../../view/view.ts';
import type { Shipped } from './shipped-changes.ts';

/** How far the changes that name an item have come. */
export interface ReleaseOfItem {
  /** The newest deployment that brought one of them; null while none has. */
  readonly deployment: Deployment | null;
  /** Whether one of them has not reached the users yet. */
  readonly isWaiting: boolean;
}

/** By the key of then, for the items of the project that changes name. */
export function releasesOfItems(
  view: Pick<ProjectView, 'itemsByKey'>,
  { changes, waiting }: Pick<Shipped, 'changes' | 'waiting'>,
): ReadonlyMap<ItemKey, ReleaseOfItem> {
  const releases = new Map<ItemKey, ReleaseOfItem>();
  const nothing: ReleaseOfItem = { deployment: null, isWaiting: false };
  const tell = (keys: readonly ItemKey[], parts: Partial<ReleaseOfItem>) => {
    for (const named of keys) {
      const key = view.itemsByKey.get(named)?.key;
      if (key !== undefined) releases.set(key, { ...(releases.get(key) ?? nothing), ...parts });
    }
  };
  // In order of the deployment: the last one told is the newest.
  for (const { change, deployment } of changes) tell(change.keys, { deployment });
  for (const { keys } of waiting) tell(keys, { isWaiting: true });
  return releases;
}
