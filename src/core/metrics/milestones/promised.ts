import type { Milestone } from './milestones.ts';
import type { Slip } from './slip.ts';
import { measureSlip } from './slip.ts';
import type { ProjectView } from '../../view/view.ts';

/** A milestone and what became of its date. */
export interface Promised {
  readonly milestone: Milestone;
  readonly slip: Slip;
}

/** Each milestone with its ledger, in the same order. */
export function promisesOf(view: ProjectView, milestones: readonly Milestone[]): readonly Promised[] {
  return milestones.map((milestone) => ({ milestone, slip: slipOf(view, milestone) }));
}

/** The ledger; without a known first promise there is nothing to slip from, and only the date in force is left. */
function slipOf(
  view: ProjectView,
  { dates: history, commitments, startOn, finishedOn, isBaselineKnown }: Milestone,
): Slip {
  const slip = measureSlip({ history, commitments, startOn, finishedOn, asOf: view.asOf }, view.calendar);
  if (isBaselineKnown) return slip;
  return {
    ...slip,
    committedOn: null,
    committedAt: null,
    slipCommitted: null,
    slipLast: null,
    replanGloss: null,
    moves: [],
    churn: 0,
    volatility: null,
    relativeSlip: null,
    replans: 0,
    flags: slip.flags.filter((flag) => flag === 'overdue' || (flag === 'undated' && history.length > 0)),
  };
}
