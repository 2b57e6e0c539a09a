import { createFinding } from '../create-finding.ts';
import { signsOfSprint } from '../sprint-signs.ts';
import type { Rule } from '../rule.ts';

/** A running sprint of which, at even odds, too small a share will be done by its end (metrics.md 4.4). */
export const findSprintAtRisk: Rule = ({ view, metrics, thresholds }) =>
  metrics.sprints.flatMap((sprint) => {
    const { totals, outlook, endAt } = sprint;
    if (sprint.state !== 'active' || !totals || !outlook || endAt === null || sprint.grade === 'D') return [];
    const open = totals.notCompleted.count;
    const all = open + totals.completed.count;
    const likely = totals.completed.count + Math.min(open, outlook.doneAtP50);
    if (all === 0 || likely / all >= thresholds.sprints.likelyShare) return [];
    return createFinding({
      rule: 'SPRINT_AT_RISK',
      severity: 'medium',
      subject: sprint.id,
      facts: {
        sprint: sprint.name,
        endOn: view.calendar.zone.dayAt(endAt),
        items: all,
        done: totals.completed.count,
        open,
        likely,
        surely: totals.completed.count + Math.min(open, outlook.doneAtP85),
      },
      reasons: signsOfSprint(view, sprint),
      evidence: Object.keys(sprint.classes).filter((key) => sprint.classes[key] === 'not-completed'),
    });
  });
