import { ownValue } from '../reading/values.ts';
import { problemOf } from '../checking/problem-of.ts';
import type { Scope, SourceProblem } from '../source.ts';
import { allOf } from './client.ts';
import type { GitlabClient } from './client.ts';
import { productionTest } from './normalize-delivery.ts';
import { ifThere } from '../pulling/refusals.ts';
import type { GitlabSettings } from './settings.ts';
import { resolveTarget } from './targets.ts';
import type { GitlabProject } from './targets.ts';

/** What a scope names, and what can be seen of it. */
export async function checkScope(
  client: GitlabClient,
  settings: GitlabSettings,
  scope: Scope,
): Promise<SourceProblem[]> {
  const what = `scope of ${scope.id}`;
  if (scope.project === null || scope.jql !== null) {
    return [
      {
        severity: 'error',
        what,
        expected: 'the path or id of a GitLab project or of a small group, such as group/app',
        found: scope.jql === null ? 'none' : '`jql`',
        todo: 'write `project: group/app` into its scope',
      },
    ];
  }
  const { projects, problems } = await checkTarget(client, settings, { what, target: scope.project, isPlanned: true });
  if (scope.board !== null && projects.length > 0) problems.push(...(await checkBoard(client, scope, projects)));
  return problems;
}

interface Target {
  readonly what: string;
  readonly target: string;
  /** Whether issues are read, beside code. */
  readonly isPlanned: boolean;
}

export async function checkTarget(
  client: GitlabClient,
  settings: GitlabSettings,
  { what, target, isPlanned }: Target,
): Promise<{ projects: readonly GitlabProject[]; problems: SourceProblem[] }> {
  let projects: readonly GitlabProject[];
  try {
    projects = await resolveTarget(client, target);
  } catch (error) {
    return { projects: [], problems: [problemOf(what, `a project or group called ${target}`, error)] };
  }
  const problems: SourceProblem[] = [];
  const [first] = projects;
  if (!first)
    problems.push({ severity: 'error', what, expected: 'projects in the group', found: 'none', todo: seeThem });
  const isPath = projects.length === 1 && target.includes('/');
  if (first && isPath && first.path_with_namespace.toLowerCase() !== target.toLowerCase()) {
    problems.push({
      severity: 'warning',
      what,
      expected: target,
      found: `it has moved to ${first.path_with_namespace}`,
      todo: `write \`${first.path_with_namespace}\` instead; GitLab leads there only until somebody takes the old path`,
    });
  }
  for (const project of projects) {
    if (isPlanned) problems.push(...(await checkIssues(client, what, project)));
    if (settings.code) problems.push(...(await checkDeployments(client, settings, what, project)));
  }
  return { projects, problems };
}

const seeThem = 'give the owner of the token at least the role Reporter there';

async function checkIssues(
  client: GitlabClient,
  what: string,
  { id, path_with_namespace: path, issues_access_level: issues }: GitlabProject,
): Promise<SourceProblem[]> {
  if (issues === 'disabled') {
    return [
      {
        severity: 'warning',
        what,
        expected: `issues in ${path}`,
        found: 'they are switched off',
        todo: 'switch them on; or, if the work is planned in another tool, take this scope out and name the project under `repositories` of the source',
      },
    ];
  }
  try {
    await client.issues(id, { by: 'updated', after: null, page: 1 });
    return [];
  } catch (error) {
    return [{ ...problemOf(what, `issues of ${path} that can be read`, error), todo: seeThem }];
  }
}

async function checkDeployments(
  client: GitlabClient,
  settings: GitlabSettings,
  what: string,
  { id, path_with_namespace: path }: GitlabProject,
): Promise<SourceProblem[]> {
  if (settings.deployments === 'releases') return [];
  const environments = await ifThere(() => allOf((page) => client.environments(id, page)));
  if (environments === null) {
    const expected = `deployments of ${path} that can be read`;
    return [{ severity: 'warning', what, expected, found: 'no right to see them', todo: seeThem }];
  }
  if (environments.length === 0 || environments.some(productionTest(settings, environments))) return [];
  const names = environments.map((one) => String(ownValue(one, 'name'))).slice(0, 5);
  return [
    {
      severity: 'warning',
      what,
      expected: settings.environments
        ? `an environment called ${settings.environments.join(' or ')} in ${path}`
        : `an environment of tier production in ${path}`,
      found: names.join(', '),
      todo: 'name those that reach users in `environments` of this source, or set `deployments: releases`',
    },
  ];
}

async function checkBoard(
  client: GitlabClient,
  scope: Scope,
  projects: readonly GitlabProject[],
): Promise<SourceProblem[]> {
  const id = Number(scope.board);
  for (const project of Number.isSafeInteger(id) ? projects : [])
    if ((await ifThere(() => client.board(project.id, id))) !== null) return [];
  return [
    {
      severity: 'warning',
      what: `board ${scope.board} of ${scope.id}`,
      expected: 'a board of the project, by the number in its address',
      found: 'none that the token can see',
      todo: 'correct `board` in the scope, or leave it out and name `statusLabels` in the source',
    },
  ];
}
