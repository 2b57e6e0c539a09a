import type { ItemKey } from '../../model/ids.ts';
import type { ProjectView } from '../../view/view.ts';

/** Items that a commit or a pull request of any service names, by the key of then; open pull requests included. */
export function namedItems({
  services,
  itemsByKey,
}: Pick<ProjectView, 'services' | 'itemsByKey'>): ReadonlySet<ItemKey> {
  const all = services.flatMap(({ commits, pullRequests = [] }) => [...commits, ...pullRequests]);
  return new Set(all.flatMap(({ keys }) => keys.flatMap((key) => itemsByKey.get(key)?.key ?? [])));
}
