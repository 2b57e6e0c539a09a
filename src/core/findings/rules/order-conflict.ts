import { planConflicts } from '../../dependencies/order-conflicts.ts';
import type { ConflictKind, PlanConflict } from '../../dependencies/order-conflicts.ts';
import type { ProjectView } from '../../view/view.ts';
import { createFinding } from '../create-finding.ts';
import type { Severity } from '../finding.ts';
import { orderOfWork } from '../order-of-work.ts';
import type { Rule } from '../rule.ts';

/** What `BLOCKED` says already: an item in progress that waits. */
const toldElsewhere: readonly ConflictKind[] = ['STARTED_BEFORE_BLOCKER'];
/** A plan for so soon is no plan that mends itself. */
const soonWorkingDays = 10;

/** Own items planned before, or without regard to, what they wait for (metrics.md 7.3). The heaviest conflict of each. */
export const findOrderConflict: Rule = (input) => {
  const { view } = input;
  const told = new Set<string>();
  return planConflicts(orderOfWork(input), view.calendar, view.today)
    .filter(({ kind, blocked }) => !toldElsewhere.includes(kind) && view.itemsByKey.has(blocked.id))
    .filter(({ blocked }) => !told.has(blocked.id) && told.add(blocked.id))
    .map((conflict) => {
      const { kind, blocker, blocked, gap } = conflict;
      return createFinding({
        rule: 'ORDER_CONFLICT',
        severity: severityOf(conflict, view),
        subject: blocked.id,
        facts: {
          kind,
          blockedOn: kind === 'STARTS_BEFORE_BLOCKER_ENDS' ? blocked.startOn : blocked.finishOn,
          blockerOn: blocker.finishOn,
          gapWorkingDays: gap,
          by: [blocker.id],
        },
        evidence: [blocked.id],
      });
    });
};

function severityOf({ kind, blocked }: PlanConflict, { calendar, today }: ProjectView): Severity {
  if (kind === 'STALE_BLOCK' || kind === 'BLOCKER_UNPLANNED') return 'low';
  const on = blocked.startOn ?? blocked.finishOn;
  return on !== null && calendar.distance(today, on) <= soonWorkingDays ? 'high' : 'medium';
}
