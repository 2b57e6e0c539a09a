import { joinPlans } from '../../dependencies/graph.ts';
import type { DependencyGraph } from '../../dependencies/graph.ts';
import { planConflicts } from '../../dependencies/order-conflicts.ts';
import type { PlanConflict } from '../../dependencies/order-conflicts.ts';
import { projectPlan } from '../../dependencies/project-plan.ts';
import { openWork } from '../open-work.ts';
import type { RuleInput } from '../rule.ts';
import { checked, ofItem } from './hygiene-rule.ts';
import type { HygieneResult } from './hygiene-rule.ts';

/** H10: flagged, or in a blocked status, for two working days without a link to what it waits for. */
export function checkBlockedReason({ view, thresholds }: RuleInput): HygieneResult {
  const { calendar, today } = view;
  const isUnsaid = openWork(view).filter(
    ({ blocks, unknownBlockers }) =>
      blocks.length > 0 &&
      unknownBlockers.length === 0 &&
      blocks.every(({ kind }) => kind !== 'link') &&
      calendar.distance(calendar.zone.dayAt(blocks[0]!.since), today) > thresholds.hygiene.blockedWorkingDays,
  );
  return checked(isUnsaid.map(ofItem));
}

/** The links of the project as a graph; for the three rules that ask for it, and no simulation. */
function graphOf({ view, metrics }: RuleInput): DependencyGraph {
  return joinPlans([projectPlan({ view, metrics, since: view.asOf, deciding: null, withForecasts: false })]);
}

/** H11: all that it is linked to as its blocker is closed, whether it is still held or only says so (metrics.md 7.5). */
export function checkStaleBlocks(input: RuleInput): HygieneResult {
  const { settled, blockers } = graphOf(input);
  const open = new Set(openWork(input.view).map(({ key }) => key));
  const closed = Map.groupBy(
    settled.filter(({ blocked, isPart }) => !isPart && open.has(blocked) && !blockers.has(blocked)),
    ({ blocked }) => blocked,
  );
  return checked(
    [...closed].map(([subject, links]) => ({
      subject,
      items: [subject],
      evidence: [subject, ...links.map(({ blocker }) => blocker)],
    })),
  );
}

/** H12: items that wait for one another in a circle; one breach a circle. */
export function checkCycles(input: RuleInput): HygieneResult {
  const { cycles } = graphOf(input);
  return checked(cycles.map(({ nodes }) => ({ subject: nodes[0]!, items: nodes, evidence: nodes })));
}

/** H13: a plan that contradicts the order of the work (metrics.md 7.3). */
export function checkOrder(input: RuleInput): HygieneResult {
  return conflictsOf(input, ({ kind }) => kind !== 'STALE_BLOCK');
}

function conflictsOf(input: RuleInput, test: (conflict: PlanConflict) => boolean): HygieneResult {
  const { calendar, today, itemsByKey } = input.view;
  const found = planConflicts(graphOf(input), calendar, today).filter(test);
  return checked(
    found
      .filter(({ blocked }) => itemsByKey.has(blocked.id))
      .map(({ blocker, blocked }) => ({
        subject: blocked.id,
        items: [blocked.id],
        evidence: [blocked.id, blocker.id],
      })),
  );
}
