import type { SprintFigures } from '../metrics/sprint-figures.ts';
import type { ProjectView } from '../view/view.ts';

/** Reason codes of a sprint (metrics.md 4.4). */
export const sprintSigns = ['LATE_ADDITIONS', 'WIP_HIGH', 'BURN_FLAT', 'SCOPE_CHURN'] as const;
export type SprintSign = (typeof sprintSigns)[number];

/** Items in progress for each person, above which a team juggles. */
const mostInProgress = 1.5;
const flatWorkingDays = 3;
const churnShare = 0.2;

/**
 * What speaks for a running sprint being missed (metrics.md 4.4): items added in the last fifth of its time, more than
 * 1.5 items in progress for each person in it, nothing completed for three working days, a scope that changed by more
 * than a fifth. Signs, not proofs: they are told to who asks why. In the order of the codes.
 */
export function signsOfSprint(
  view: ProjectView,
  { classes, totals, detail, activatedAt }: SprintFigures,
): SprintSign[] {
  const items = Object.keys(classes)
    .filter((key) => classes[key] === 'completed' || classes[key] === 'not-completed')
    .flatMap((key) => view.itemsByKey.get(key) ?? []);
  const people = new Set(items.flatMap(({ assignee }) => assignee ?? []));
  const inProgress = items.filter(({ isDone, status }) => !isDone && status.phase === 'started');
  const lastDoneAt = Math.max(
    activatedAt ?? -Infinity,
    ...items.flatMap(({ isDone, doneAt }) => (isDone ? (doneAt ?? []) : [])),
  );
  const { calendar, today } = view;
  const holds: Readonly<Record<SprintSign, boolean>> = {
    LATE_ADDITIONS: (detail?.lateAdditions ?? 0) > 0,
    WIP_HIGH: people.size > 0 && inProgress.length > mostInProgress * people.size,
    BURN_FLAT:
      Number.isFinite(lastDoneAt) && calendar.distance(calendar.zone.dayAt(lastDoneAt), today) >= flatWorkingDays,
    SCOPE_CHURN: (totals?.scopeChange.count ?? 0) > churnShare,
  };
  return sprintSigns.filter((sign) => holds[sign]);
}
