import type { Ripple } from '../../dependencies/ripple.ts';
import { ripplesOf } from '../../dependencies/ripple.ts';
import { createFinding } from '../create-finding.ts';
import type { Finding } from '../finding.ts';
import { orderOfWork } from '../order-of-work.ts';
import type { Rule } from '../rule.ts';

/** From so many working days late on, a ripple is a high finding. */
const highWorkingDays = 5;

/** A date moved since the last report, and one of the project's own cannot be held for it (metrics.md 7.2). */
export const findRipple: Rule = (input) => {
  const { view, previous } = input;
  // Without an earlier report nothing has moved.
  if (previous === null) return [];
  return ripplesOf(orderOfWork(input), view.calendar, view.today).map(rippleFinding);
};

/** One ripple as a finding about the milestone that it pushes. */
export function rippleFinding(ripple: Ripple): Finding {
  const { milestone, cause, causeMilestone, waiting, via, slip, float, late } = ripple;
  return createFinding({
    rule: 'RIPPLE',
    severity: late >= highWorkingDays ? 'high' : 'medium',
    subject: milestone.id.slice(milestone.project.length + 1),
    baseline: milestone.currentOn,
    facts: {
      milestone: milestone.name,
      dueOn: milestone.currentOn,
      causeMilestone: causeMilestone?.name ?? null,
      causeBeforeOn: cause.finishBeforeOn,
      causeOn: cause.finishOn,
      slipWorkingDays: slip,
      floatWorkingDays: float,
      lateWorkingDays: late,
      // How long an item of another project still takes is known there only: here it counts as one day.
      isAtLeast: via !== null && (via.project === null || via.remaining === null),
      by: [cause.id],
      chain: via === null ? [] : [via.id],
    },
    evidence: [waiting.id],
  });
}
