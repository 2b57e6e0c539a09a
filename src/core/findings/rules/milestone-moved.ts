import { createFinding } from '../create-finding.ts';
import type { Rule } from '../rule.ts';

/** A promised date that was changed since the last report (metrics.md 1.1); high when late in the day or after it was missed. */
export const findMilestoneMoved: Rule = ({ metrics, previous, thresholds }) => {
  if (!previous) return [];
  return metrics.milestones.flatMap((milestone) =>
    milestone.moves
      .filter(({ at }) => at > previous.asOf)
      .map((move) => {
        const notice = move.noticeWorkingDays;
        const isLastMinute = notice !== null && notice < thresholds.milestones.lastMinuteWorkingDays;
        const isEarlier = move.workingDays !== null && move.workingDays < 0;
        return createFinding({
          rule: 'MILESTONE_MOVED',
          severity: isEarlier ? 'info' : isLastMinute ? 'high' : 'medium',
          subject: milestone.id,
          baseline: String(move.at),
          facts: {
            milestone: milestone.name,
            movedAt: move.at,
            fromOn: move.from,
            toOn: move.to,
            workingDays: move.workingDays,
            noticeWorkingDays: notice,
            isLastMinute,
            isAfterMiss: notice !== null && notice < 0,
            replans: milestone.replans,
            committedOn: milestone.committedOn,
          },
          evidence: milestone.key === null ? [] : [milestone.key],
        });
      }),
  );
};
