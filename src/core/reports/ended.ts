import type { MilestoneFigures } from '../metrics/milestone-figures.ts';
import type { DigestInput } from './digest-input.ts';
import { milestoneLine } from './milestone-line.ts';
import type { ProjectDigest } from './project-report.ts';
import type { MilestoneLine } from './milestone-line.ts';
import { sprintLine } from './sprint-line.ts';

/** Milestones that were finished in the period, or before it and that nobody was told of, oldest first. */
export function releasedIn(
  milestones: readonly MilestoneFigures[],
  { view, metrics, previous, since }: DigestInput,
): readonly MilestoneLine[] {
  const sinceOn = view.calendar.zone.dayAt(since);
  const told = new Set(previous?.metrics.milestones.filter(({ state }) => state === 'finished').map(({ id }) => id));
  return milestones
    .filter(({ id, finishedOn }) => finishedOn !== null && finishedOn >= sinceOn && !told.has(id))
    .sort((a, b) => a.finishedOn!.localeCompare(b.finishedOn!) || a.id.localeCompare(b.id))
    .map((milestone) => milestoneLine(milestone, metrics, view));
}

/** Sprints that were closed in the period and had something in them; what they kept of it is not said on grade D. */
export function closedSprints({ view, metrics, since, thresholds }: DigestInput): ProjectDigest['closedSprints'] {
  return metrics.sprints
    .filter(({ state, completedAt }) => state === 'closed' && completedAt !== null && completedAt > since)
    .flatMap((sprint) => {
      const line = sprintLine(sprint, view.calendar.zone);
      return line && line.done + line.open > 0
        ? [{ ...line, sayDo: sprint.grade === 'D' ? null : sprint.totals!.sayDo.count }]
        : [];
    })
    .slice(-thresholds.digest.next);
}
