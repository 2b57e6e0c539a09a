import type { ProjectOutline } from '../model/project.ts';
import type { StatusCategory } from '../model/work-item.ts';
import type { Phase, StatusValue } from './view.ts';

/** Reads a status id and the name that it had at the time into what it means for this project. */
export type StatusReader = (id: string | null, name: string | null) => StatusValue;

const phaseOfCategory: Readonly<Record<StatusCategory, Phase>> = {
  new: 'not-started',
  indeterminate: 'started',
  done: 'done',
  unknown: 'unmapped',
};

function fold(name: string): string {
  return name.trim().toLowerCase();
}

/**
 * What statuses mean in one project (metrics.md 2.1). The config's own map wins (by name or id), then the category of
 * the id, then that of the name if all statuses of this name agree: a status that was deleted and made again has a new
 * id. A blocked status without another mapping counts as started. Anything else is `unmapped`: to guess here would
 * put items into cycle times that they do not belong to.
 */
export function createStatusReader(
  history: Pick<ProjectOutline, 'settings' | 'statuses' | 'itemStatuses'>,
): StatusReader {
  const { statuses: mapped } = history.settings;
  const byHand = new Map<string, Phase>();
  for (const name of mapped.notStarted) byHand.set(fold(name), 'not-started');
  for (const name of mapped.started) byHand.set(fold(name), 'started');
  for (const name of mapped.done) byHand.set(fold(name), 'done');
  const blocked = new Set(mapped.blocked.map(fold));

  const byId = new Map<string, { name: string; phase: Phase }>();
  const byName = new Map<string, Phase>();
  const add = (id: string, name: string, category: StatusCategory) => {
    const seen = byId.get(id);
    if (seen && seen.phase !== 'unmapped') return;
    const phase = phaseOfCategory[category];
    byId.set(id, { name, phase });
    const key = fold(name);
    byName.set(key, (byName.get(key) ?? phase) === phase ? phase : 'unmapped');
  };
  for (const { id, name, category } of history.statuses) add(id, name, category);
  for (const { id, name, category } of history.itemStatuses) add(id, name, category);

  const known = new Map<string, StatusValue>();
  return (id, text) => {
    const cacheKey = `${id ?? ''}\n${text ?? ''}`;
    const before = known.get(cacheKey);
    if (before) return before;
    const status = id === null ? undefined : byId.get(id);
    const name = text ?? status?.name ?? id;
    const names = [id, name, status?.name].filter((value) => value !== null && value !== undefined).map(fold);
    const hand = names.map((key) => byHand.get(key)).find((phase) => phase !== undefined);
    const isBlocked = names.some((key) => blocked.has(key));
    const category = status?.phase ?? (name === null ? undefined : byName.get(fold(name)));
    const guess = isBlocked && (category === undefined || category === 'unmapped') ? 'started' : category;
    const value: StatusValue = { id, name, phase: hand ?? guess ?? 'unmapped', isBlocked };
    known.set(cacheKey, value);
    return value;
  };
}
