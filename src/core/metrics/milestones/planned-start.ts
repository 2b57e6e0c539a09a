import type { Day } from '../../time/day.ts';
import type { Instant } from '../../time/instant.ts';
import { valueAt } from '../../view/timeline.ts';
import type { ProjectView } from '../../view/view.ts';
import { hasBegun } from './arrivals.ts';
import type { Standing } from './standing.ts';

/**
 * The day before which nothing of a milestone is planned to start (metrics.md 3.4, start delay): the start of the first
 * sprint that an item of it is in, else that of its version. Null when work has begun, when nobody planned a start, and
 * when that day is not to come.
 */
export function plannedStart(view: ProjectView, { milestone, open, size }: Standing, at: Instant): Day | null {
  if (open.length < size || open.some((item) => hasBegun(item, at))) return null;
  const { zone } = view.calendar;
  const starts = new Map(
    view.sprints.flatMap(({ sprint, startedAt }) => {
      const start = startedAt ?? sprint.startAt;
      return start === null ? [] : [[sprint.id, zone.dayAt(start)] as const];
    }),
  );
  let first: Day | null = null;
  for (const item of open)
    for (const id of valueAt(item.past.sprints, at)) {
      const day = starts.get(id);
      if (day !== undefined && (first === null || day < first)) first = day;
    }
  first ??= view.versions.find(({ version }) => version.id === milestone.id)?.version.startOn ?? null;
  return first !== null && first > zone.dayAt(at) ? first : null;
}
