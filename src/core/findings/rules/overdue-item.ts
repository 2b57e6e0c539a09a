import { createFinding } from '../create-finding.ts';
import { openWork } from '../open-work.ts';
import type { Rule } from '../rule.ts';

/** Its due date has passed and it is still open (metrics.md 7.5 H03). */
export const findOverdueItem: Rule = ({ view }) =>
  openWork(view)
    .flatMap((item) => (item.dueOn !== null && item.dueOn < view.today ? [{ item, dueOn: item.dueOn }] : []))
    .sort((a, b) => a.dueOn.localeCompare(b.dueOn))
    .map(({ item, dueOn }) =>
      createFinding({
        rule: 'OVERDUE_ITEM',
        severity: 'high',
        subject: item.key,
        baseline: dueOn,
        facts: { dueOn, workingDays: view.calendar.distance(dueOn, view.today) },
        evidence: [item.key],
      }),
    );
