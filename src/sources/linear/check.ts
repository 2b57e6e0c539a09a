import { problemOf } from '../checking/problem-of.ts';
import { checkClock } from '../checking/check-clock.ts';
import { ownValue } from '../reading/values.ts';
import type { Scope, SourceDeps, SourceProblem } from '../source.ts';
import { openClient } from './client.ts';
import type { LinearClient } from './client.ts';
import { connect } from './connect.ts';
import type { LinearSettings } from './settings.ts';
import { issueFilter, readTeams, resolveTarget } from './targets.ts';
import type { Team } from './targets.ts';

/** Reach, key, clock, the name of the workspace, and for each scope what can be seen of it. */
export async function checkLinear(settings: LinearSettings, deps: SourceDeps): Promise<SourceProblem[]> {
  const http = await connect(settings, deps);
  const client = await openClient(http);
  let viewer: unknown;
  let teams: readonly Team[];
  try {
    viewer = await client.viewer();
    teams = await readTeams(client);
  } catch (error) {
    return [problemOf('credentials', 'a key that Linear accepts', error)];
  }
  const problems = [...checkClock(http, 'Linear'), ...checkWorkspace(settings, ownValue(viewer, 'organization'))];
  for (const scope of deps.scopes) problems.push(...(await checkScope(client, teams, scope)));
  return problems;
}

/** Without the name, or with another's, keys in messages are no links to the issue. */
function checkWorkspace({ workspace }: LinearSettings, organization: unknown): SourceProblem[] {
  const urlKey = ownValue(organization, 'urlKey');
  if (typeof urlKey !== 'string' || urlKey.toLowerCase() === workspace?.toLowerCase()) return [];
  return [
    {
      severity: 'warning',
      what: 'workspace',
      expected: `\`workspace: ${urlKey}\`, the workspace of the key, so that keys in messages are links`,
      found: workspace ?? 'none',
      todo: `write \`workspace: ${urlKey}\` into the source, or use a key of the workspace that is meant`,
    },
  ];
}

async function checkScope(client: LinearClient, teams: readonly Team[], scope: Scope): Promise<SourceProblem[]> {
  const what = `scope of ${scope.id}`;
  const problems: SourceProblem[] = [];
  try {
    const target = await resolveTarget(client, teams, scope);
    await client.issueIds(issueFilter(target), null);
  } catch (error) {
    return [problemOf(what, `a team or project of Linear called ${scope.project ?? '?'}`, error)];
  }
  if (scope.board !== null) {
    problems.push({
      severity: 'warning',
      what,
      expected: 'no `board`: the columns are the states of the team',
      found: `\`board: ${scope.board}\``,
      todo: 'take `board` out of the scope',
    });
  }
  return problems;
}
