import type { Status, StatusCategory } from '../../core/model/work-item.ts';
import { ownValue } from '../reading/values.ts';

/** How the states of all teams are told; a state that is deleted leaves its id alone. */
export interface Statuses {
  /** `fallback` is the state as an issue itself bears it, for one that is younger than the list. */
  of(id: string, fallback?: unknown): Status;
  /** What a state says of how an issue ended; null for one in which work is open. */
  resolutionOf(id: string, fallback?: unknown): string | null;
}

const categories: Readonly<Record<string, StatusCategory>> = {
  triage: 'new',
  backlog: 'new',
  unstarted: 'new',
  started: 'indeterminate',
  completed: 'done',
  canceled: 'done',
  duplicate: 'done',
};

export function createStatuses(states: readonly unknown[]): Statuses {
  const known = new Map(states.map((state) => [ownValue(state, 'id'), state]));
  const find = (id: string, fallback: unknown) => known.get(id) ?? fallback;
  return {
    of(id, fallback) {
      const state = find(id, fallback);
      const name = ownValue(state, 'name');
      return { id, name: typeof name === 'string' ? name : id, category: categoryOf(state) };
    },
    resolutionOf(id, fallback) {
      const state = find(id, fallback);
      const type = ownValue(state, 'type');
      if (type === 'completed') return 'Done';
      // Older workspaces have a cancelled state of that name, newer ones a type of their own.
      if (type === 'duplicate' || (type === 'canceled' && /duplicate/i.test(String(ownValue(state, 'name')))))
        return 'Duplicate';
      return type === 'canceled' ? "Won't Do" : null;
    },
  };
}

export function categoryOf(state: unknown): StatusCategory {
  const type = ownValue(state, 'type');
  return typeof type === 'string' && Object.hasOwn(categories, type) ? categories[type]! : 'unknown';
}
