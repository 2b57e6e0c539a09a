import { notStarted, valueOfLabel } from '../reading/status-names.ts';
import type { Status, StatusCategory } from '../../core/model/work-item.ts';
import { anyGlob } from '../reading/globs.ts';
import type { Names } from '../pulling/names.ts';

/** How the state of an issue and its labels make its status. */
export interface Statuses {
  /** The label that is the status of an open issue; null when none of them is one. */
  labelOf(labels: readonly string[]): string | null;
  of(state: 'opened' | 'closed', labels: readonly string[]): Status;
}

/**
 * `patterns` are labels or globs from left to right. Of several that an issue bears the one furthest to the right counts,
 * whichever was put on last, so that the order in which GitLab lists labels changes nothing.
 */
export function createStatuses(names: Names, patterns: readonly string[]): Statuses {
  const tests = patterns.map((pattern) => anyGlob([pattern]));
  const rank = (label: string) => tests.findLastIndex((test) => test(label));
  const labelOf = (labels: readonly string[]) =>
    labels
      .filter((label) => rank(label) >= 0)
      .reduce<string | null>(
        (best, label) =>
          best === null || rank(label) > rank(best) || (rank(label) === rank(best) && label > best) ? label : best,
        null,
      );
  const known = new Map<string, Status>();
  const make = (name: string, title: string, category: StatusCategory): Status => {
    const status = known.get(name) ?? { id: names.status(name), name: title, category };
    known.set(name, status);
    return status;
  };
  return {
    labelOf,
    of(state, labels) {
      if (state === 'closed') return make('closed', 'Closed', 'done');
      const label = labelOf(labels);
      if (label === null) return make('opened', 'Open', 'new');
      const title = valueOfLabel(label);
      return make(`label:${label}`, title, notStarted.test(title) ? 'new' : 'indeterminate');
    },
  };
}
