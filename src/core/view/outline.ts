import type { ProjectHistory, ProjectOutline } from '../model/project.ts';
import type { Status, WorkItem } from '../model/work-item.ts';

const known = new WeakMap<ProjectHistory, ProjectOutline>();

/** A history without its items; the same object each time it is asked for. */
export function outlineOf(history: ProjectHistory): ProjectOutline {
  const before = known.get(history);
  if (before) return before;
  const types = new Map<string, WorkItem['type']>();
  const statuses = new Map<string, Status>();
  for (const { item } of history.items) {
    types.set(item.type.name, item.type);
    const { status } = item;
    if (status) statuses.set(`${status.id}\n${status.name}\n${status.category}`, status);
  }
  const { items: _items, linked: _linked, ...rest } = history;
  const outline = { ...rest, itemTypes: [...types.values()], itemStatuses: [...statuses.values()] };
  known.set(history, outline);
  return outline;
}
