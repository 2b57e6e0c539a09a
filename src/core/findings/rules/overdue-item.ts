import { createFinding } from '../create-finding.ts';
import { openWork } from '../open-work.ts';
import { leftoverWorkingDays } from '../leftover.ts';
import type { Rule } from '../rule.ts';

/** Its due date has passed and it is still open (metrics.md 7.5 H03); low when that was so long ago that nobody waits. */
export const findOverdueItem: Rule = ({ view }) =>
  openWork(view)
    .flatMap((item) => (item.dueOn !== null && item.dueOn < view.today ? [{ item, dueOn: item.dueOn }] : []))
    .sort((a, b) => a.dueOn.localeCompare(b.dueOn))
    .map(({ item, dueOn }) => ({ item, dueOn, workingDays: view.calendar.distance(dueOn, view.today) }))
    .map(({ item, dueOn, workingDays }) =>
      createFinding({
        rule: 'OVERDUE_ITEM',
        severity: workingDays > leftoverWorkingDays ? 'low' : 'high',
        subject: item.key,
        baseline: dueOn,
        facts: { dueOn, workingDays },
        evidence: [item.key],
      }),
    );
