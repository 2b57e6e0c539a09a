import type { Instant } from '../core/time/instant.ts';
import { reviewedFigures } from '../core/reports/sprint-review.ts';
import type { JobContext } from '../jobs/context.ts';
import type { DigestTarget } from '../jobs/targets/digest-target.ts';
import { measureProject } from '../jobs/making/measure-project.ts';
import { ConfigError } from '../lib/errors.ts';

/** Sprints that a misspelt one is answered with, the newest. */
const suggested = 5;

/**
 * The target with the sprint that `--sprint` names, by id or name; without it, the newest closed one that held
 * something. Other reports than the review are handed back as they are. Throws ConfigError where there is no such sprint.
 */
export async function chooseSprint(
  context: JobContext,
  target: DigestTarget,
  { sprint, asOf }: { readonly sprint: string | null; readonly asOf: Instant },
): Promise<DigestTarget> {
  if (target.report !== 'sprint-review') {
    if (sprint === null) return target;
    throw new ConfigError([
      { where: '--sprint', path: '', expected: 'the report sprint-review', found: target.report },
    ]);
  }
  const [measured] = await measureProject(context, target.subject, [asOf]);
  const { metrics } = measured!;
  const closed = metrics.sprints.filter(({ state }) => state === 'closed');
  const named = closed.find(({ id, name }) => id === sprint || name === sprint);
  if (sprint !== null && !named) {
    const newest = closed.slice(-suggested).map(({ id, name }) => `${id} (${name})`);
    throw new ConfigError([
      {
        where: '--sprint',
        path: '',
        expected:
          newest.length > 0 ? `a closed sprint, such as ${newest.join(', ')}` : 'a closed sprint (there is none)',
        found: JSON.stringify(sprint),
      },
    ]);
  }
  const chosen = named ?? reviewedFigures(metrics, null);
  return chosen ? { ...target, sprint: chosen.id } : target;
}
