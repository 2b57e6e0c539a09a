import { hasStatus, ifThere } from '../pulling/refusals.ts';
import { ownValue } from '../reading/values.ts';
import { problemOf } from '../checking/problem-of.ts';
import type { Scope, SourceDeps, SourceProblem } from '../source.ts';
import { boardAddress, readBoard } from './board.ts';
import { allOf } from './client.ts';
import type { GithubClient } from './client.ts';
import { boardQuery } from './plan-queries.ts';
import { productionTest } from './pull-deployments.ts';
import { nameOf } from './queries.ts';
import type { GithubSettings } from './settings.ts';
import { isRepositoryName, resolveRepository } from './targets.ts';
import type { GithubRepository } from './targets.ts';

export interface Checking {
  readonly client: GithubClient;
  readonly settings: GithubSettings;
  readonly deps: SourceDeps;
}

/** What a scope names, and what can be seen of it. */
export async function checkScope(checking: Checking, scope: Scope): Promise<SourceProblem[]> {
  const what = `scope of ${scope.id}`;
  if (scope.project === null || scope.jql !== null || !isRepositoryName(scope.project)) {
    return [
      {
        severity: 'error',
        what,
        expected: 'a repository as owner/name',
        found: scope.jql !== null ? '`jql`' : (scope.project ?? 'none'),
        todo: 'write `project: owner/name` into its scope; more repositories go into `alsoIn`',
      },
    ];
  }
  const problems = await checkRepository(checking, what, scope.project, true);
  if (problems.some(({ severity }) => severity === 'error')) return problems;
  return [...problems, ...(await checkBoard(checking, scope, nameOf(scope.project).owner))];
}

/** A repository; `isPlanned` where its issues are read, beside its code. */
export async function checkRepository(
  { client, settings, deps }: Checking,
  what: string,
  name: string,
  isPlanned: boolean,
): Promise<SourceProblem[]> {
  let repository: GithubRepository;
  try {
    repository = await resolveRepository({ client, log: deps.log }, {}, name);
  } catch (error) {
    return [problemOf(what, `a repository called ${name}`, error)];
  }
  const problems: SourceProblem[] = [];
  const path = repository.full_name;
  if (path.toLowerCase() !== name.toLowerCase()) {
    problems.push(
      warning(what, {
        expected: name,
        found: `it is now ${path}`,
        todo: `write \`${path}\` instead; GitHub leads there only until somebody takes the old name`,
      }),
    );
  }
  if (isPlanned && repository.has_issues === false) {
    problems.push(
      warning(what, {
        expected: `issues in ${path}`,
        found: 'they are switched off',
        todo: 'switch them on; or, if the work is planned in another tool, take this scope out and name the repository under `repositories` of the source',
      }),
    );
  }
  return settings.code ? [...problems, ...(await checkDeployments(client, settings, what, path))] : problems;
}

async function checkDeployments(
  client: GithubClient,
  settings: GithubSettings,
  what: string,
  path: string,
): Promise<SourceProblem[]> {
  if (settings.deployments === 'workflows') return checkWorkflows(client, settings, what, path);
  if (settings.deployments === 'releases') return [];
  const environments = await ifThere(() => allOf((page) => client.environments(nameOf(path), page)));
  if (environments === null) {
    return [
      warning(what, {
        expected: `environments of ${path} that can be read`,
        found: 'no right to see them',
        todo: 'give the token the permissions Actions, Deployments and Environments to read',
      }),
    ];
  }
  const names = environments.map((one) => String(ownValue(one, 'name')));
  if (names.length === 0 || names.some(productionTest(settings.environments))) return [];
  return [
    warning(what, {
      expected: `an environment called ${(settings.environments ?? ['production', 'prod', 'live']).join(' or ')} in ${path}`,
      found: names.slice(0, 5).join(', '),
      todo: 'name those that reach users in `environments` of this source, or set `deployments: releases`',
    }),
  ];
}

/** A file by another name has no runs, which would look like a service that is never deployed. */
async function checkWorkflows(
  client: GithubClient,
  { workflows }: GithubSettings,
  what: string,
  path: string,
): Promise<SourceProblem[]> {
  const problems: SourceProblem[] = [];
  for (const workflow of workflows) {
    try {
      await client.runs(nameOf(path), workflow, '2020-01-01..2020-01-02', 1);
    } catch (error) {
      if (!hasStatus(error, 403, 404)) throw error;
      problems.push(
        warning(what, {
          expected: `a workflow ${workflow} in ${path}`,
          found: error.status === 404 ? 'none of that name' : 'no right to see it',
          todo:
            error.status === 404
              ? 'write the names of its files in `.github/workflows` under `workflows` of this source'
              : 'give the token the permission Actions to read',
        }),
      );
    }
  }
  return problems;
}

async function checkBoard({ client, settings }: Checking, scope: Scope, owner: string): Promise<SourceProblem[]> {
  if (scope.board === null) return [];
  const what = `board ${scope.board} of ${scope.id}`;
  const address = boardAddress(scope.board, owner);
  let raw: unknown;
  try {
    raw = address && (await client.query(boardQuery, address));
  } catch (error) {
    return [problemOf(what, 'a board that can be read', error)];
  }
  const board = readBoard(ownValue(ownValue(raw, 'repositoryOwner'), 'projectV2'), settings);
  if (!board) {
    return [
      warning(what, {
        expected: 'a board (GitHub project) by the number in its address, or owner/number',
        found: 'none that the token can see',
        todo: 'correct `board` in the scope, and give the token the permission Projects to read',
      }),
    ];
  }
  if (board.fields.status !== null) return [];
  return [
    warning(what, {
      expected: `a field called ${settings.fields.status.join(' or ')}`,
      found: 'none',
      todo: 'name the field that holds the columns under `fields.status` of this source',
    }),
  ];
}

export function warning(what: string, said: Omit<SourceProblem, 'severity' | 'what'>): SourceProblem {
  return { severity: 'warning', what, ...said };
}
