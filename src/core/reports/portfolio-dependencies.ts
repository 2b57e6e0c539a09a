import type { DependencyGraph } from '../dependencies/graph.ts';
import { planConflicts } from '../dependencies/order-conflicts.ts';
import type { PlanConflict } from '../dependencies/order-conflicts.ts';
import type { PlanItem } from '../dependencies/plan.ts';
import { ripplesOf } from '../dependencies/ripple.ts';
import type { Ripple } from '../dependencies/ripple.ts';
import type { Day } from '../time/day.ts';
import type { PortfolioInput } from './portfolio-input.ts';
import type { ConflictLine, CycleLine, PlacedItem, PortfolioDigest, RippleLine } from './portfolio-report.ts';

type Lines = Pick<PortfolioDigest, 'ripples' | 'conflicts' | 'cycles' | 'moreDependencies'>;

/** Items of a circle that are named. */
const named = 5;

/**
 * What projects do to one another: dates that cannot be held because another one moved, plans in the wrong order, and
 * circles. What happens inside one project stands in its own digest. An edge whose ripple is told is not told again.
 */
export function dependencyLines(
  graph: DependencyGraph,
  input: PortfolioInput & { readonly today: Day },
): Lines & { readonly rest: readonly ConflictLine[] } {
  const { calendar, today, thresholds } = input;
  const place = createPlace(input);
  const most = thresholds.digest.next;
  const ripples = ripplesOf(graph, calendar, today).filter(
    ({ cause, milestone }) => cause.project !== milestone.project,
  );
  const rippled = new Set(ripples.map(({ waiting, cause }) => `${cause.id} ${waiting.id}`));
  const conflicts = planConflicts(graph, calendar, today).filter(
    ({ blocker, blocked }) =>
      blocker.project !== blocked.project && blocked.project !== null && !rippled.has(`${blocker.id} ${blocked.id}`),
  );
  const cycles = graph.cycles.filter(
    ({ nodes }) => new Set(nodes.map((key) => graph.items.get(key)!.project)).size > 1,
  );
  const all = ripples.length + conflicts.length + cycles.length;
  const lines: Lines = {
    ripples: ripples.slice(0, most).map((ripple) => rippleLine(ripple, place)),
    conflicts: conflicts.slice(0, most).map((conflict) => conflictLine(conflict, place)),
    cycles: cycles.slice(0, 1).map(({ nodes, cut }): CycleLine => {
      const items = nodes.slice(0, named).map((key) => place(graph.items.get(key)!));
      return { items, size: nodes.length, cut: { blocker: cut.blocker, blocked: cut.blocked } };
    }),
    moreDependencies: 0,
  };
  const told = lines.ripples.length + lines.conflicts.length + lines.cycles.length;
  return {
    ...lines,
    moreDependencies: all - told,
    rest: conflicts.slice(most, most + thresholds.digest.listed).map((conflict) => conflictLine(conflict, place)),
  };
}

type Place = (item: PlanItem) => PlacedItem;

function createPlace({ projects, urlOf }: PortfolioInput): Place {
  const names = new Map(projects.map(({ plan }) => [plan.project, plan.projectName]));
  return ({ id, summary, project }) => ({
    key: id,
    summary,
    url: project === null ? null : urlOf(project, id),
    project: project === null ? null : (names.get(project) ?? null),
  });
}

function rippleLine(ripple: Ripple, place: Place): RippleLine {
  const { milestone, cause, causeMilestone, waiting, via, slip, float, late } = ripple;
  return {
    project: milestone.projectName,
    milestone: milestone.name,
    currentOn: milestone.currentOn,
    causeMilestone: causeMilestone?.name ?? null,
    causeProject: causeMilestone?.projectName ?? null,
    cause: place(cause),
    waiting: place(waiting),
    via: via && place(via),
    slip,
    float,
    late,
  };
}

function conflictLine({ kind, blocker, blocked, gap, chanceLate }: PlanConflict, place: Place): ConflictLine {
  return {
    kind,
    blocker: place(blocker),
    blocked: place(blocked),
    blockerOn: blocker.finishOn,
    blockedOn: kind === 'STARTS_BEFORE_BLOCKER_ENDS' ? blocked.startOn : blocked.finishOn,
    gap,
    chanceLate,
  };
}
