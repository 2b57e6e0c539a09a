import type { Finding } from '../findings/finding.ts';
import type { MilestoneFigures } from '../metrics/milestone-figures.ts';
import type { DigestInput } from './digest-input.ts';
import { milestoneLine } from './milestone-line.ts';
import type { RunningSprintLine } from './sprint-line.ts';
import type { MilestoneLine } from './milestone-line.ts';
import { runningSprints, sprintLine } from './sprint-line.ts';

/** Milestones whose date is near, but for the one that the digest is about. */
export function nextMilestones(
  told: readonly MilestoneFigures[],
  about: MilestoneFigures | null,
  { view, metrics, thresholds }: DigestInput,
): readonly MilestoneLine[] {
  const until = view.calendar.add(view.today, thresholds.digest.nextWorkingDays);
  return told
    .filter(
      ({ id, state, currentOn }) =>
        id !== about?.id && state === 'open' && currentOn !== null && currentOn >= view.today && currentOn <= until,
    )
    .sort((a, b) => a.currentOn!.localeCompare(b.currentOn!) || a.id.localeCompare(b.id))
    .slice(0, thresholds.digest.next)
    .map((milestone) => milestoneLine(milestone, metrics, view));
}

/** The sprints that run, up to as many as a digest names. */
export function sprintsNow(
  { view, metrics, thresholds }: DigestInput,
  findings: readonly Finding[],
): readonly RunningSprintLine[] {
  const atRisk = new Set(findings.filter(({ rule }) => rule === 'SPRINT_AT_RISK').map(({ subject }) => subject));
  return runningSprints(metrics)
    .slice(0, thresholds.digest.next)
    .flatMap((sprint) => {
      const line = sprintLine(sprint, view.calendar.zone);
      return line ? [{ ...line, isAtRisk: atRisk.has(sprint.id) }] : [];
    });
}
