import { openWork, workInProgress } from '../open-work.ts';
import type { RuleInput } from '../rule.ts';
import { dayMs } from '../../time/instant.ts';
import type { ItemView, ProjectView } from '../../view/view.ts';
import { checked, notApplicable, ofItem } from './hygiene-rule.ts';
import type { HygieneResult } from './hygiene-rule.ts';

const recentMs = 180 * dayMs;
/** Fewer finished items do not show a habit. */
const leastItems = 10;

/** Does the team estimate? Else a missing estimate is its way of working, and no breach. */
function estimates({ counted, asOf }: ProjectView, leastShare: number): boolean {
  const recent = counted.filter(
    ({ doneAt, isDelivered }) => isDelivered && doneAt !== null && doneAt > asOf - recentMs,
  );
  return recent.length >= leastItems && recent.filter(hasEstimate).length / recent.length >= leastShare;
}

function hasEstimate({ points }: ItemView): boolean {
  return points !== null && points > 0;
}

/** H04: started without an estimate, in teams that estimate. */
export function checkStartedEstimates({ view, thresholds }: RuleInput): HygieneResult {
  if (!estimates(view, thresholds.hygiene.estimatingShare)) return notApplicable('noEstimates');
  return checked(
    workInProgress(view)
      .filter((item) => !hasEstimate(item))
      .map(ofItem),
  );
}

/** H05: in a running sprint without an estimate, in teams that estimate. */
export function checkSprintEstimates({ view, thresholds }: RuleInput): HygieneResult {
  const running = new Set(view.sprints.flatMap(({ sprint, state }) => (state === 'active' ? [sprint.id] : [])));
  if (!estimates(view, thresholds.hygiene.estimatingShare)) return notApplicable('noEstimates');
  const inSprint = openWork(view).filter(({ sprintIds }) => sprintIds.some((id) => running.has(id)));
  return checked(inSprint.filter((item) => !hasEstimate(item)).map(ofItem));
}
