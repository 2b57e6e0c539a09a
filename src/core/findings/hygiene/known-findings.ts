import type { Rule, RuleInput } from '../rule.ts';
import { findBulkClose } from '../rules/bulk-close.ts';
import { findMilestoneOverdue } from '../rules/milestone-overdue.ts';
import { findOverdueItem } from '../rules/overdue-item.ts';
import { findSerialCarryover } from '../rules/serial-carryover.ts';
import { findStaleInProgress } from '../rules/stale-in-progress.ts';
import { findUnassignedInProgress } from '../rules/unassigned-in-progress.ts';
import type { ProjectView } from '../../view/view.ts';
import { checked, notApplicable, notCollected, ofOther } from './hygiene-rule.ts';
import type { HygieneResult } from './hygiene-rule.ts';
import { withoutDueDates, withoutHistory, withoutSprints } from './missing.ts';

/**
 * A rule of the digest that is one of hygiene, too: asked, not written twice. `missing` says why it cannot see anything,
 * so that its silence is not taken for order.
 */
function asked(rule: Rule, missing: (view: ProjectView) => HygieneResult | null): (input: RuleInput) => HygieneResult {
  return (input) =>
    missing(input.view) ??
    checked(rule(input).map(({ subject, evidence }) => ({ subject, items: [subject], evidence })));
}

/** H01: in progress without assignee, for a working day. */
export const checkUnassigned = asked(findUnassignedInProgress, withoutHistory);
/** H02: in progress without any update for five working days. */
export const checkStale = asked(findStaleInProgress, withoutHistory);
/** H03: due date passed and still open. */
export const checkOverdue = asked(findOverdueItem, withoutDueDates);
/** H14: in three sprints in a row. */
export const checkCarriedOn = asked(findSerialCarryover, (view) => withoutSprints(view) ?? withoutHistory(view));

/** H08: a version past its date and not released, or released with open items. */
export function checkVersions(input: RuleInput): HygieneResult {
  const versions = new Map(
    input.metrics.milestones.filter(({ kind }) => kind === 'version').map((version) => [version.id, version]),
  );
  if (![...versions.values()].some(({ currentOn, finishedOn }) => currentOn !== null || finishedOn !== null))
    return notApplicable('noVersions');
  const late = findMilestoneOverdue(input).flatMap(({ subject }) => versions.get(subject) ?? []);
  const leftOpen = [...versions.values()].filter(({ state, openItems }) => state === 'finished' && openItems > 0);
  const newestFirst = [...late, ...leftOpen].sort((a, b) =>
    (b.finishedOn ?? b.currentOn ?? '').localeCompare(a.finishedOn ?? a.currentOn ?? ''),
  );
  return checked(newestFirst.map(({ id, name, openKeys }) => ofOther(id, openKeys, name)));
}

/** H28: one day that closed many weeks' items. It protects the forecast; nobody needs to mend anything. */
export function checkBulkClose(input: RuleInput): HygieneResult {
  if (!input.previous) return notCollected('noEarlierReport');
  return checked(findBulkClose(input).map(({ fingerprint, evidence }) => ofOther(fingerprint, evidence)));
}
