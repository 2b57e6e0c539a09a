import type { ProjectId } from '../../core/model/ids.ts';
import { countItems } from '../../store/load-project.ts';
import type { JobContext } from '../context.ts';
import { mostItems } from '../recent-views.ts';
import { explainProject } from './explain-project.ts';
import { newestInstant } from './sheet-state.ts';

/** Now, the last digest, and the beginning of its period. */
const views = 3;

/**
 * Measures projects whose kept answers are new, for what is asked beyond them, as the question that needs most would: as
 * many as are kept, in their order. Who asks first then waits no longer than who asks second.
 */
export async function measureAhead(
  context: JobContext,
  { projects }: { readonly projects: readonly ProjectId[] },
): Promise<void> {
  let left = mostItems;
  for (const project of projects) {
    left -= views * (await countItems(context.db, project)).items;
    if (left < 0) return;
    const asOf = await newestInstant(context, project);
    await explainProject(context, project, { asked: 'period', asOf, isNow: true });
  }
}
