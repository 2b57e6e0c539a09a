import { createFinding } from '../create-finding.ts';
import type { Rule } from '../rule.ts';

/** Its date has passed and it is not finished (metrics.md 7.5 H08, first half); single items have a rule of their own. */
export const findMilestoneOverdue: Rule = ({ view, metrics }) =>
  metrics.milestones.flatMap((milestone) => {
    const { currentOn } = milestone;
    if (milestone.kind === 'item' || milestone.state !== 'open' || currentOn === null || currentOn >= view.today)
      return [];
    return createFinding({
      rule: 'MILESTONE_OVERDUE',
      severity: 'high',
      subject: milestone.id,
      baseline: currentOn,
      facts: {
        milestone: milestone.name,
        dueOn: currentOn,
        workingDays: view.calendar.distance(currentOn, view.today),
        openItems: milestone.openItems,
      },
      evidence: milestone.openKeys,
    });
  });
