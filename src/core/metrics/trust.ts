import type { Pull } from '../model/project.ts';
import type { Instant } from '../time/instant.ts';
import type { ProjectView } from '../view/view.ts';

/** How far the figures can be trusted (metrics.md 0.2; reliability.md 3.5). */
export interface Trust {
  /** End of the newest pull that ended by as-of; null when none did. */
  readonly dataAt: Instant | null;
  readonly items: number;
  readonly complete: boolean;
  /** Names of statuses that are neither started nor done for want of a known category. */
  readonly unmappedStatuses: readonly string[];
  /** Items whose history is missing or cut. */
  readonly truncatedHistories: number;
  readonly setAside: number;
  readonly failedSources: readonly string[];
  /** Facts that came to be known after as-of with an earlier time, in the order of their time. */
  readonly lateFacts: number;
}

/**
 * How far the figures of a view can be trusted (metrics.md 0.2). Counts speak of every item that was there, sub-tasks
 * included, since a gap in any of them is a gap in the data. What the first pull set aside is missing in every view of
 * the past; what a later one set aside, only from then on.
 */
export function trustOf(view: ProjectView): Trust {
  const { history, asOf, items } = view;
  const ended = [...history.pulls, ...(history.deliveryPulls ?? [])].filter(
    ({ endedAt }) => endedAt !== null && endedAt <= asOf,
  );
  const failedSources = failedBy(ended);
  const truncatedHistories = items.filter(({ isComplete }) => !isComplete).length;
  const setAsideUntil = Math.max(asOf, firstEnd(history.pulls));
  const setAside = history.setAside.filter(({ at }) => at <= setAsideUntil).length;
  return {
    dataAt: view.dataAt,
    items: items.length,
    complete: setAside === 0 && failedSources.length === 0 && truncatedHistories === 0,
    unmappedStatuses: view.unmappedStatuses,
    truncatedHistories,
    setAside,
    failedSources,
    lateFacts: view.lateFacts,
  };
}

type EndedPull = Pull & { readonly endedAt: Instant };

function isGood(pull: Pull): pull is EndedPull {
  return pull.outcome === 'done' && pull.endedAt !== null;
}

function firstEnd(pulls: readonly Pull[]): Instant {
  const ends = pulls.filter(isGood).map(({ endedAt }) => endedAt);
  return ends.length > 0 ? Math.min(...ends) : Infinity;
}

/** Sources whose last pull of then failed, by name. An interrupted one goes on by itself and is no failure. */
function failedBy(ended: readonly Pull[]): readonly string[] {
  const last = new Map<string, Pull>();
  for (const pull of ended) {
    if (pull.outcome !== 'done' && pull.outcome !== 'failed') continue;
    const known = last.get(pull.source);
    if (!known || (known.endedAt ?? 0) <= (pull.endedAt ?? 0)) last.set(pull.source, pull);
  }
  return [...last.values()]
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ source }) => source)
    .sort();
}
