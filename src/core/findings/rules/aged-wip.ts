import { createFinding } from '../create-finding.ts';
import { workInProgress } from '../open-work.ts';
import type { Rule } from '../rule.ts';
import { dayNumber } from '../../time/day.ts';

/**
 * In progress for longer than 85 % of the finished items took (metrics.md 2.2). Age in calendar days with both ends, as
 * the cycle time. Silent when P85 has too small a sample or grade D.
 */
export const findAgedWip: Rule = ({ view, metrics, thresholds }) => {
  const { value, grade, n } = metrics.figures.cycleTimeDays;
  if (!value || grade === 'D' || n < thresholds.items.agedSample) return [];
  const today = dayNumber(view.today);
  return workInProgress(view)
    .map((item) => ({ item, ageDays: today - dayNumber(view.calendar.zone.dayAt(item.startedAt)) + 1 }))
    .filter(({ ageDays }) => ageDays >= Math.max(2, value.p85))
    .sort((a, b) => b.ageDays - a.ageDays)
    .map(({ item, ageDays }) =>
      createFinding({
        rule: 'AGED_WIP',
        severity: ageDays >= value.p85 * thresholds.items.agedHighFactor ? 'high' : 'medium',
        subject: item.key,
        facts: { ageDays, p85Days: value.p85, status: item.status.name },
        evidence: [item.key],
      }),
    );
};
