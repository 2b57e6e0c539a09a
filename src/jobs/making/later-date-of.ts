import { joinPlans } from '../../core/dependencies/graph.ts';
import { laterDate, strangersOf } from '../../core/dependencies/later-date.ts';
import type { LaterDate } from '../../core/dependencies/later-date.ts';
import { milestoneNode, projectPlan } from '../../core/dependencies/project-plan.ts';
import type { ProjectPlan } from '../../core/dependencies/plan.ts';
import { withDistinctMilestones } from '../../core/metrics/milestones/distinct-milestones.ts';
import type { ProjectId } from '../../core/model/ids.ts';
import { decidingMilestone } from '../../core/metrics/milestones/deciding-milestone.ts';
import type { ProjectView } from '../../core/view/view.ts';
import { createRandom } from '../../lib/random.ts';
import { countItemsBy, findOwners } from '../../store/owners.ts';
import type { JobContext } from '../context.ts';
import { viewProject } from './measure-project.ts';
import type { Measured } from '../recent-views.ts';

/** A neighbour is read as it was known then, beside the project itself: of a larger one only its portfolio digest tells. */
const mostItems = 20_000;

/** Digests of several periods and the status ask for the same. */
const known = new WeakMap<ProjectView, Promise<LaterDate | null>>();

/**
 * The date of the milestone that decides a project's health with what it waits for in other projects, as all of them were
 * known at the instant of its view; null where nothing there makes it later.
 */
export function laterDateOf(context: JobContext, id: ProjectId, measured: Measured): Promise<LaterDate | null> {
  let asked = known.get(measured.view);
  if (!asked) {
    asked = find(context, id, measured);
    known.set(measured.view, asked);
  }
  return asked;
}

async function find(context: JobContext, id: ProjectId, { view, metrics }: Measured): Promise<LaterDate | null> {
  const distinct = withDistinctMilestones(metrics);
  const about = decidingMilestone(distinct.milestones, view);
  const ownP85 = about?.forecast?.p85 ?? null;
  if (about === null || ownP85 === null) return null;
  const own = (withForecasts: boolean) =>
    projectPlan({ view, metrics: distinct, since: view.asOf, deciding: about.id, withForecasts });
  const node = milestoneNode(view, about);
  const neighbours = await neighboursOf(context, own(false), { id, node, asOf: view.asOf });
  if (neighbours.length === 0) return null;
  const graph = joinPlans([own(true), ...neighbours]);
  const { calendar, today } = view;
  return laterDate({
    graph,
    milestone: graph.milestones.get(node)!,
    ownP85,
    calendar,
    today,
    thresholds: context.config.thresholds.health,
    createRandom,
  });
}

/** The plans of those that the milestone waits for, of those that these wait for, and so on. */
async function neighboursOf(
  context: JobContext,
  own: ProjectPlan,
  { id, node, asOf }: { readonly id: ProjectId; readonly node: string; readonly asOf: number },
): Promise<readonly ProjectPlan[]> {
  const { db, config } = context;
  const asked = new Set([id]);
  const plans: ProjectPlan[] = [];
  for (;;) {
    const graph = joinPlans([own, ...plans]);
    const owners = await findOwners(db, strangersOf(graph, graph.milestones.get(node)!), asOf);
    const next = owners.filter((owner) => owner in config.projects && !asked.has(owner));
    if (next.length === 0) return plans;
    for (const owner of next) {
      asked.add(owner);
      if ((await countItemsBy(db, owner, asOf)) > mostItems) continue;
      const view = await viewProject(context, owner, asOf);
      const metrics = { name: owner, milestones: [] };
      plans.push(projectPlan({ view, metrics, since: asOf, deciding: null, withForecasts: false }));
    }
  }
}
