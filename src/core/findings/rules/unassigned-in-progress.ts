import { createFinding } from '../create-finding.ts';
import { workInProgress } from '../open-work.ts';
import type { Rule } from '../rule.ts';

/** In progress and nobody's (metrics.md 7.5 H01); the days count from the entry into its present status. */
export const findUnassignedInProgress: Rule = ({ view, thresholds }) =>
  workInProgress(view)
    .filter((item) => item.assignee === null)
    .map((item) => ({
      item,
      workingDays: view.calendar.distance(view.calendar.zone.dayAt(item.statusSince), view.today),
    }))
    .filter(({ workingDays }) => workingDays >= thresholds.items.unassignedGraceWorkingDays)
    .sort((a, b) => b.workingDays - a.workingDays)
    .map(({ item, workingDays }) =>
      createFinding({
        rule: 'UNASSIGNED_IN_PROGRESS',
        severity: 'high',
        subject: item.key,
        facts: { workingDays },
        evidence: [item.key],
      }),
    );
