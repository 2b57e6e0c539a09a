import { createFinding } from '../create-finding.ts';
import type { Rule } from '../rule.ts';

/** Released since the last report while items were open (metrics.md 7.5 H08, second half): where do they go? */
export const findReleasedWithOpenItems: Rule = ({ view, metrics, previous }) => {
  if (!previous) return [];
  const since = view.calendar.zone.dayAt(previous.asOf);
  const told = new Set(previous.milestones.filter(({ state }) => state === 'finished').map(({ id }) => id));
  return metrics.milestones.flatMap((milestone) => {
    const { finishedOn, openItems } = milestone;
    if (milestone.state !== 'finished' || finishedOn === null || told.has(milestone.id)) return [];
    if (finishedOn < since || openItems === 0) return [];
    return createFinding({
      rule: 'RELEASED_WITH_OPEN_ITEMS',
      severity: 'high',
      subject: milestone.id,
      facts: { milestone: milestone.name, finishedOn, openItems },
      evidence: milestone.openKeys,
    });
  });
};
