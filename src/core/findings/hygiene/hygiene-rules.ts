import type { ProjectView } from '../../view/view.ts';
import { checkDueOrder, checkEpicTargets } from './dates.ts';
import { checkDeployments, checkIncidentCauses, checkUnlinkedChanges } from './delivery.ts';
import { checkBackwardMoves, checkDescriptions, checkNeverStarted, checkPriorities } from './discipline.ts';
import { checkSprintEstimates, checkStartedEstimates } from './estimates.ts';
import type { HygieneId, HygieneResult, HygieneRule } from './hygiene-rule.ts';
import {
  checkBulkClose,
  checkCarriedOn,
  checkOverdue,
  checkStale,
  checkUnassigned,
  checkVersions,
} from './known-findings.ts';
import {
  withoutDueDates,
  withoutEpics,
  withoutHistory,
  withoutLinks,
  withoutParents,
  withoutRunningSprint,
} from './missing.ts';
import { checkBuffers, checkMovedPromises, checkRebaselines } from './promises.ts';
import { checkDuplicates, checkLateAdditions, checkParents, checkSeveralSprints } from './structure.ts';
import { checkBlockedReason, checkCycles, checkOrder, checkStaleBlocks } from './waiting.ts';
import { checkWorklogs } from './worklogs.ts';

/** A rule that is asked only where it can see something. */
function unless(
  missing: (view: ProjectView) => HygieneResult | null,
  check: HygieneRule['check'],
): HygieneRule['check'] {
  return (input) => missing(input.view) ?? check(input);
}

/**
 * The rules of metrics.md 7.5, each with who can mend it. How much one weighs (3 high, 2 medium, 1 low, 0 off) and its
 * limits are thresholds. Their words are `partials/hygiene/<id>.hbs`.
 */
export const hygieneRules: Readonly<Record<HygieneId, HygieneRule>> = {
  H01: { owner: 'teamLead', check: checkUnassigned },
  H02: { owner: 'teamLead', check: checkStale },
  H03: { owner: 'teamLead', check: checkOverdue },
  H04: { owner: 'teamLead', check: unless(withoutHistory, checkStartedEstimates) },
  H05: { owner: 'teamLead', check: unless(withoutRunningSprint, checkSprintEstimates) },
  H06: { owner: 'productOwner', check: unless(withoutEpics, checkEpicTargets) },
  H07: { owner: 'projectManager', check: unless(withoutDueDates, checkDueOrder) },
  H08: { owner: 'releaseManager', check: checkVersions },
  H09: { owner: 'teamLead', check: unless(withoutParents, checkParents) },
  H10: { owner: 'teamLead', check: checkBlockedReason },
  H11: { owner: 'teamLead', check: unless(withoutLinks, checkStaleBlocks) },
  H12: { owner: 'projectManager', check: unless(withoutLinks, checkCycles) },
  H13: { owner: 'projectManager', check: unless(withoutLinks, checkOrder) },
  H14: { owner: 'productOwner', check: checkCarriedOn },
  H15: { owner: 'productOwner', check: unless(withoutRunningSprint, checkLateAdditions) },
  H16: { owner: 'teamLead', check: checkNeverStarted },
  H17: { owner: 'teamLead', check: checkBackwardMoves },
  H18: { owner: 'teamLead', check: checkWorklogs },
  H19: { owner: 'teamLead', check: checkUnlinkedChanges },
  H20: { owner: 'releaseManager', check: checkDeployments },
  H21: { owner: 'teamLead', check: checkIncidentCauses },
  H22: { owner: 'projectManager', check: checkMovedPromises },
  H23: { owner: 'projectManager', check: checkRebaselines },
  H24: { owner: 'productOwner', check: checkPriorities },
  H25: { owner: 'teamLead', check: unless(withoutRunningSprint, checkSeveralSprints) },
  H26: { owner: 'productOwner', check: checkDescriptions },
  H27: { owner: 'productOwner', check: checkDuplicates },
  H28: { owner: 'teamLead', isInfo: true, check: checkBulkClose },
  H29: { owner: 'projectManager', check: checkBuffers },
};
