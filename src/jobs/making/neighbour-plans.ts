import type { ProjectPlan } from '../../core/dependencies/plan.ts';
import { projectPlan } from '../../core/dependencies/project-plan.ts';
import type { ItemKey, ProjectId } from '../../core/model/ids.ts';
import { saveNeighbours } from '../../store/neighbours.ts';
import { listPlans, savePlan } from '../../store/plans.ts';
import { visibleProjects } from '../targets/visible-projects.ts';
import { alertMinuteOf, newsSince } from '../targets/alert-time.ts';
import type { JobContext } from '../context.ts';
import type { Measured } from '../recent-views.ts';

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

/** Keeps which items of others a project is linked with: as they change, so do its figures. */
export async function keepNeighbours(
  { db }: JobContext,
  project: ProjectId,
  { view }: Pick<Measured, 'view'>,
): Promise<void> {
  const keys = new Set<ItemKey>();
  for (const [key, item] of view.linkedByKey) for (const one of [key, ...item.unknownBlockers]) keys.add(one);
  for (const { links } of view.items)
    for (const { kind, key } of links) if (kind === 'blocked-by' || kind === 'blocks') keys.add(key);
  for (const { key } of view.items) keys.delete(key);
  await saveNeighbours(db, project, keys);
}

/** Keeps what other projects wait for, with what moved of it in the last days. */
export async function keepPlan(
  { config, db }: JobContext,
  project: ProjectId,
  { view, metrics }: Measured,
): Promise<void> {
  const { calendar, today, asOf } = view;
  const since = calendar.zone.firstAt(newsSince(calendar, today), alertMinuteOf(config, project));
  await savePlan(db, projectPlan({ view, metrics, since, deciding: null, withForecasts: false }), asOf);
}
