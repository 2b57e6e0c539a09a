import type { ProjectPlan } from '../../core/dependencies/plan.ts';
import { projectPlan } from '../../core/dependencies/project-plan.ts';
import type { Metrics } from '../../core/metrics/metrics.ts';
import type { ProjectId } from '../../core/model/ids.ts';
import type { ProjectView } from '../../core/view/view.ts';
import { listPlans, savePlan } from '../../store/plans.ts';
import { visibleProjects } from '../targets/visible-projects.ts';
import { alertMinuteOf, newsSince } from '../targets/alert-time.ts';
import type { JobContext } from '../context.ts';

/**
 * The plans of the other projects, as they were kept after their last pulls. What a project's channel may not see of them is
 * left out: an item that is waited for is known by its key, where it belongs and when that was moved is not.
 */
export async function neighbourPlans(
  { config, db }: JobContext,
  project: ProjectId,
  channel: string,
): Promise<readonly ProjectPlan[]> {
  const others = Object.keys(config.projects).filter((id) => id !== project);
  const visible = new Set(visibleProjects(config, channel).map(({ id }) => id));
  const plans = await listPlans(db, others);
  return plans.map((plan) => (visible.has(plan.project) ? plan : unnamed(plan)));
}

function unnamed(plan: ProjectPlan): ProjectPlan {
  const items = plan.items.map((item) => ({ ...item, summary: '', finishMilestone: null }));
  return { ...plan, items, milestones: [] };
}

/** Keeps what other projects wait for, with what moved of it in the last days. */
export async function keepPlan(
  { config, db }: JobContext,
  project: ProjectId,
  { view, metrics }: { readonly view: ProjectView; readonly metrics: Metrics },
): Promise<void> {
  const { calendar, today, asOf } = view;
  const since = calendar.zone.firstAt(newsSince(calendar, today), alertMinuteOf(config, project));
  await savePlan(db, projectPlan({ view, metrics, since, deciding: null, withForecasts: false }), asOf);
}
