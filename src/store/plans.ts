import type { ProjectPlan } from '../core/dependencies/plan.ts';
import type { ProjectId } from '../core/model/ids.ts';
import type { Instant } from '../core/time/instant.ts';
import { sanitize } from './sanitize.ts';
import type { Db } from './tables.ts';

/** Keeps what other projects may wait for. Odds of what is left are functions, and are not kept. */
export async function savePlan(db: Db, plan: ProjectPlan, at: Instant): Promise<void> {
  const values = { made_at: at, body: JSON.stringify(sanitize(withoutOdds(plan)).value) };
  await db
    .insertInto('plan')
    .values({ project: plan.project, ...values })
    .onConflict((conflict) => conflict.column('project').doUpdateSet(values))
    .execute();
}

/** The plans of some projects, as far as any were kept. */
export async function listPlans(db: Db, projects: readonly ProjectId[]): Promise<readonly ProjectPlan[]> {
  if (projects.length === 0) return [];
  const rows = await db
    .selectFrom('plan')
    .select('body')
    .where('project', 'in', [...projects])
    .orderBy('project')
    .execute();
  return rows.map(({ body }) => JSON.parse(body) as ProjectPlan);
}

/** Of a milestone only what is linked matters to others: the rest may be as long as the project. */
function withoutOdds(plan: ProjectPlan): ProjectPlan {
  const linked = new Set(plan.items.map(({ id }) => id));
  return {
    ...plan,
    items: plan.items.map((item) => ({ ...item, remaining: null })),
    milestones: plan.milestones.map((milestone) => ({
      ...milestone,
      remaining: null,
      openKeys: milestone.openKeys.filter((key) => linked.has(key)),
    })),
  };
}
