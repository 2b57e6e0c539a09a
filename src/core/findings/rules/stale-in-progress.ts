import { createFinding } from '../create-finding.ts';
import { workInProgress } from '../open-work.ts';
import type { Rule } from '../rule.ts';

/** In progress without any change for some working days (metrics.md 7.5 H02). */
export const findStaleInProgress: Rule = ({ view, thresholds }) =>
  workInProgress(view)
    .filter((item) => item.isComplete)
    .map((item) => {
      const activeOn = view.calendar.zone.dayAt(item.activeAt);
      return { item, activeOn, workingDays: view.calendar.distance(activeOn, view.today) };
    })
    .filter(({ workingDays }) => workingDays >= thresholds.items.staleWorkingDays)
    .sort((a, b) => b.workingDays - a.workingDays)
    .map(({ item, activeOn, workingDays }) =>
      createFinding({
        rule: 'STALE_IN_PROGRESS',
        severity: 'medium',
        subject: item.key,
        facts: { workingDays, activeOn },
        evidence: [item.key],
      }),
    );
