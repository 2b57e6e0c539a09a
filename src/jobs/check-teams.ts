import { describe, nearest } from '../config/explain-issue.ts';
import { projectSettings } from '../config/place.ts';
import type { ProjectId } from '../core/model/ids.ts';
import { teamsInUse } from '../core/metrics/teams/idle-rules.ts';
import type { IdleName } from '../core/metrics/teams/idle-rules.ts';
import { createViewBuilder } from '../core/view/as-of.ts';
import type { SourceProblem } from '../sources/source.ts';
import { readProject } from '../store/load-project.ts';
import { calendarOf } from './calendar-of.ts';
import type { JobContext } from './context.ts';

const named = 8;

/** Whether the teams of a project fit its items: names that no item bears, and items that two of them claim. */
export async function checkTeams(
  { config, db, clock }: Pick<JobContext, 'config' | 'db' | 'clock'>,
  id: ProjectId,
): Promise<readonly SourceProblem[]> {
  const calendar = calendarOf(config, id);
  const builder = await readProject(db, projectSettings(config, id), (outline) =>
    createViewBuilder(outline, clock.now(), calendar),
  );
  const used = teamsInUse(builder.finish());
  // Before the first pull nothing bears any name.
  if (used === null || used.items === 0) return [];
  const { claimedTwice, idle } = used;
  return [...idle.map((one) => idleProblem(id, one)), ...(claimedTwice.length > 0 ? [overlap(id, claimedTwice)] : [])];
}

function idleProblem(id: ProjectId, { team, kind, index, value, known }: IdleName): SourceProblem {
  const near = nearest(value, known);
  return {
    severity: 'warning',
    what: `projects.${id}.teams[${team}].${kind}[${index}]`,
    expected: known.length > 0 ? `one that an item has: ${listed(known)}` : 'one that an item has (none has any)',
    found: describe(value),
    todo: near === null ? 'mend it, or leave it if items will have it' : `did you mean "${near}"?`,
  };
}

function overlap(id: ProjectId, keys: readonly string[]): SourceProblem {
  return {
    severity: 'warning',
    what: `projects.${id}.teams`,
    expected: 'each open item in one team',
    found: `${keys.length} in two or more: ${listed(keys)}`,
    todo: 'narrow the rules, or leave it: such an item counts for the first of its teams',
  };
}

function listed(names: readonly string[]): string {
  const more = names.length - named;
  return `${names.slice(0, named).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
